"""One end of the socket between the UI and the engine: the same code on both sides."""

from __future__ import annotations

import asyncio
from typing import Protocol, cast

import msgspec

from mooring.engine.framing import Frame, FrameDecoder, FrameKind, encode_data, encode_message
from mooring.engine.protocol import Message
from mooring.model.errors import EngineError


class FrameReceiver(Protocol):
    """Whoever reads what the other side sends."""

    def frame_received(self, frame: Frame) -> None:
        """Take one frame. An EngineError raised here ends the stream."""
        ...

    def stream_closed(self, error: Exception | None) -> None:
        """The other side is gone (None), or the stream was given up because of `error`. Called once, last."""
        ...


class FrameStream(asyncio.Protocol):
    """Sends and receives frames on a connected socket.

    Sending never waits: what is on its way is bounded by credit for output, and by what a person types or pastes for
    input. After the end, whatever is sent goes nowhere.
    """

    def __init__(self, receiver: FrameReceiver) -> None:
        self._receiver = receiver
        self._decoder = FrameDecoder()
        self._encoder = msgspec.msgpack.Encoder()
        self._transport: asyncio.Transport | None = None
        self._error: Exception | None = None
        self._closed = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        try:
            for frame in self._decoder.feed(data):
                self._receiver.frame_received(frame)
        except EngineError as error:
            self._error = error
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        self._transport = None
        self._closed.set()
        self._receiver.stream_closed(self._error or exc)

    def send_message(self, message: Message) -> None:
        """Send one message. Raises EngineError when it is too long."""
        if self._transport is not None:
            self._transport.write(encode_message(self._encoder.encode(message)))

    def send_data(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Send a session's bytes."""
        if self._transport is not None:
            for frame in encode_data(kind, session, data):
                self._transport.write(frame)

    def close(self) -> None:
        """Send what is still to be sent, then close."""
        if self._transport is not None:
            self._transport.close()

    async def wait_closed(self) -> None:
        """Wait until the stream has ended, whoever ended it."""
        await self._closed.wait()
