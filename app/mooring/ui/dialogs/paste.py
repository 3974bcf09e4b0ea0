"""Before a paste presses enter in a program that can't tell it from typing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from mooring.ui.dialogs.yes_or_no import YesOrNoDialog
from mooring_widgets.plain_text import fit, plain_text

_LINES_SHOWN = 6
_WIDTH = 60


class PasteDialog(YesOrNoDialog):
    """Show how much would be typed, and its first lines. Enter means yes, but on a guarded machine."""

    def __init__(self, text: str, machine: str, *, guarded: bool) -> None:
        self._lines = lines_of(text)
        noun = "1 line" if len(self._lines) == 1 else f"{len(self._lines)} lines"
        title = f"Paste {noun} into {'⚠ ' if guarded else ''}{plain_text(machine)}?"
        super().__init__(title, yes="Paste", no="Leave it", enter_means_yes=not guarded)

    def compose_body(self) -> ComposeResult:
        """The first lines, and why it is asked."""
        shown = [fit(plain_text(line.expandtabs(4)), _WIDTH) for line in self._lines[:_LINES_SHOWN]]
        if len(self._lines) > _LINES_SHOWN:
            shown.append(f"… and {len(self._lines) - _LINES_SHOWN} more")
        yield Static("\n".join(shown), classes="card--quote", markup=False)
        yield Static("The program there takes it for typing: each line is sent off at once.", classes="card--text")


def lines_of(text: str) -> list[str]:
    """The lines that enter would be pressed behind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
