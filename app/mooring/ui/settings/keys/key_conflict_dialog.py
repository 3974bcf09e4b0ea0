"""A key that has an owner: who that is, and whether it changes hands."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Button, Static

from mooring.ui.dialogs.dialog import Dialog


class KeyChoice(StrEnum):
    """What becomes of the key; the value is the id of its button."""

    TAKE = "take"
    GIVE_BOTH = "both"
    LEAVE = "leave"


class KeyConflictDialog(Dialog[KeyChoice]):
    """Enter leaves it: nobody loses a key by one that was pressed too soon."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,y", "answer('take')", "Take it", show=False),
        Binding("b", "answer('both')", "Give both a key", show=False),
        Binding("n,l,escape,q", "answer('leave')", "Leave it", show=False),
        Binding("down,right", "app.focus_next", "Next", show=False),
        Binding("up,left", "app.focus_previous", "Previous", show=False),
    ]

    def __init__(self, title: str, lines: tuple[str, ...], *, take: str, both: str = "") -> None:
        """`lines` say who has the key and what follows; `take` and `both` are the buttons, "" for none."""
        super().__init__()
        self._title = title
        self._lines = lines
        self._take = take
        self._both = both

    def compose(self) -> ComposeResult:
        """Who has it, and the answers one below the other."""
        with Vertical(classes="card quit key-conflict"):
            yield Static(self._title, classes="card--title", markup=False)
            yield Static("\n".join(self._lines), classes="card--text", markup=False)
            if self._take:
                yield Button(self._take, id=KeyChoice.TAKE, compact=True)
            if self._both:
                yield Button(self._both, id=KeyChoice.GIVE_BOTH, compact=True)
            yield Button("Leave it as it is", id=KeyChoice.LEAVE, compact=True)

    def on_mount(self) -> None:
        """Say what enter means."""
        self.query_one(f"#{KeyChoice.LEAVE}", Button).focus()

    def action_answer(self, choice: str) -> None:
        """Answer by key."""
        if {KeyChoice.TAKE: self._take, KeyChoice.GIVE_BOTH: self._both}.get(KeyChoice(choice), "leave"):
            self.dismiss(KeyChoice(choice))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by button."""
        event.stop()
        self.dismiss(KeyChoice(event.button.id or "leave"))
