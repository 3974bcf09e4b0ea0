"""The forwarding specifications of ssh(1): what `-L`, `-R`, `-D` and `-W` take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mooring.model.ports import port_number

_VARIABLE = re.compile(r"\$\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class ForwardSpecification:
    """One forwarding: where it listens and where it leads.

    A side is a Unix socket where its `path` is set, else `host` and `port`. `listen_host` is None where none was given
    (loopback, or every address under GatewayPorts), and empty or "*" for every address. A dynamic forwarding (SOCKS)
    leads nowhere: `connect_host` and `connect_path` are None.
    """

    listen_host: str | None = None
    listen_port: int = 0
    listen_path: str | None = None
    connect_host: str | None = None
    connect_port: int = 0
    connect_path: str | None = None

    @property
    def dynamic(self) -> bool:
        """Whether this is a SOCKS proxy."""
        return self.connect_host is None and self.connect_path is None

    @property
    def listen(self) -> str:
        """The listening side as ssh_config(5) writes it."""
        if self.listen_path is not None:
            return self.listen_path
        return str(self.listen_port) if self.listen_host is None else f"[{self.listen_host}]:{self.listen_port}"

    @property
    def connect(self) -> str:
        """The far side as ssh_config(5) writes it; empty for a dynamic forwarding."""
        if self.connect_path is not None:
            return self.connect_path
        return "" if self.connect_host is None else f"[{self.connect_host}]:{self.connect_port}"


def parse_forward(
    text: str, environment: Mapping[str, str], *, dynamic: bool = False, remote: bool = False
) -> ForwardSpecification | None:
    """Read a specification as ssh does; None where ssh calls it bad.

    Forms: `[bind:]port:host:port`, `[bind:]port:socket`, `socket:host:port`, `socket:socket`, and with `dynamic`
    `[bind:]port` or a socket (or one of the forms that lead to a socket: ssh takes them there too). Square brackets
    keep colons together, a backslash keeps one character. `${NAME}` stands for a variable of `environment`. `remote`
    allows the listening port 0, which the server chooses.
    """
    expanded = _expand(text, environment)
    fields = None if expanded is None else _split(expanded.lstrip())
    if not fields or len(fields) > 4:
        return None
    found = _dynamic(fields) if dynamic else _fixed(fields)
    if found is None or (found.listen_path is None and not remote and found.listen_port == 0):
        return None
    return found


@dataclass(frozen=True, slots=True)
class _Field:
    text: str
    is_path: bool


def _expand(text: str, environment: Mapping[str, str]) -> str | None:
    if "${" in _VARIABLE.sub("", text) or any(name not in environment for name in _VARIABLE.findall(text)):
        return None
    return _VARIABLE.sub(lambda match: environment[match.group(1)], text)


def _split(text: str) -> list[_Field] | None:
    fields: list[_Field] = []
    index = 0
    while index < len(text):
        if text[index] == "[":
            end = text.find("]", index)
            if end < 0 or (end + 1 < len(text) and text[end + 1] != ":"):
                return None
            content = text[index + 1 : end]
            index = end + 2
        else:
            characters: list[str] = []
            while index < len(text) and text[index] != ":":
                if text[index] == "\\":
                    index += 1
                    if index == len(text):
                        return None
                characters.append(text[index])
                index += 1
            content = "".join(characters)
            index += 1
        fields.append(_Field(content, "/" in content))
    return fields


def _dynamic(fields: list[_Field]) -> ForwardSpecification | None:
    """One side, or two of which the second is a path: then it is no proxy, but leads there."""
    match fields:
        case [_Field(path, True)]:
            return ForwardSpecification(listen_path=path)
        case [port]:
            return _listening(None, port)
        case [_Field(path, True), _Field(target, True)]:
            return ForwardSpecification(listen_path=path, connect_path=target)
        case [port, _Field(target, True)]:
            return _listening(None, port, connect_path=target)
        case [host, port]:
            return _listening(host, port)
    return None


def _fixed(fields: list[_Field]) -> ForwardSpecification | None:
    """What each field is depends on how many there are, and on which of them are paths (readconf.c, parse_forward)."""
    match fields:
        case [_Field(path, True), _Field(target, True)]:
            return ForwardSpecification(listen_path=path, connect_path=target)
        case [port, _Field(target, True)]:
            return _listening(None, port, connect_path=target)
        case [_Field(path, True), host, port]:
            connect_port = port_number(port.text)
            return ForwardSpecification(None, 0, path, host.text, connect_port) if connect_port else None
        case [bind, port, _Field(target, True)]:
            return _listening(bind, port, connect_path=target)
        case [*bind, listen_port, host, port]:
            connect_port = port_number(port.text)
            if not connect_port:
                return None
            return _listening(bind[0] if bind else None, listen_port, host.text, connect_port)
    return None


def _listening(
    host: _Field | None,
    port: _Field,
    connect_host: str | None = None,
    connect_port: int = 0,
    connect_path: str | None = None,
) -> ForwardSpecification | None:
    """One that listens on a port; 0 is one too, where the server may choose."""
    number = port_number(port.text)
    if number is None:
        return None
    return ForwardSpecification(
        host.text if host is not None else None, number, None, connect_host, connect_port, connect_path
    )
