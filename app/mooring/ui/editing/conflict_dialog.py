"""Two people changed one entry: what each of them says, and whose word counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from mooring.inventory.own.fields import field_text
from mooring.model.errors import EditConflictError
from mooring.ui.dialogs.dialog import Dialog
from mooring_widgets.plain_text import plain_text

MINE, THEIRS = "mine", "theirs"


class ConflictDialog(Dialog[str | None]):
    """Returns MINE, THEIRS, or None for going back to the form with nothing done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", show=False),
        Binding("m", "choose('mine')", "Mine", show=False),
        Binding("t", "choose('theirs')", "Theirs", show=False),
        Binding("left", "app.focus_previous", "Other button", show=False),
        Binding("right", "app.focus_next", "Other button", show=False),
    ]

    def __init__(self, conflict: EditConflictError) -> None:
        super().__init__()
        self._conflict = conflict

    def compose(self) -> ComposeResult:
        """The fields in question, and the choice."""
        conflict = self._conflict
        with VerticalScroll(classes="card", can_focus=False):
            yield Static("Changed on disk meanwhile", classes="card--title", markup=False)
            yield Static(plain_text(conflict.message), classes="card--text", markup=False)
            for field in conflict.fields:
                for label, values in (("yours", conflict.mine), ("theirs", conflict.theirs)):
                    told = f"{label:<7}{field} = {_told(values, field)}"
                    yield Static(told, classes="card--quote" if label == "theirs" else "", markup=False)
            gone = conflict.theirs is None
            with Horizontal(classes="card--buttons"):
                yield Button("Write it again" if gone else "Keep mine", id=MINE, compact=True)
                if not gone:
                    yield Button("Take theirs", id=THEIRS, compact=True)
            yield Static("esc goes back to the form; nothing is written", classes="card--advice", markup=False)

    def on_mount(self) -> None:
        """Enter keeps what somebody else wrote."""
        self.query(Button).last().focus()

    def action_choose(self, choice: str) -> None:
        """Choose by key."""
        if self.query(f"#{choice}"):
            self.dismiss(choice)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Choose by button."""
        event.stop()
        self.dismiss(event.button.id)


def _told(values: Mapping[str, object] | None, field: str) -> str:
    text = field_text(values or {}, field)
    return plain_text(" ⏎ ".join(text.splitlines())) or "(empty)"
