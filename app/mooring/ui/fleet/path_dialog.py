"""Where something is written to: one line with a path."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from mooring.ui.dialogs.dialog import Dialog


class PathDialog(Dialog[Path | None]):
    """Returns the path that was typed, None for leaving it. A file that is there is written over when asked twice."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it", show=False)]

    def __init__(self, title: str, suggestion: str, *, about: str) -> None:
        super().__init__()
        self._title = title
        self._suggestion = suggestion
        self._about = about
        self._asked = ""

    def compose(self) -> ComposeResult:
        """The line, and what becomes of it."""
        with Vertical(classes="card"):
            yield Static(self._title, classes="card--title", markup=False)
            yield Input(self._suggestion, compact=True, select_on_focus=False, classes="card--input")
            yield Static(self._about, classes="card--quiet path--about", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it."""
        event.stop()
        text = event.value.strip()
        if not text:
            return
        path = Path(text).expanduser()
        if path.is_file() and self._asked != text:
            self._asked = text
            self.query_one(".path--about", Static).update("it is there already: enter again writes over it")
            return
        self.dismiss(path)
