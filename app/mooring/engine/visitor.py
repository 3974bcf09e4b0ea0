"""One stream to the engine, from the greeting on: somebody who looks, or the UI."""

from __future__ import annotations

import os
import socket
from typing import Protocol

import msgspec

from mooring.engine.framing import FrameKind
from mooring.engine.protocol import PROTOCOL_VERSION, Attach, Hello, Look, Message, Report, ToEngine
from mooring.engine.stream import MessageStream, connect_stream
from mooring.model.errors import EngineError
from mooring.model.kept_sessions import EngineReport


class Host(Protocol):
    """What a visitor finds behind the door."""

    def report(self) -> EngineReport:
        """What is here."""
        ...

    def attach(self, visitor: Visitor, request: Attach) -> None:
        """Let a visitor be the UI, or send it away."""
        ...

    def message_received(self, message: ToEngine) -> None:
        """Take a message of the UI's."""
        ...

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Take bytes of the UI's."""
        ...

    def visitor_left(self, visitor: Visitor, error: Exception | None) -> None:
        """The stream has ended."""
        ...


class Visitor:
    """Greets, and passes on what the UI says once it is the UI."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._greeted = False
        self.is_ui = False
        self.process_id = 0
        decoder: msgspec.msgpack.Decoder[ToEngine] = msgspec.msgpack.Decoder(ToEngine)
        self.stream = MessageStream(self, decoder)

    async def serve(self, channel: socket.socket) -> None:
        """Speak on a connected socket from now on."""
        await connect_stream(self.stream, channel)
        self.stream.send_message(Hello(PROTOCOL_VERSION, os.getpid()))

    def send_away(self, message: Message) -> None:
        """Say a last word, and close the stream."""
        self.is_ui = False
        self.stream.send_message(message)
        self.stream.close()

    def message_received(self, message: ToEngine) -> None:
        """Called by the stream."""
        match message:
            case Hello(version=version):
                if version != PROTOCOL_VERSION:
                    raise EngineError(f"the UI speaks version {version} of the protocol, not {PROTOCOL_VERSION}")
                self._greeted = True
            case _ if not self._greeted:
                raise EngineError("somebody came in without a greeting")
            case Look():
                self.send_away(Report(self._host.report()))
            case Attach(process_id=process_id):
                self.process_id = process_id
                self._host.attach(self, message)
            case _ if self.is_ui:
                self._host.message_received(message)

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Called by the stream."""
        if self.is_ui:
            self._host.data_received(kind, session, data)

    def stream_closed(self, error: Exception | None) -> None:
        """Called by the stream."""
        self._host.visitor_left(self, error)
