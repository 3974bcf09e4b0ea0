"""From the engine's events to Textual's messages.

Everything goes through one queue, output too, so that the screen learns of things in the order in which they happened.
None of it bubbles: each node above the receiver would cost a turn of the loop, for every piece of output.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message
from textual.message_pump import MessagePump

from mooring.model.prompts import Question
from mooring.session import Session


@dataclass
class SessionChanged(Message, bubble=False):
    """State, step or title of a session are new."""

    session: Session


class SessionOutput(Message, bubble=False):
    """A session's remote program wrote something. More of the same may be added until it is taken."""

    def __init__(self, session: Session, data: bytes) -> None:
        super().__init__()
        self.session = session
        self._pieces = [data]

    def add(self, session: Session, data: bytes) -> bool:
        """Add what follows at once; False where this was taken already, or is another session's."""
        if session is not self.session or not self._pieces:
            return False
        self._pieces.append(data)
        return True

    def take(self) -> bytes:
        """The output; b"" when it is taken again."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


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


def _nobody(_session: Session) -> None:
    """Nobody else wants to know."""


class Bridge:
    """A `SessionListener` that posts what it hears to one receiver; `changed` is told first of what changed."""

    def __init__(self, receiver: MessagePump, changed: Callable[[Session], None] = _nobody) -> None:
        self._receiver = receiver
        self._changed = changed
        self._last: Message | None = None

    def session_changed(self, session: Session) -> None:
        """State, step or title are new."""
        self._changed(session)
        self._post(SessionChanged(session))

    def session_output(self, session: Session, data: bytes) -> None:
        """Output of the remote program."""
        # One message for all that comes while the receiver is busy: a flood is read faster than messages go round.
        if not (isinstance(self._last, SessionOutput) and self._last.add(session, data)):
            self._post(SessionOutput(session, data))

    def question_asked(self, session: Session, question_id: int, question: Question) -> None:
        """Ask the person."""
        self._post(QuestionAsked(session, question_id, question))

    def question_lapsed(self, question_id: int) -> None:
        """Close the dialog."""
        self._post(QuestionLapsed(question_id))

    def _post(self, message: Message) -> None:
        self._last = message
        self._receiver.post_message(message)
