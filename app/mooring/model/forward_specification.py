"""The forwarding specifications of ssh(1): what `-L`, `-R`, `-D` and `-W` take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mooring.model.ssh_arguments import parse_port

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
    `[bind:]port` or a socket. Square brackets keep colons together, a backslash keeps one character. `${NAME}` stands
    for a variable of `environment`. `remote` allows the listening port 0, which the server chooses.
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
    if any(name not in environment for name in _VARIABLE.findall(text)):
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
    if len(fields) == 1 and fields[0].is_path:
        return ForwardSpecification(listen_path=fields[0].text)
    if len(fields) > 2:
        return None
    port = _port(fields[-1].text)
    return None if port is None else ForwardSpecification(fields[0].text if len(fields) == 2 else None, port)


def _fixed(fields: list[_Field]) -> ForwardSpecification | None:
    """The far side is the last field when that is a path, else the last two; what is left is the listening side."""
    connect_path: str | None = None
    connect_host: str | None = None
    connect_port = 0
    if fields[-1].is_path:
        connect_path = fields[-1].text
        listening = fields[:-1]
    else:
        port = parse_port(fields[-1].text)
        if len(fields) < 3 or port is None:
            return None
        connect_host, connect_port = fields[-2].text, port
        listening = fields[:-2]
    if len(listening) == 1 and listening[0].is_path:
        return ForwardSpecification(None, 0, listening[0].text, connect_host, connect_port, connect_path)
    if not 1 <= len(listening) <= 2:
        return None
    listen_port = _port(listening[-1].text)
    if listen_port is None:
        return None
    listen_host = listening[0].text if len(listening) == 2 else None
    return ForwardSpecification(listen_host, listen_port, None, connect_host, connect_port, connect_path)


def _port(text: str) -> int | None:
    """A listening port: 0 is one too, where the server may choose."""
    return 0 if text == "0" else parse_port(text)
