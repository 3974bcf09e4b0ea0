"""A terminal view with a label over it, or a dialog: `python -m support.covered_app label|dialog PROGRAM ...`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Label

from support.terminal_app import TerminalApp

COVER = "do not paint here"


class Dialog(ModalScreen[None]):
    """The same label on a screen of its own."""

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label(COVER, id="cover")


class CoveredApp(TerminalApp):
    """Covers the third row of the view, from its first column on; the program goes on beneath."""

    CSS = TerminalApp.CSS + "Screen { layers: below above; } #cover { layer: above; margin: 2 0 0 0; width: auto; }"

    def __init__(self, cover: str, argv: Sequence[str]) -> None:
        super().__init__(argv)
        self._cover = cover

    def compose(self) -> ComposeResult:
        """The view, and the label over it."""
        yield from super().compose()
        if self._cover == "label":
            yield Label(COVER, id="cover")

    def on_mount(self) -> None:
        """Open the dialog, where that is the cover."""
        super().on_mount()
        if self._cover == "dialog":
            self.push_screen(Dialog())


if __name__ == "__main__":
    sys.exit(CoveredApp(sys.argv[1], sys.argv[2:]).run())
