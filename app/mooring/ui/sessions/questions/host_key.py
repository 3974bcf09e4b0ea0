"""An unknown host key: shown, and accepted only by a yes that is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Static

from mooring.model.prompts import HostKeyQuestion
from mooring.ui.sessions.questions.question import QuestionCard


class HostKeyCard(QuestionCard):
    """Fingerprint and picture of the key, where else it is known, and yes or no; the focus begins on no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('yes')", "Yes", show=False),
        Binding("n", "answer('no')", "No", show=False),
        Binding("left,right,up,down", "other_button", "Other button", show=False),
    ]

    ANSWERING = "#no"

    def __init__(self, question_id: int, question: HostKeyQuestion, notes: str) -> None:
        super().__init__(question_id, f"Is this really {question.hop}?", notes)
        self._question = question

    def parts(self) -> Iterable[Widget]:
        """Who shows which key."""
        question = self._question
        where = f" ({question.address})" if question.address and question.address not in question.host else ""
        told = f"Nobody has vouched for the key that {question.host}{where} shows."
        yield Static(told, classes="card--text", markup=False)
        yield _KeyPicture(question)
        yield _Buttons()

    def action_answer(self, word: str) -> None:
        """Answer by letter."""
        self.reply((word,))

    def action_other_button(self) -> None:
        """Two buttons, so any arrow means the other one."""
        yes, no = self.query_one("#yes", Button), self.query_one("#no", Button)
        self.screen.set_focus(yes if no.has_focus else no)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by button."""
        event.stop()
        self.reply(("yes" if event.button.id == "yes" else "no",))


class _KeyPicture(Horizontal):
    """Fingerprint and randomart side by side."""

    def __init__(self, question: HostKeyQuestion) -> None:
        super().__init__(classes="card--key")
        self._question = question

    def compose(self) -> ComposeResult:
        """The picture and the words."""
        if self._question.randomart:
            yield Static(self._question.randomart, classes="card--randomart", markup=False)
        with Vertical(classes="card--fingerprint"):
            yield Static(self._question.key_type.upper(), classes="card--quiet", markup=False)
            yield Static(self._question.fingerprint, classes="card--strong", markup=False)
            yield Static(_advice(self._question), classes="card--advice", markup=False)


class _Buttons(Horizontal):
    """Yes and no."""

    def __init__(self) -> None:
        super().__init__(classes="card--buttons")

    def compose(self) -> ComposeResult:
        """No first: it has the focus."""
        yield Button("No, leave it", id="no", compact=True)
        yield Button("Yes, trust this key", id="yes", compact=True)


def _advice(question: HostKeyQuestion) -> str:
    if question.other_names:
        names = "\n".join(f"  {name}" for name in question.other_names)
        return f"This key is already known as\n{names}"
    return "Compare it with one that you got another way. Yes writes it to known_hosts."
