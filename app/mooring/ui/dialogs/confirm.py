"""Ending what is open: by quitting, or by closing its tab."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static


class EndSessionsDialog(ModalScreen[bool]):
    """Ask whether to end the open sessions; enter means yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n,escape,q", "answer(False)", "No", show=False),
        Binding("left,right,up,down", "other_button", "Other button", show=False),
    ]

    def __init__(self, names: tuple[str, ...], doing: str) -> None:
        """`doing` is the verb on the button: "Quit", "Close"."""
        super().__init__()
        self._names = names
        self._doing = doing

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        count = len(self._names)
        noun = "session is" if count == 1 else "sessions are"
        shown = ", ".join(self._names[:6]) + (" …" if count > 6 else "")
        with Vertical(classes="card"):
            yield Static(f"{count} {noun} open", classes="card--title", markup=False)
            yield Static(shown, classes="card--quiet", markup=False)
            with Horizontal(classes="card--buttons"):
                yield Button(f"{self._doing} and end {'them' if count > 1 else 'it'}", id="yes", compact=True)
                yield Button("Stay", id="no", compact=True)

    def on_mount(self) -> None:
        """Enter means yes."""
        self.query_one("#yes", Button).focus()

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
