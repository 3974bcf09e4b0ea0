"""A host key that is not the one on record: refused, unless the machine's name is typed on purpose."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input, Static

from mooring.model.prompts import ChangedHostKeyQuestion
from mooring.ui.problems import shorten_home
from mooring.ui.sessions.questions.key_picture import KeyPicture, known_elsewhere
from mooring.ui.sessions.questions.question import QuestionCard

_ADVICE = "Somebody may be in between. Ask whoever looks after it whether it has a new key, and which."


LINES_WITH_PICTURE = 30
"""Of the whole terminal: where it has fewer, the picture would hide the line that answers, and gives way to it."""


class ChangedHostKeyCard(QuestionCard):
    """Both keys and the line that says otherwise; enter takes the new key only behind the machine's name."""

    def __init__(self, question_id: int, question: ChangedHostKeyQuestion, notes: str) -> None:
        super().__init__(question_id, f"{question.hop} shows another host key than before", notes)
        self._question = question

    def parts(self) -> Iterable[Widget]:
        """What was known, what is shown, and how to go on."""
        question = self._question
        yield Static(
            f"On record for {question.known_as}, at {shorten_home(question.origin)}:\n"
            f"{question.known_key_type.upper()} {question.known_fingerprint}",
            classes="card--text",
            markup=False,
        )
        yield Static("What it shows now:", classes="card--text", markup=False)
        yield KeyPicture(
            randomart=question.randomart,
            key_type=question.key_type,
            fingerprint=question.fingerprint,
            advice=known_elsewhere(question.other_names) or _ADVICE,
        )
        yield Static(
            f"To put the new key on record instead, type {question.hop} and enter.",
            classes="card--warning",
            markup=False,
        )
        yield Input(compact=True, classes="card--input")
        yield Static("esc refuses it, as ssh would", classes="card--quiet card--answer", markup=False)

    def on_mount(self) -> None:
        """Have everything in view."""
        self._make_room()

    def on_resize(self) -> None:
        """The same as the terminal changes."""
        self._make_room()

    def _make_room(self) -> None:
        self.set_class(self.app.size.height < LINES_WITH_PICTURE, "-short")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the name, and nothing else, for a yes."""
        event.stop()
        typed = event.value.strip()
        if typed == self._question.hop:
            self.reply((typed,))
            return
        told = f"That is not {self._question.hop}; esc refuses the key" if typed else "esc refuses it, as ssh would"
        self.query_one(".card--answer", Static).update(told)
