"""Quitting while something goes on: keep the sessions running, end them, or stay."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Button, Static

from mooring.ui.dialogs.dialog import Dialog
from mooring_widgets.plain_text import plain_text

_MOST_NAMES = 6


class QuitChoice(StrEnum):
    """What becomes of the sessions; the value is the id of its button."""

    KEEP = "keep"
    END = "end"
    STAY = "stay"


class QuitDialog(Dialog[QuitChoice]):
    """Enter keeps what can be kept: nothing is lost by a key that was pressed too soon."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "answer('keep')", "Keep", show=False),
        Binding("e,y", "answer('end')", "End", show=False),
        Binding("s,n,escape,q", "answer('stay')", "Stay", show=False),
        Binding("down,right", "app.focus_next", "Next", show=False),
        Binding("up,left", "app.focus_previous", "Previous", show=False),
    ]

    def __init__(self, names: tuple[str, ...], ending: tuple[str, ...] = (), *, why_not: str = "") -> None:
        """`names` are those of the sessions that are open, `ending` is what ends in either case.

        With `why_not` the sessions can't go on, and this is what there is to say about it.
        """
        super().__init__()
        self._names = names
        self._ending = ending
        self._why_not = why_not
        self._keeps = bool(names) and not why_not

    def compose(self) -> ComposeResult:
        """What is open, and the answers one below the other, each with what follows from it."""
        count = len(self._names)
        with Vertical(classes="card quit"):
            title = "1 session is open" if count == 1 else f"{count} sessions are open"
            yield Static(title if count else "This still goes on", classes="card--title", markup=False)
            if self._names:
                yield Static(plain_text(_listed(self._names)), classes="card--text", markup=False)
            if self._ending:
                told = _listed(self._ending) if not count else f"ends in any case: {_listed(self._ending)}"
                yield Static(plain_text(told), classes="card--warning" if count else "card--text", markup=False)
            yield from self._compose_answers("it" if count + len(self._ending) * (not self._keeps) == 1 else "them")

    def _compose_answers(self, them: str) -> ComposeResult:
        if self._keeps:
            kept = f"the next mooring shows {them} again"
            yield Button(f"Quit and keep {them} running", id=QuitChoice.KEEP, compact=True)
            yield Static(kept, classes="card--quiet quit--note", markup=False)
        yield Button(f"Quit and end {them}", id=QuitChoice.END, compact=True)
        if self._names and not self._keeps:
            yield Static(self._why_not, classes="card--quiet quit--note", markup=False)
        yield Button("Stay", id=QuitChoice.STAY, compact=True)

    def on_mount(self) -> None:
        """Say what enter means."""
        choice = QuitChoice.KEEP if self._keeps else QuitChoice.END
        self.query_one(f"#{choice}", Button).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no key for an answer that is not offered."""
        return self._keeps or (action, parameters) != ("answer", (QuitChoice.KEEP.value,))

    def action_answer(self, choice: str) -> None:
        """Answer by key."""
        self.dismiss(QuitChoice(choice))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by button."""
        self.dismiss(QuitChoice(event.button.id or "stay"))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
