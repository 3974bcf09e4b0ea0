"""The text of an emulator at one moment, whatever is written afterwards: what copy mode moves over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.row import Row
from mooring_widgets.emulator.snapshots import make_row, make_run
from mooring_widgets.emulator.text_run import TextRun

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class StillText:
    """The screen copied, and the scrollback by reference: its lines never change, and dropping them spares these.

    It holds until the emulator takes another size: then its lines are broken anew, in place.
    """

    def __init__(self, screen: Screen) -> None:
        self.columns = screen.columns
        self.lines = screen.lines
        self.scrolled_out = screen.scrollback.total
        self._versions = screen.versions
        self._scrollback = screen.scrollback.copy()
        self._rows = tuple(make_row(line, self.columns, self._versions) for line in screen.rows)
        self._run = make_run(self.scrolled_out, screen.rows)
        self.first_line = self.scrolled_out - (0 if screen.buffers.alternate else len(self._scrollback))

    def row_at(self, line: int) -> Row | None:
        """The line with that number, None where there is none."""
        y = line - self.scrolled_out
        if y >= 0:
            return self._rows[y] if y < self.lines else None
        if line < self.first_line:
            return None
        return make_row(self._scrollback.line(y + len(self._scrollback)), self.columns, self._versions)

    def text_before(self, line: int) -> TextRun | None:
        """A run of lines that ends in front of `line`, None where none is left."""
        if line > self.scrolled_out:
            return self._run.clipped(self.scrolled_out, line)
        return self._scrollback.text_before(line) if line > self.first_line else None
