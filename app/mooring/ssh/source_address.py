"""Where a connection comes from: BindAddress, or else an address of BindInterface (sshconnect.c, ssh_create_socket)."""

from __future__ import annotations

import asyncio
import os
import socket
from typing import cast

Source = tuple[str, int] | tuple[str, int, int, int]
"""The address of a socket: host and port, with IPv6 also flow and scope."""


class SourceError(Exception):
    """A connection can't come from there; the text is what ssh says about it before it tries the next address."""


async def bind_source(connection: socket.socket, address: str | None, interface: str | None) -> None:
    """Bind a socket that is about to connect; where neither is given the system chooses. Raises SourceError."""
    if address is not None:
        source = await _look_up(connection, address)
    elif interface is not None:
        source = _of_interface(connection, interface)
    else:
        return
    try:
        connection.bind(source)
    except OSError as error:
        raise SourceError(f"bind {source[0]}: {os.strerror(error.errno or 0)}") from None


async def _look_up(connection: socket.socket, address: str) -> Source:
    try:
        if not address:
            # The system takes an empty name for any address, and ssh does not.
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        found = await asyncio.get_running_loop().getaddrinfo(
            address, 0, family=connection.family, type=connection.type, flags=socket.AI_PASSIVE
        )
    except (socket.gaierror, UnicodeError) as error:
        reason = error.strerror if isinstance(error, socket.gaierror) else "Name or service not known"
        raise SourceError(f"getaddrinfo: {address}: {reason}") from None
    return cast(Source, found[0][4])


def _of_interface(connection: socket.socket, interface: str) -> Source:
    # Loaded only here: ctypes and ipaddress would cost every start a tenth of it.
    from mooring.sshconfig.interfaces import address_of_interface

    found = address_of_interface(interface, connection.family)
    if found is None:
        raise SourceError(f"getifaddrs: {interface}: no suitable addresses")
    if found.version == 4:
        return str(found), 0
    return str(found).partition("%")[0], 0, 0, int(found.scope_id or 0)
