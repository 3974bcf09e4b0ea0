"""Questions to the person, and their answers."""

from __future__ import annotations

from typing import Any

from mooring.engine.protocol.message import Message
from mooring.model.prompts import (
    ChangedHostKeyQuestion,
    ConfirmationQuestion,
    HostKeyQuestion,
    KeyboardInteractiveQuestion,
    Question,
    SecretQuestion,
)


class AnswerQuestion(Message, frozen=True):
    """Towards the engine: what the person said; None is "leave it"."""

    question: int
    answer: tuple[str, ...] | None

    def __repr__(self) -> str:
        return f"AnswerQuestion(question={self.question}, answer=<withheld>)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Keep the answer out of tracebacks that rich prints with local variables, as Textual's do."""
        return [("question", self.question), ("answer", "<withheld>")]


class AskQuestion(Message, frozen=True):
    """Towards the UI: a question of a session's, of one kind. Every one is answered or cancelled once."""

    question: int
    session: int
    host_key: HostKeyQuestion | None = None
    changed_key: ChangedHostKeyQuestion | None = None
    confirmation: ConfirmationQuestion | None = None
    secret: SecretQuestion | None = None
    keyboard: KeyboardInteractiveQuestion | None = None

    @classmethod
    def of(cls, number: int, session: int, question: Question) -> AskQuestion:
        """Put a question of whatever kind into its field."""
        match question:
            case HostKeyQuestion():
                return cls(number, session, host_key=question)
            case ChangedHostKeyQuestion():
                return cls(number, session, changed_key=question)
            case ConfirmationQuestion():
                return cls(number, session, confirmation=question)
            case SecretQuestion():
                return cls(number, session, secret=question)
            case KeyboardInteractiveQuestion():
                return cls(number, session, keyboard=question)

    @property
    def asked(self) -> Question | None:
        """The question, of whatever kind; None where the other side knows more kinds than this one."""
        return self.host_key or self.changed_key or self.confirmation or self.secret or self.keyboard


class CancelQuestion(Message, frozen=True):
    """Towards the UI: a question lapsed (its connection is gone); an open dialog closes."""

    question: int
