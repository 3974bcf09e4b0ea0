"""What a SOCKS client asks for: version 4 and 4a (Ying-Da Lee's protocol.txt), and version 5 (RFC 1928).

As in ssh, only CONNECT is served, without authentication, and a place that can't be reached is told by closing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_CONNECT = 1
_NO_AUTHENTICATION = 0
_NONE_ACCEPTABLE = 255
_LONGEST_TEXT = 255
"""Bytes of a user or host name: the most that version 5 can say, and what version 4 is held to, as in ssh."""


class SocksError(Exception):
    """The client says something that is not served; the connection is to be closed."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the client wants to go; `host` is a name or a numeric address."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class SocksRequest:
    """Where to, and what to answer once that place is connected to."""

    destination: Destination
    granted: bytes


class ByteReader(Protocol):
    """What `asyncio.StreamReader` and asyncssh's reader have in common."""

    async def readexactly(self, n: int) -> bytes:
        """Return `n` bytes; raise asyncio.IncompleteReadError at the end of input."""
        ...


async def read_request(reader: ByteReader, reply: Callable[[bytes], None]) -> SocksRequest:
    """Speak with a client until it has said where to.

    Reads not one byte too many: what follows belongs to the destination. Raises SocksError and
    asyncio.IncompleteReadError.
    """
    version = (await reader.readexactly(1))[0]
    if version == 4:
        return SocksRequest(await _read_version_4(reader), b"\x00\x5a" + bytes(6))
    if version == 5:
        return SocksRequest(await _read_version_5(reader, reply), b"\x05\x00\x00\x01" + bytes(6))
    raise SocksError(f"there is no SOCKS version {version}")


async def _read_version_4(reader: ByteReader) -> Destination:
    command, *rest = await reader.readexactly(7)
    if command != _CONNECT:
        raise SocksError(f"command {command} of SOCKS 4 is not served")
    port = int.from_bytes(rest[:2], "big")
    address = ipaddress.IPv4Address(bytes(rest[2:]))
    await _read_to_zero(reader)
    if not 0 < int(address) < 256:
        return Destination(str(address), port)
    # 4a: an address of 0.0.0.x says that a name follows.
    return Destination(_host_name(await _read_to_zero(reader)), port)


async def _read_version_5(reader: ByteReader, reply: Callable[[bytes], None]) -> Destination:
    (count,) = await reader.readexactly(1)
    if _NO_AUTHENTICATION not in await reader.readexactly(count):
        reply(bytes((5, _NONE_ACCEPTABLE)))
        raise SocksError("the client wants to authenticate")
    reply(bytes((5, _NO_AUTHENTICATION)))
    version, command, reserved, kind = await reader.readexactly(4)
    if (version, command, reserved) != (5, _CONNECT, 0):
        raise SocksError(f"command {command} of SOCKS {version} is not served")
    match kind:
        case 1:
            host = str(ipaddress.IPv4Address(await reader.readexactly(4)))
        case 3:
            (length,) = await reader.readexactly(1)
            host = _host_name(await reader.readexactly(length))
        case 4:
            host = str(ipaddress.IPv6Address(await reader.readexactly(16)))
        case _:
            raise SocksError(f"there is no kind of address {kind} in SOCKS 5")
    return Destination(host, int.from_bytes(await reader.readexactly(2), "big"))


async def _read_to_zero(reader: ByteReader) -> bytes:
    text = bytearray()
    while (byte := await reader.readexactly(1)) != b"\0":
        text += byte
        if len(text) > _LONGEST_TEXT:
            raise SocksError("a name is too long")
    return bytes(text)


def _host_name(text: bytes) -> str:
    """Names are ASCII; control characters and blanks have no place in one, and NUL would cut it short in the system."""
    if not text or any(byte <= 32 or byte >= 127 for byte in text):
        raise SocksError("a host name holds what no name may")
    return text.decode("ascii")
