"""Giving a tab a name of one's own."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from mooring.ui.dialogs.dialog import Dialog

LONGEST_TITLE = 60
"""Characters."""


class RenameDialog(Dialog[str | None]):
    """Returns the new title, "" for the usual one, None for leaving it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it", show=False)]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """One line, with the title that it has."""
        with Vertical(classes="card"):
            yield Static("Name of this tab", classes="card--title", markup=False)
            yield Input(
                self._title, max_length=LONGEST_TITLE, select_on_focus=True, compact=True, classes="card--input"
            )
            yield Static(
                "enter takes it, nothing is the usual name, esc leaves it", classes="card--quiet", markup=False
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it."""
        event.stop()
        self.dismiss(event.value.strip())
