"""A connection to a place that the remote host reaches: `ssh -W`."""

from __future__ import annotations

import asyncio

import asyncssh
from asyncssh.channel import SSHChannel

from mooring.model.errors import (
    ConnectionFailedError,
    ConnectionRefusedByHostError,
    ConnectionTimedOutError,
    NameResolutionError,
    NoRouteError,
)
from mooring.model.forward_specification import ForwardSpecification
from mooring.ssh import failures
from mooring.ssh.byte_stream import ByteStream, Receiver, StreamSession
from mooring.ssh.client_connection import ClientConnection

_OPEN_FAILURES = {
    asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED: "administratively prohibited",
    asyncssh.OPEN_CONNECT_FAILED: "connect failed",
    asyncssh.OPEN_UNKNOWN_CHANNEL_TYPE: "unknown channel type",
    asyncssh.OPEN_RESOURCE_SHORTAGE: "resource shortage",
}

_REASONS: dict[str, type[ConnectionFailedError]] = {
    "Connection refused": ConnectionRefusedByHostError,
    "Connection timed out": ConnectionTimedOutError,
    "No route to host": NoRouteError,
    "Network is unreachable": NoRouteError,
    "Name or service not known": NameResolutionError,
    "Temporary failure in name resolution": NameResolutionError,
}


class _Session(StreamSession, asyncssh.SSHTCPSession[bytes], asyncssh.SSHUNIXSession[bytes]):
    def __init__(self, host: str, receiver: Receiver) -> None:
        super().__init__(receiver)
        self._host = host
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, chan: SSHChannel[bytes]) -> None:
        pass

    def connection_lost(self, exc: Exception | None) -> None:
        self.resume_writing()
        if self.ended.done():
            return
        if exc is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(failures.lost(self._host, exc))
            # Retrieved here once: whoever waits gets it again, and nobody has to.
            self.ended.exception()


class DirectStream(ByteStream):
    """Bytes to and from a place beyond the remote host."""

    def __init__(self, channel: SSHChannel[bytes], session: _Session) -> None:
        super().__init__(channel, session)
        self._session = session

    async def wait(self) -> None:
        """Wait for the end. Raises ConnectionLostError when the SSH connection broke."""
        await asyncio.shield(self._session.ended)


async def open_direct(
    hop: str, connection: ClientConnection, place: ForwardSpecification, receiver: Receiver
) -> DirectStream:
    """Connect to the listening side of `place` as seen from the remote host: a port there, or a Unix socket.

    Raises ConnectionFailedError in ssh's words.
    """
    try:
        channel, session = await _open(connection, place, receiver)
    except asyncssh.ChannelOpenError as error:
        raise open_failed(hop, error) from None
    if not isinstance(session, _Session):
        raise TypeError(f"asyncssh made a {type(session).__name__}")
    return DirectStream(channel, session)


async def _open(
    connection: ClientConnection, place: ForwardSpecification, receiver: Receiver
) -> tuple[SSHChannel[bytes], asyncssh.SSHTCPSession[bytes] | asyncssh.SSHUNIXSession[bytes]]:
    path = place.listen_path
    if path is not None:
        return await connection.create_unix_connection(lambda: _Session(path, receiver), path, encoding=None)
    host = place.listen_host or "localhost"
    return await connection.create_connection(lambda: _Session(host, receiver), host, place.listen_port, encoding=None)


def open_failed(hop: str, error: asyncssh.ChannelOpenError) -> ConnectionFailedError:
    """The error for a place that the remote host could not or would not connect to."""
    kind = _OPEN_FAILURES.get(error.code, f"code {error.code}")
    reason = failures.terminal_safe(error.reason)
    # The reason is free text; where the far side has OpenSSH it is strerror's.
    error_type = next((error for words, error in _REASONS.items() if words in reason), ConnectionFailedError)
    return error_type(f"channel 0: open failed: {kind}: {reason}\nstdio forwarding failed", hop=hop)
