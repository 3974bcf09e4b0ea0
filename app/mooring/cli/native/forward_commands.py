"""The command line behind `~C`: forwardings opened and closed while the session goes on."""

from __future__ import annotations

import os

from mooring.model.errors import MooringError
from mooring.model.forward_specification import ForwardSpecification, parse_forward
from mooring.ssh import Connection

_HELP = """Commands:
      -L[bind_address:]port:host:hostport    Request local forward
      -R[bind_address:]port:host:hostport    Request remote forward
      -D[bind_address:]port                  Request dynamic forward
      -KL[bind_address:]port                 Cancel local forward
      -KR[bind_address:]port                 Cancel remote forward
      -KD[bind_address:]port                 Cancel dynamic forward"""
_LOCAL_HELP = """
      !args                                  Execute local command"""


async def run_forward_command(line: str, connection: Connection, *, local: bool = False) -> str:
    """Do what one line asks, and return what to say about it, in ssh's words.

    `local` says that PermitLocalCommand allows `!command`, which is the caller's to run: the help names it.
    """
    words = line.strip().removeprefix("-")
    if words[:1] in ("h", "H", "?"):
        return _HELP + (_LOCAL_HELP if local else "")
    closing = words.startswith("K")
    words = words.removeprefix("K")
    kind, text = words[:1], words[1:].strip()
    if kind not in ("L", "R", "D"):
        return "Invalid command."
    return await (_close(kind, text, connection) if closing else _open(kind, text, connection))


async def _open(kind: str, text: str, connection: Connection) -> str:
    remote = kind == "R"
    specification = parse_forward(text, os.environ, dynamic=kind == "D", remote=remote)
    if specification is None and remote:
        specification = parse_forward(text, os.environ, dynamic=True, remote=True)
    if specification is None:
        return f"Bad {'remote' if remote else 'local'} forwarding specification."
    try:
        if remote:
            await connection.forwards.open_remote(specification)
        else:
            await connection.forwards.open_local(specification)
    except MooringError as error:
        return f"{error.message}\nPort forwarding failed."
    return "Forwarding port."


async def _close(kind: str, text: str, connection: Connection) -> str:
    specification = parse_forward(text, os.environ, dynamic=True, remote=kind == "R")
    if specification is None:
        return "Bad forwarding close specification."
    for forward in connection.forwards.active:
        same_kind = (
            forward.remote if kind == "R" else not forward.remote and forward.specification.dynamic == (kind == "D")
        )
        if same_kind and _listening(forward.specification) == _listening(specification):
            await connection.forwards.close(forward)
            return "Canceled forwarding."
    return "Unknown port forwarding."


def _listening(specification: ForwardSpecification) -> tuple[str | None, int, str | None]:
    return specification.listen_host, specification.listen_port, specification.listen_path
