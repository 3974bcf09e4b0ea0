"""Something that may be done or left: a key for the agent, further host keys."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from mooring.model.prompts import ConfirmationQuestion
from mooring.ui.sessions.questions.yes_or_no import YesOrNoButtons, YesOrNoCard


class ConfirmationCard(YesOrNoCard):
    """What it is about, ssh's question, and yes or no."""

    def __init__(self, question_id: int, question: ConfirmationQuestion, notes: str) -> None:
        super().__init__(question_id, f"May this be done for {question.hop}?", notes)
        self._question = question

    def parts(self) -> Iterable[Widget]:
        """What it is about, and the question."""
        if self._question.about:
            yield Static("\n".join(self._question.about), classes="card--text", markup=False)
        prompt = self._question.prompt.removesuffix("(yes/no): ").rstrip()
        yield Static(prompt, classes="card--text card--strong", markup=False)
        yield YesOrNoButtons(yes="Yes", no="No, leave it")
