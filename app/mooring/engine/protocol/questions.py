"""Questions to the person, and their answers."""

from __future__ import annotations

from typing import Any

from mooring.engine.protocol.message import Message
from mooring.model.prompts import HostKeyQuestion, KeyboardInteractiveQuestion, SecretQuestion


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
    """Towards the UI: a question of a session's. Every one is answered or cancelled once."""

    question: int
    session: int
    host_key: HostKeyQuestion | None = None
    secret: SecretQuestion | None = None
    keyboard: KeyboardInteractiveQuestion | None = None


class CancelQuestion(Message, frozen=True):
    """Towards the UI: a question lapsed (its connection is gone); an open dialog closes."""

    question: int
