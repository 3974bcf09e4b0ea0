"""Port forwards: `LocalForward`, `RemoteForward`, `DynamicForward`, and the specifications of -L, -R, -D and -W."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from mooring.sshconfig.directive import Directive
from mooring.sshconfig.tokens import ExpansionError, expand_environment, expand_percent
from mooring.sshconfig.values.numbers import port_number

ForwardKind = Literal["localforward", "remoteforward", "dynamicforward"]

_KINDS: dict[str, ForwardKind] = {
    "localforward": "localforward",
    "remoteforward": "remoteforward",
    "dynamicforward": "dynamicforward",
}
_LONGEST_HOST = 1024
_LONGEST_PATH = 108
"""sizeof(sun_path) on Linux."""


@dataclass(frozen=True, slots=True)
class Forward:
    """One forward. A side is a path (a Unix socket), or a port with a host; `listen_host` None is the default address.

    `dynamic` makes it a SOCKS server; with kind "remoteforward" the server side listens.
    """

    kind: ForwardKind
    listen_host: str | None = None
    listen_port: int = 0
    listen_path: str | None = None
    connect_host: str | None = None
    connect_port: int = 0
    connect_path: str | None = None

    @property
    def dynamic(self) -> bool:
        """Whether the one who connects says where to, by SOCKS."""
        return self.connect_host == "socks" and self.connect_port == 0

    @property
    def listen(self) -> str:
        """The listening side, as `ssh -G` writes it."""
        return _side(self.listen_host, self.listen_port, self.listen_path)

    @property
    def connect(self) -> str:
        """The side that is connected to, as `ssh -G` writes it."""
        return _side(self.connect_host, self.connect_port, self.connect_path)

    def __str__(self) -> str:
        return self.listen if self.kind == "dynamicforward" else f"{self.listen} {self.connect}"

    def expanded(self, tokens: Mapping[str, str]) -> Forward:
        """The forward with tokens replaced in its paths; raises `ExpansionError`."""
        if self.listen_path is None and self.connect_path is None:
            return self
        listen = None if self.listen_path is None else expand_percent(self.listen_path, tokens)
        connect = None if self.connect_path is None else expand_percent(self.connect_path, tokens)
        return replace(self, listen_path=listen, connect_path=connect)


def parse_forward(text: str, kind: ForwardKind, environment: Mapping[str, str]) -> Forward | None:
    """Read `[host:]port:host:hostport` and its forms with paths; None where it can't be read.

    For a "dynamicforward", and for a "remoteforward" without a target, the text is `[host:]port` alone.
    """
    try:
        fields = _fields(expand_environment(text, environment))
    except ExpansionError:
        return None
    if fields is None:
        return None
    if kind == "dynamicforward":
        return _listening(kind, fields)
    return _connecting(kind, fields) or (_listening(kind, fields) if kind == "remoteforward" else None)


def forward(directive: Directive) -> Forward:
    """Parse the arguments of LocalForward, RemoteForward or DynamicForward; raises `BadDirectiveError`."""
    kind = _KINDS[directive.keyword]
    listen = directive.argument()
    connect = directive.arguments.next() if kind != "dynamicforward" else None
    if kind == "localforward" and not connect:
        raise directive.bad("Missing target argument.")
    try:
        fields = _fields(expand_environment(f"{listen}:{connect}"[:255] if connect else listen, directive.environment))
    except ExpansionError as error:
        complaint = directive.bad("Bad forwarding specification.")
        complaint.messages = (*error.messages, *complaint.messages)
        raise complaint from None
    found = None
    if fields is not None:
        found = _connecting(kind, fields) if connect else _listening(kind, fields)
    if found is None:
        raise directive.bad("Bad forwarding specification.")
    return found


def _fields(text: str) -> list[tuple[str, bool]] | None:
    """Cut at colons, where `[...]` is taken as it is and `\\` keeps the next character; four fields at most."""
    fields: list[tuple[str, bool]] = []
    rest = text.lstrip(" \t\n\v\f\r")
    while rest and len(fields) < 4:
        if rest.startswith("["):
            end = rest.find("]")
            if end < 0 or rest[end + 1 : end + 2] not in ("", ":"):
                return None
            field, rest = rest[1:end], rest[end + 2 :]
            fields.append((field, "/" in field))
            continue
        characters: list[str] = []
        slash = False
        position = 0
        while position < len(rest) and rest[position] != ":":
            if rest[position] == "\\":
                position += 1
                if position == len(rest):
                    return None
            elif rest[position] == "/":
                slash = True
            characters.append(rest[position])
            position += 1
        fields.append(("".join(characters), slash))
        rest = rest[position + 1 :]
    return None if rest else fields


def _listening(kind: ForwardKind, fields: list[tuple[str, bool]]) -> Forward | None:
    """A forward by SOCKS: `[host:]port`, or a path."""
    if len(fields) == 1 and fields[0][1]:
        return _checked(Forward(kind, listen_path=fields[0][0], connect_host="socks"))
    if len(fields) == 1:
        return _checked(Forward(kind, None, _port(fields[0][0]), connect_host="socks"))
    if len(fields) == 2 and not fields[1][1]:
        return _checked(Forward(kind, fields[0][0], _port(fields[1][0]), connect_host="socks"))
    return None


def _connecting(kind: ForwardKind, fields: list[tuple[str, bool]]) -> Forward | None:
    """A forward with a fixed target."""
    texts = [text for text, _path in fields]
    paths = [path for _text, path in fields]
    found: Forward | None = None
    if len(fields) == 2 and paths[1]:
        found = Forward(kind, connect_path=texts[1])
        found = replace(found, listen_path=texts[0]) if paths[0] else replace(found, listen_port=_port(texts[0]))
    elif len(fields) == 3 and paths[0]:
        found = Forward(kind, listen_path=texts[0], connect_host=texts[1], connect_port=_port(texts[2]))
    elif len(fields) == 3 and paths[2]:
        found = Forward(kind, texts[0], _port(texts[1]), connect_path=texts[2])
    elif len(fields) == 3:
        found = Forward(kind, None, _port(texts[0]), connect_host=texts[1], connect_port=_port(texts[2]))
    elif len(fields) == 4:
        found = Forward(kind, texts[0], _port(texts[1]), connect_host=texts[2], connect_port=_port(texts[3]))
    if found is None or (found.connect_path is None and found.connect_port <= 0):
        return None
    return _checked(found)


def _checked(found: Forward) -> Forward | None:
    """The forward, unless a port is none or something is too long; a remote side may choose its port (0)."""
    if found.listen_path is None and found.listen_port < (0 if found.kind == "remoteforward" else 1):
        return None
    hosts = (found.listen_host or "", found.connect_host or "")
    paths = (found.listen_path or "", found.connect_path or "")
    if any(len(host) > _LONGEST_HOST for host in hosts) or any(len(path) >= _LONGEST_PATH for path in paths):
        return None
    return found


def _port(text: str) -> int:
    value = port_number(text)
    return -1 if value is None else value


def _side(host: str | None, port: int, path: str | None) -> str:
    if path is not None:
        return path
    return str(port) if host is None else f"[{host}]:{port}"
