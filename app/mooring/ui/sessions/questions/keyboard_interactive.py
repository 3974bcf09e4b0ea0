"""Questions that the server chose: keyboard-interactive authentication (RFC 4256)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input, Static

from mooring.model.prompts import KeyboardInteractiveQuestion
from mooring.ui.sessions.questions.question import QuestionCard


class KeyboardInteractiveCard(QuestionCard):
    """What the server asks, one line for each; enter goes to the next and sends after the last."""

    def __init__(self, question_id: int, question: KeyboardInteractiveQuestion, notes: str) -> None:
        super().__init__(question_id, f"{question.hop} asks", notes)
        self._question = question

    def parts(self) -> Iterable[Widget]:
        """The server's words are marked as such: they may say anything."""
        if self._question.attempt > 1:
            told = f"That was not accepted; attempt {self._question.attempt}."
            yield Static(told, classes="card--warning", markup=False)
        for text in (self._question.name, self._question.instruction):
            if text:
                yield Static(text, classes="card--text", markup=False)
        for field in self._question.fields:
            yield Static(field.prompt, classes="card--text", markup=False)
            yield Input(password=not field.echo, compact=True, classes="card--input")
        yield Static("enter sends it, esc leaves it; these words are the server's", classes="card--quiet", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next line, or answer."""
        event.stop()
        inputs = list(self.query(Input))
        position = inputs.index(event.input)
        if position + 1 < len(inputs):
            inputs[position + 1].focus()
            return
        self.reply(tuple(line.value for line in inputs))
        for line in inputs:
            line.value = ""
