"""Output on its way to the screen: joined where nobody has taken it, and never past what happened meanwhile."""

from __future__ import annotations

from textual.message import Message
from textual.message_pump import MessagePump

from mooring.model.machine import Machine, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.terminal import TerminalSize
from mooring.session import Session
from mooring.ui.sessions.bridge import Bridge, SessionChanged, SessionOutput


class Receiver(MessagePump):
    """Keeps what is posted to it."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: list[Message] = []

    def post_message(self, message: Message) -> bool:
        """Keep it."""
        self.posted.append(message)
        return True

    def outputs(self) -> list[bytes]:
        """Take all output that was posted."""
        return [message.take() for message in self.posted if isinstance(message, SessionOutput)]


def session(number: int) -> Session:
    """A session that nobody connects."""
    return Session(number, Machine("box", ("mooring",), COMMAND_LINE, Target("box")), TerminalSize(80, 24))


def test_output_that_waits_is_joined() -> None:
    receiver = Receiver()
    bridge, first = Bridge(receiver), session(1)
    for piece in (b"a", b"b", b"c"):
        bridge.session_output(first, piece)
    assert receiver.outputs() == [b"abc"]


def test_output_behind_what_was_taken_comes_by_itself() -> None:
    receiver = Receiver()
    bridge, first = Bridge(receiver), session(1)
    bridge.session_output(first, b"a")
    assert receiver.outputs() == [b"a"]
    bridge.session_output(first, b"b")
    assert receiver.outputs() == [b"", b"b"]


def test_sessions_are_kept_apart_and_in_order() -> None:
    receiver = Receiver()
    bridge, first, second = Bridge(receiver), session(1), session(2)
    bridge.session_output(first, b"a")
    bridge.session_output(second, b"b")
    bridge.session_output(first, b"c")
    assert receiver.outputs() == [b"a", b"b", b"c"]


def test_output_does_not_pass_a_change_of_its_session() -> None:
    receiver = Receiver()
    bridge, first = Bridge(receiver), session(1)
    bridge.session_output(first, b"before")
    bridge.session_changed(first)
    bridge.session_output(first, b"after")
    assert [type(message) for message in receiver.posted] == [SessionOutput, SessionChanged, SessionOutput]
    assert receiver.outputs() == [b"before", b"after"]
