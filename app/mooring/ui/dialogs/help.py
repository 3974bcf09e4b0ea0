"""The keys of every part of the screen."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from mooring.ui.keys import Area, Keymap


class HelpDialog(ModalScreen[None]):
    """Made from the same tables as the footer; the part that had the focus stands first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1", "close", "Close", show=False)]

    def __init__(self, area: Area, keymap: Keymap) -> None:
        super().__init__()
        self._area = area
        self._hints = {area: keymap.hints(area) for area in Area}

    def compose(self) -> ComposeResult:
        """One block an area."""
        with Vertical(classes="card card-wide"):
            yield Static("Keys", classes="card--title")
            with VerticalScroll():
                for area in (self._area, *(area for area in Area if area is not self._area)):
                    yield Static(area.heading, classes="help--area")
                    yield Static(self._table(area), classes="help--keys")
            yield Static("esc closes", classes="card--quiet")

    def on_mount(self) -> None:
        """The keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def _table(self, area: Area) -> Content:
        width = max(cell_len(hint.key) for hints in self._hints.values() for hint in hints)
        lines = [
            Content.assemble((hint.key.rjust(width), "bold"), "  ", hint.help or hint.label)
            for hint in self._hints[area]
        ]
        return Content("\n").join(lines)
