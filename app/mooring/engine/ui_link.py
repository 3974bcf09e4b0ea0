"""Where the engine's messages go: to the UI that is attached, or nowhere."""

from __future__ import annotations

from mooring.engine.framing import FrameKind
from mooring.engine.protocol import Message, ToEngine
from mooring.engine.stream import MessageStream


class UiLink:
    """The stream of the UI that is attached, if one is."""

    def __init__(self) -> None:
        self.stream: MessageStream[ToEngine] | None = None

    def send_message(self, message: Message) -> None:
        """Send one message. Without a UI it is lost: what the next one has to know is told when it attaches."""
        if self.stream is not None:
            self.stream.send_message(message)

    def send_data(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Send a session's bytes."""
        if self.stream is not None:
            self.stream.send_data(kind, session, data)
