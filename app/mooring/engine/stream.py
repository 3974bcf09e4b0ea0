"""One end of the socket between the UI and the engine: the same code on both sides."""

from __future__ import annotations

import asyncio
import socket
from typing import Generic, Protocol, TypeVar, cast

import msgspec

from mooring.engine.framing import Frame, FrameDecoder, FrameKind, encode_data, encode_message
from mooring.engine.protocol import Message
from mooring.model.errors import EngineError

Received = TypeVar("Received")
Heard = TypeVar("Heard", contravariant=True)


class StreamReceiver(Protocol[Heard]):
    """Whoever reads what the other side sends. An EngineError raised by the first two ends the stream."""

    def message_received(self, message: Heard) -> None:
        """Take one message."""
        ...

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Take a session's bytes."""
        ...

    def stream_closed(self, error: Exception | None) -> None:
        """The other side is gone (None), or the stream was given up because of `error`. Called once, last."""
        ...


class MessageStream(asyncio.Protocol, Generic[Received]):
    """Sends messages and bytes on a connected socket, and receives messages of the kind `Received`.

    Sending never waits: what is on its way is bounded by credit for output, and by what a person types or pastes for
    input. After the end, whatever is sent goes nowhere.
    """

    def __init__(self, receiver: StreamReceiver[Received], decoder: msgspec.msgpack.Decoder[Received]) -> None:
        self._receiver = receiver
        self._frames = FrameDecoder()
        self._decoder = decoder
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
            for frame in self._frames.feed(data):
                self._pass_on(frame)
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

    def _pass_on(self, frame: Frame) -> None:
        if frame.kind is not FrameKind.MESSAGE:
            self._receiver.data_received(frame.kind, frame.session, frame.body)
            return
        try:
            message = self._decoder.decode(frame.body)
        except msgspec.MsgspecError as error:
            raise EngineError(f"the other side said something that we don't understand: {error}") from error
        self._receiver.message_received(message)


async def connect_stream(stream: MessageStream[Received], channel: socket.socket) -> None:
    """Let `stream` speak on a connected socket."""
    await asyncio.get_running_loop().create_connection(lambda: stream, sock=channel)
