"""A passphrase or a password."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input, Static

from mooring.model.prompts import SecretQuestion
from mooring.ui.sessions.questions.question import QuestionCard


class SecretCard(QuestionCard):
    """The prompt in ssh's own words, and one line that shows no letter."""

    def __init__(self, question_id: int, question: SecretQuestion, notes: str) -> None:
        super().__init__(question_id, f"{question.hop} wants to know", notes)
        self._question = question

    def parts(self) -> Iterable[Widget]:
        """Prompt and line."""
        if self._question.attempt > 1:
            yield Static(f"That was not it; attempt {self._question.attempt}.", classes="card--warning", markup=False)
        yield Static(self._question.prompt, classes="card--text", markup=False)
        yield Input(password=True, compact=True, classes="card--input")
        yield Static("enter sends it, esc leaves it", classes="card--quiet", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, and keep nothing."""
        event.stop()
        self.reply((event.value,))
        event.input.value = ""
