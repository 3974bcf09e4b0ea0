"""What every channel of ours has in common: bytes both ways, with a stop in either direction."""

from __future__ import annotations

import asyncio
from typing import Protocol

import asyncssh
from asyncssh.channel import SSHChannel
from asyncssh.session import SSHSession


class Receiver(Protocol):
    """Whoever takes what the remote side writes, byte for byte as it comes."""

    def data_received(self, data: bytes) -> None:
        """Take standard output (all output, where there is a terminal)."""
        ...

    def error_received(self, data: bytes) -> None:
        """Take standard error."""
        ...

    def eof_received(self) -> None:
        """Nothing more will be written."""
        ...


class StreamSession(SSHSession[bytes]):
    """asyncssh's side of a channel: passes bytes on, and knows when there is room for more."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._writable = asyncio.Event()
        self._writable.set()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Called with each packet's bytes."""
        if datatype == asyncssh.EXTENDED_DATA_STDERR:
            self._receiver.error_received(data)
        else:
            self._receiver.data_received(data)

    def eof_received(self) -> bool:
        """Called at the end of what comes; the way there stays open, as in ssh."""
        self._receiver.eof_received()
        return True

    def pause_writing(self) -> None:
        """Called when what we sent piles up."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Called when it has gone out, and at the end, when nothing will."""
        self._writable.set()

    async def drained(self) -> None:
        """Wait until there is room for more to send."""
        await self._writable.wait()


class ByteStream:
    """Bytes to and from the remote side. After its end, what is written goes nowhere."""

    def __init__(self, channel: SSHChannel[bytes], session: StreamSession) -> None:
        self._bytes = channel
        self._stream = session

    def write(self, data: bytes) -> None:
        """Send bytes; `drain` waits where they are many."""
        if not self._bytes.is_closing():
            self._bytes.write(data)

    async def drain(self) -> None:
        """Wait until what was written has mostly gone out."""
        await self._stream.drained()

    def write_eof(self) -> None:
        """Say that nothing more will be sent."""
        if not self._bytes.is_closing():
            self._bytes.write_eof()

    def pause_reading(self) -> None:
        """Take no more: the remote side stops when the window is full."""
        self._bytes.pause_reading()

    def resume_reading(self) -> None:
        """Take more again."""
        self._bytes.resume_reading()

    def close(self) -> None:
        """Hang up; what has not gone out is dropped, since whoever does not read it would hold the channel open."""
        self._bytes.abort()
