"""From the engine's events to Textual's messages.

Everything goes through one queue, output too, so that the screen learns of things in the order in which they happened.
None of it bubbles: each node above the receiver would cost a turn of the loop, for every piece of output.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.message_pump import MessagePump

from mooring.model.prompts import Question
from mooring.session import Session


@dataclass
class SessionChanged(Message, bubble=False):
    """State, step or title of a session are new."""

    session: Session


@dataclass
class SessionOutput(Message, bubble=False):
    """A session's remote program wrote something."""

    session: Session
    data: bytes

    def __repr__(self) -> str:
        return f"SessionOutput({self.session!r}, {len(self.data)} bytes)"


@dataclass
class SessionNoticed(Message, bubble=False):
    """Something to show in a session that its remote program did not write."""

    session: Session
    text: str


@dataclass
class QuestionAsked(Message, bubble=False):
    """A session can't go on without the person."""

    session: Session
    question_id: int
    question: Question


@dataclass
class QuestionLapsed(Message, bubble=False):
    """Nobody waits for this answer any more."""

    question_id: int


class Bridge:
    """A `SessionListener` that posts what it hears to one receiver."""

    def __init__(self, receiver: MessagePump) -> None:
        self._receiver = receiver

    def session_changed(self, session: Session) -> None:
        """State, step or title are new."""
        self._receiver.post_message(SessionChanged(session))

    def session_output(self, session: Session, data: bytes) -> None:
        """Output of the remote program."""
        self._receiver.post_message(SessionOutput(session, data))

    def session_notice(self, session: Session, text: str) -> None:
        """A banner or a warning."""
        self._receiver.post_message(SessionNoticed(session, text))

    def question_asked(self, session: Session, question_id: int, question: Question) -> None:
        """Ask the person."""
        self._receiver.post_message(QuestionAsked(session, question_id, question))

    def question_lapsed(self, question_id: int) -> None:
        """Close the dialog."""
        self._receiver.post_message(QuestionLapsed(question_id))
