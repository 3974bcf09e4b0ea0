"""Quitting while sessions are open: keep them running, end them, or stay."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from mooring_widgets.plain_text import plain_text

_MOST_NAMES = 6


class QuitChoice(StrEnum):
    """What becomes of the sessions; the value is the id of its button."""

    KEEP = "keep"
    END = "end"
    STAY = "stay"


class QuitDialog(ModalScreen[QuitChoice]):
    """Enter keeps them: nothing is lost by a key that was pressed too soon."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "answer('keep')", "Keep", show=False),
        Binding("e", "answer('end')", "End", show=False),
        Binding("s,n,escape,q", "answer('stay')", "Stay", show=False),
        Binding("down,right", "app.focus_next", "Next", show=False),
        Binding("up,left", "app.focus_previous", "Previous", show=False),
    ]

    def __init__(self, names: tuple[str, ...], ending: tuple[str, ...] = ()) -> None:
        """`names` are those of the sessions that are open, `ending` is what ends in either case."""
        super().__init__()
        self._names = names
        self._ending = ending

    def compose(self) -> ComposeResult:
        """What is open, and the answers one below the other, each with what follows from it."""
        count = len(self._names)
        them = "it" if count == 1 else "them"
        shown = ", ".join(self._names[:_MOST_NAMES]) + (" …" if count > _MOST_NAMES else "")
        with Vertical(classes="card quit"):
            title = "1 session is open" if count == 1 else f"{count} sessions are open"
            yield Static(title, classes="card--title", markup=False)
            yield Static(plain_text(shown), classes="card--text", markup=False)
            if self._ending:
                told = plain_text(f"ends in any case: {', '.join(self._ending)}")
                yield Static(told, classes="card--warning", markup=False)
            yield Button(f"Quit and keep {them} running", id=QuitChoice.KEEP, compact=True)
            yield Static(f"the next mooring shows {them} again", classes="card--quiet quit--note", markup=False)
            yield Button(f"Quit and end {them}", id=QuitChoice.END, compact=True)
            yield Button("Stay", id=QuitChoice.STAY, compact=True)

    def on_mount(self) -> None:
        """Say what enter means."""
        self.query_one(f"#{QuitChoice.KEEP}", Button).focus()

    def action_answer(self, choice: str) -> None:
        """Answer by key."""
        self.dismiss(QuitChoice(choice))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by button."""
        self.dismiss(QuitChoice(event.button.id or "stay"))
