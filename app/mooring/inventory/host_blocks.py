"""Our machines as `Host` blocks of ssh_config(5), for every program that reads it and knows nothing of us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mooring.inventory.merge import SSH_CONFIG
from mooring.model.machine import Machine
from mooring.model.quoting import quote
from mooring.sshconfig.patterns import is_literal

HEAD = """\
# Machines that Mooring knows and ssh_config does not, as `mooring ssh-config` writes them.
# Include this file at the top of ~/.ssh/config: the first value of a keyword counts.
"""


def is_written_by_us(path: str) -> bool:
    """Whether a file of ssh_config holds what we wrote.

    Its hosts are not ssh_config's own then: they would hide from the next writing that only we know them.
    """
    mark = HEAD.partition("\n")[0].encode()
    try:
        with Path(path).open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError:
        return False


def unknown_to_ssh(machines: Iterable[Machine]) -> Iterator[Machine]:
    """The machines that no `Host` line of ssh_config names, and that can be used."""
    return (machine for machine in machines if SSH_CONFIG not in machine.sources and machine.problem is None)


def host_block(machine: Machine) -> str | None:
    """The block that makes ssh reach the machine by its name; None for a name that would be a pattern there.

    Values are written as their sources gave them, which is ssh_config's own way of quoting. A machine that sets nothing
    still has its block: the name is known then, to completion say.
    """
    if not is_literal(machine.name):
        return None
    lines = [f"Host {quote(machine.name)}"]
    lines += [f"    {setting.keyword} {setting.value}" for setting in machine.target.options]
    return "\n".join(lines) + "\n"
