"""Which card asks which question."""

from __future__ import annotations

from mooring.model.prompts import (
    ChangedHostKeyQuestion,
    ConfirmationQuestion,
    HostKeyQuestion,
    KeyboardInteractiveQuestion,
    Question,
)
from mooring.ui.sessions.questions.changed_host_key import ChangedHostKeyCard
from mooring.ui.sessions.questions.confirmation import ConfirmationCard
from mooring.ui.sessions.questions.host_key import HostKeyCard
from mooring.ui.sessions.questions.keyboard_interactive import KeyboardInteractiveCard
from mooring.ui.sessions.questions.question import QuestionCard
from mooring.ui.sessions.questions.secret import SecretCard


def card_of(question_id: int, question: Question, notes: str) -> QuestionCard:
    """A card for a question, with the machine's notes below it."""
    match question:
        case HostKeyQuestion():
            return HostKeyCard(question_id, question, notes)
        case ChangedHostKeyQuestion():
            return ChangedHostKeyCard(question_id, question, notes)
        case ConfirmationQuestion():
            return ConfirmationCard(question_id, question, notes)
        case KeyboardInteractiveQuestion():
            return KeyboardInteractiveCard(question_id, question, notes)
        case _:
            return SecretCard(question_id, question, notes)
