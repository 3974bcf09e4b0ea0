"""A card that is answered with yes or no; no has the focus, and is what leaving means."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from mooring.ui.sessions.questions.question import QuestionCard


class YesOrNoCard(QuestionCard):
    """Answers ("yes",) or ("no",), by letter or by button."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('yes')", "Yes", show=False),
        Binding("n", "answer('no')", "No", show=False),
        Binding("left,right,up,down", "other_button", "Other button", show=False),
    ]

    ANSWERING = "#no"

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


class YesOrNoButtons(Horizontal):
    """The two buttons, with words that say what each does."""

    def __init__(self, *, yes: str, no: str) -> None:
        super().__init__(classes="card--buttons")
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """No first: it has the focus."""
        yield Button(self._no, id="no", compact=True)
        yield Button(self._yes, id="yes", compact=True)
