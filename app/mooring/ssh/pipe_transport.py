"""Two pipes as one asyncio transport, for a program that speaks on its standard input and output."""

from __future__ import annotations

import asyncio
from io import FileIO
from typing import cast


class PipeTransport(asyncio.Transport):
    """What the program writes is received, and what is written goes to it; its end is the end of what it writes."""

    def __init__(self, protocol: asyncio.Protocol) -> None:
        super().__init__()
        self._protocol = protocol
        self._reading: asyncio.ReadTransport | None = None
        self._writing: asyncio.WriteTransport | None = None

    @classmethod
    async def open(cls, protocol: asyncio.Protocol, reading: int, writing: int) -> PipeTransport:
        """Take both descriptors over, which are closed with the transport, and tell `protocol` of it."""
        loop = asyncio.get_running_loop()
        transport = cls(protocol)
        transport._writing, _ = await loop.connect_write_pipe(lambda: _Outgoing(protocol), FileIO(writing, "wb"))
        await loop.connect_read_pipe(lambda: _Incoming(transport), FileIO(reading, "rb"))
        return transport

    def begin(self, reading: asyncio.ReadTransport) -> None:
        """Called when there is something to read from."""
        self._reading = reading
        self._protocol.connection_made(self)

    def data_received(self, data: bytes) -> None:
        """Called with what the program wrote."""
        self._protocol.data_received(data)

    def eof_received(self) -> None:
        """Called when it will write no more."""
        if not self._protocol.eof_received():
            self.close()

    def end(self, error: Exception | None) -> None:
        """Called when there is nothing to read from any more."""
        self.close()
        self._protocol.connection_lost(error)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send bytes; they go nowhere once the program takes none."""
        if self._writing is not None and not self._writing.is_closing():
            self._writing.write(data)

    def close(self) -> None:
        """Let what was written go out, and take no more."""
        for side in (self._writing, self._reading):
            if side is not None and not side.is_closing():
                side.close()

    def abort(self) -> None:
        """Drop what has not gone out."""
        writing = self._writing
        # A pipe that is closed already, and has nothing to drop, would be closed once more, which asyncio can't.
        if writing is not None and (not writing.is_closing() or writing.get_write_buffer_size()):
            writing.abort()
        self.close()

    def is_closing(self) -> bool:
        """Whether it is closed or about to be."""
        return self._reading is None or self._reading.is_closing()

    def pause_reading(self) -> None:
        """Take no more for now."""
        if self._reading is not None:
            self._reading.pause_reading()

    def resume_reading(self) -> None:
        """Take more again."""
        if self._reading is not None:
            self._reading.resume_reading()


class _Incoming(asyncio.Protocol):
    def __init__(self, transport: PipeTransport) -> None:
        self._transport = transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport.begin(cast(asyncio.ReadTransport, transport))

    def data_received(self, data: bytes) -> None:
        self._transport.data_received(data)

    def eof_received(self) -> None:
        self._transport.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport.end(exc)


class _Outgoing(asyncio.BaseProtocol):
    """Passes on when what was written piles up. A program that reads no more may still write: its end tells."""

    def __init__(self, protocol: asyncio.Protocol) -> None:
        self._protocol = protocol

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()
