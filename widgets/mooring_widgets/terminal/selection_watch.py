"""Whether a selection still stands for the text that was selected."""

from __future__ import annotations

from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.text import Text


class SelectionWatch:
    """Remembers the looks of the selected lines that are on the screen: those in the scrollback never change."""

    def __init__(self, selection: Selection, text: Text) -> None:
        first, last = selection.bounds(text.row_at)
        self._last = last.line
        on_screen = range(max(first.line, text.scrolled_out), last.line + 1)
        self._versions = {line: row.version for line in on_screen if (row := text.row_at(line)) is not None}

    def holds(self, text: Text) -> bool:
        """False where a selected line says something else now, or all of them are dropped."""
        if self._last < text.first_line:
            return False
        for line, version in list(self._versions.items()):
            row = text.row_at(line)
            if row is None or row.version != version:
                return False
            if line < text.scrolled_out:
                del self._versions[line]
        return True
