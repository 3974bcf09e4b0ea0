"""A question over the whole screen that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from mooring.ui.dialogs.dialog import Dialog


class YesOrNoDialog(Dialog[bool]):
    """A card with a title, what there is to know, and two buttons; `enter_means_yes` says which has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n,escape,q", "answer(False)", "No", show=False),
        Binding("left,right,up,down", "other_button", "Other button", show=False),
    ]

    def __init__(self, title: str, *, yes: str, no: str, enter_means_yes: bool) -> None:
        super().__init__()
        self._title = title
        self._yes = yes
        self._no = no
        self._enter_means_yes = enter_means_yes

    def compose_body(self) -> ComposeResult:
        """What stands between title and buttons."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(classes="card"):
            yield Static(self._title, classes="card--title", markup=False)
            with VerticalScroll(classes="card--body", can_focus=False):
                yield from self.compose_body()
            with Horizontal(classes="card--buttons"):
                yield Button(self._yes, id="yes", compact=True)
                yield Button(self._no, id="no", compact=True)

    def on_mount(self) -> None:
        """Say what enter means."""
        self.query_one("#yes" if self._enter_means_yes else "#no", Button).focus()

    def action_answer(self, answer: bool) -> None:
        """Answer by key."""
        self.dismiss(answer)

    def action_other_button(self) -> None:
        """Two buttons, so any arrow means the other one."""
        yes, no = self.query_one("#yes", Button), self.query_one("#no", Button)
        self.set_focus(yes if no.has_focus else no)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by button."""
        self.dismiss(event.button.id == "yes")
