"""`ssh://[user@]host[:port]` and `host:rest`, cut as ssh cuts them (misc.c, parse_uri and hpdelim)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mooring.model.ports import port_number
from mooring.model.ssh_names import domain_complaint

SCHEME = "ssh://"


@dataclass(frozen=True, slots=True)
class SshUri:
    """What a URI names; `user` and `port` are None where it leaves them open."""

    host: str
    user: str | None = None
    port: int | None = None


def parse_ssh_uri(text: str) -> SshUri | None:
    """Read a URI with its scheme; None for one that ssh refuses, as one with a path.

    Connection parameters behind `;` are ignored, and the host has to be a domain name, which leaves no way to write an
    IPv6 address: both as in ssh.
    """
    user: str | None = None
    rest = text.removeprefix(SCHEME)
    if "@" in rest:
        user_part, _at, rest = rest.partition("@")
        user = _decode(user_part.partition(";")[0])
        if not user:
            return None
    host, mark, rest = _cut_host(rest)
    if not host or domain_complaint(host):
        return None
    port: int | None = None
    if mark == ":" and rest:
        digits, _slash, rest = rest.partition("/")
        port = port_number(digits)
        if not port:
            return None
    return None if rest else SshUri(host.removesuffix("."), user, port)


def split_host(text: str) -> tuple[str | None, str | None]:
    """Cut `host[:rest]`, where an IPv6 address stands in brackets; host is None where it can't be cut."""
    host, mark, rest = _cut_host(text)
    if host is None or mark == "/":
        return None, None
    return host, rest if mark else None


def _cut_host(text: str) -> tuple[str | None, str, str]:
    """Cut at the first `:` or `/` that stands outside of brackets: the host without them, the mark, and the rest."""
    if text.startswith("["):
        end = text.find("]") + 1
        mark = text[end : end + 1]
        if not end or mark not in ("", ":", "/"):
            return None, "", ""
        return text[1 : end - 1], mark, text[end + 1 :]
    found = re.search(r"[:/]", text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def _decode(text: str) -> str | None:
    """Undo the percent encoding of a user; None where it is malformed."""
    if re.search(r"%(?![0-9A-Fa-f]{2})|%00", text):
        return None
    encoded = text.replace("+", " ").encode("utf-8", "surrogateescape")
    decoded = re.sub(rb"%(..)", lambda match: bytes([int(match[1], 16)]), encoded)
    return decoded.decode("utf-8", "surrogateescape")
