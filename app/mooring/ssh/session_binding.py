"""What ties an agent to one SSH session: keys that `ssh-add -h` bound to destinations sign for nothing else.

The client proves to the agent which host a session leads to, by the signature that the host made in the key exchange
(OpenSSH's PROTOCOL.agent, session-bind@openssh.com).
"""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass

from mooring.ssh.public_key import as_string

EXTENSION = 27
"""SSH_AGENTC_EXTENSION: the message that carries it."""
_NAME = b"session-bind@openssh.com"
_PATIENCE = 5.0
"""Seconds that an agent gets to answer."""
_LONGEST_ANSWER = 256 * 1024
"""Bytes that an answer to it may have; one has five."""


@dataclass(frozen=True, slots=True)
class SessionBinding:
    """The host's key as it was shown, the session's identifier, and the host's signature on that."""

    host_key: bytes
    session: bytes
    signature: bytes

    def body(self, *, forwarding: bool) -> bytes:
        """What follows the message's number. `forwarding`: programs on the host will ask, not this client."""
        strings = (_NAME, self.host_key, self.session, self.signature)
        return b"".join(map(as_string, strings)) + bytes([forwarding])


async def connect_bound_agent(path: str, binding: SessionBinding) -> socket.socket:
    """Connect to the agent at `path` on behalf of the host; one that knows no bindings says so, and serves all keys.

    Raises OSError.
    """
    loop = asyncio.get_running_loop()
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.setblocking(False)
        async with asyncio.timeout(_PATIENCE):
            await loop.sock_connect(connection, path)
            message = bytes([EXTENSION]) + binding.body(forwarding=True)
            await loop.sock_sendall(connection, as_string(message))
            (length,) = struct.unpack(">I", await _read(connection, 4))
            await _read(connection, min(length, _LONGEST_ANSWER))
    except BaseException:
        connection.close()
        raise
    return connection


async def _read(connection: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = await asyncio.get_running_loop().sock_recv(connection, length - len(data))
        if not more:
            raise OSError("the agent hung up")
        data += more
    return data
