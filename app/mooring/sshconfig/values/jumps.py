"""`ProxyJump`: a list of `[user@]host[:port]` and `ssh://` addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mooring.model.origin import COMMAND_LINE
from mooring.model.ports import port_number
from mooring.model.ssh_names import valid_host_name, valid_user_name
from mooring.model.ssh_uri import SCHEME, parse_ssh_uri, split_host
from mooring.sshconfig.directive import Directive, Values
from mooring.sshconfig.lexer import WHITESPACE
from mooring.sshconfig.text import ascii_lower


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to go: `user` and `port` are None where the address leaves them open."""

    host: str
    user: str | None = None
    port: int | None = None

    def __str__(self) -> str:
        bracketed = ":" in self.host or not self.host.strip("0123456789.")
        host = f"[{self.host}]" if bracketed else self.host
        return ("" if self.user is None else f"{self.user}@") + host + ("" if self.port is None else f":{self.port}")


def parse_destination(text: str) -> Destination | None:
    """Read one address; None where it can't be one."""
    if text.startswith(SCHEME):
        uri = parse_ssh_uri(text)
        return None if uri is None else Destination(uri.host, uri.user, uri.port)
    user, at, rest = text.rpartition("@")
    if at and not user:
        return None
    host, port_text = split_host(rest)
    if not host:
        return None
    port = port_number(port_text) if port_text else None
    if port_text and not port:
        return None
    return Destination(host, user if at else None, port)


def proxy_jump(directive: Directive) -> Values:
    """Parse ProxyJump: the hops in the order in which they are passed; () for "none".

    "none" counts only when nothing else is on the line: OpenSSH takes `none # comment` for a host of that name.
    """
    directive.arguments.drop()
    text = directive.text.lstrip(WHITESPACE + "=")
    if ascii_lower(text) == "none":
        return ()
    hops = text.partition("#")[0].rstrip(WHITESPACE).split(",")
    complaint = jump_complaint(hops, strict=directive.origin == COMMAND_LINE)
    if complaint is not None:
        raise directive.bad(f'Invalid ProxyJump "{text}"').after(*complaint)
    return tuple(hops)


def jump_complaint(hops: Sequence[str], *, strict: bool) -> Values | None:
    """What is wrong with the hops, the last one looked at first: None for nothing, () where ssh says no more than that.

    `strict` is for the command line: what a hop names ends in a shell's, so it has to look like a host and a user.
    """
    for hop in reversed(hops):
        destination = parse_destination(hop)
        if destination is None:
            return ()
        if strict and not valid_host_name(destination.host):
            return (f'parse_jump: invalid hostname "{destination.host}"',)
        if strict and destination.user is not None and not valid_user_name(destination.user):
            return (f'parse_jump: invalid username "{destination.user}"',)
    return None


def last_hop_host(hops: Values) -> str:
    """%j: the host of the last hop, "" where there is none."""
    destination = parse_destination(hops[-1]) if hops else None
    return destination.host if destination else ""
