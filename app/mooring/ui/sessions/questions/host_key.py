"""An unknown host key: shown, and accepted only by a yes that is meant."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from mooring.model.prompts import HostKeyQuestion
from mooring.ui.sessions.questions.key_picture import KeyPicture, known_elsewhere
from mooring.ui.sessions.questions.yes_or_no import YesOrNoButtons, YesOrNoCard

_ADVICE = "Compare it with one that you got another way. Yes writes it to known_hosts."


class HostKeyCard(YesOrNoCard):
    """Fingerprint and picture of the key, where else it is known, and yes or no."""

    def __init__(self, question_id: int, question: HostKeyQuestion, notes: str) -> None:
        super().__init__(question_id, f"Is this really {question.hop}?", notes)
        self._question = question

    def parts(self) -> Iterable[Widget]:
        """Who shows which key."""
        question = self._question
        where = f" ({question.address})" if question.address and question.address not in question.host else ""
        told = f"Nobody has vouched for the key that {question.host}{where} shows."
        yield Static(told, classes="card--text", markup=False)
        yield KeyPicture(
            randomart=question.randomart,
            key_type=question.key_type,
            fingerprint=question.fingerprint,
            advice=known_elsewhere(question.other_names) or _ADVICE,
        )
        yield YesOrNoButtons(yes="Yes, trust this key", no="No, leave it")
