"""A connection to a place that the remote host reaches: `ssh -W`."""

from __future__ import annotations

import asyncio

import asyncssh

from mooring.model.errors import ConnectionFailedError
from mooring.ssh import failures
from mooring.ssh.channel import Receiver
from mooring.ssh.client_connection import ClientConnection

_OPEN_FAILURES = {
    asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED: "administratively prohibited",
    asyncssh.OPEN_CONNECT_FAILED: "connect failed",
    asyncssh.OPEN_UNKNOWN_CHANNEL_TYPE: "unknown channel type",
    asyncssh.OPEN_RESOURCE_SHORTAGE: "resource shortage",
}


class _Session(asyncssh.SSHTCPSession[bytes]):
    def __init__(self, host: str, receiver: Receiver) -> None:
        self._host = host
        self._receiver = receiver
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.writable = asyncio.Event()
        self.writable.set()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._receiver.data_received(data)

    def eof_received(self) -> bool:
        self._receiver.eof_received()
        return True

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.writable.set()
        if self.ended.done():
            return
        if exc is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(failures.lost(self._host, exc))
            # Retrieved here once: whoever waits gets it again, and nobody has to.
            self.ended.exception()


class DirectStream:
    """Bytes to and from a place beyond the remote host."""

    def __init__(self, channel: asyncssh.SSHTCPChannel[bytes], session: _Session) -> None:
        self._channel = channel
        self._session = session

    def write(self, data: bytes) -> None:
        """Send bytes; `drain` waits where they are many."""
        if not self._channel.is_closing():
            self._channel.write(data)

    async def drain(self) -> None:
        """Wait until what was written has mostly gone out."""
        await self._session.writable.wait()

    def write_eof(self) -> None:
        """Say that nothing more will be sent."""
        if not self._channel.is_closing():
            self._channel.write_eof()

    def pause_reading(self) -> None:
        """Take no more."""
        self._channel.pause_reading()

    def resume_reading(self) -> None:
        """Take more again."""
        self._channel.resume_reading()

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    async def wait(self) -> None:
        """Wait for the end. Raises ConnectionLostError when the SSH connection broke."""
        await asyncio.shield(self._session.ended)


async def open_direct(hop: str, connection: ClientConnection, host: str, port: int, receiver: Receiver) -> DirectStream:
    """Connect to host:port as seen from the remote host. Raises ConnectionFailedError in ssh's words."""
    try:
        channel, session = await connection.create_connection(
            lambda: _Session(host, receiver), host, port, encoding=None
        )
    except asyncssh.ChannelOpenError as error:
        raise open_failed(hop, error) from None
    if not isinstance(session, _Session):
        raise TypeError(f"asyncssh made a {type(session).__name__}")
    return DirectStream(channel, session)


def open_failed(hop: str, error: asyncssh.ChannelOpenError) -> ConnectionFailedError:
    """The error for a place that the remote host could not or would not connect to."""
    kind = _OPEN_FAILURES.get(error.code, f"code {error.code}")
    reason = failures.terminal_safe(error.reason)
    return ConnectionFailedError(f"channel 0: open failed: {kind}: {reason}\nstdio forwarding failed", hop=hop)
