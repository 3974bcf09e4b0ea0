"""A row of the screen or of the scrollback, as a value that never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mooring_widgets.emulator.line_size import LineSize
from mooring_widgets.emulator.style import Style


@dataclass(frozen=True, slots=True)
class Row:
    """A snapshot of one row.

    `cells` holds one string a column: a grapheme cluster, " " for a blank, "" for the second half of a wide character.
    `runs` are (first column, style) in order, the first at column 0; a run ends where the next begins.
    `wrapped` says that the text goes on in the next row because autowrap broke it there.
    `size` says how large the characters are shown: where it is not SINGLE, the second half of the columns is not seen.
    `version` changes whenever the row's look changes: equal (row, version) pairs look alike.
    """

    cells: tuple[str, ...]
    runs: tuple[tuple[int, Style], ...]
    wrapped: bool
    version: int
    size: LineSize = LineSize.SINGLE

    @property
    def scale(self) -> int:
        """How many columns of the screen one of the row takes: 1, or 2 for large characters."""
        return 2 if self.size else 1

    @property
    def text(self) -> str:
        """The row's characters, as wide as the screen."""
        return "".join(self.cells)

    def segments(self) -> Iterator[tuple[str, Style]]:
        """The row as stretches of equal style: what a painter wants."""
        for index, (start, style) in enumerate(self.runs):
            end = self.runs[index + 1][0] if index + 1 < len(self.runs) else len(self.cells)
            yield "".join(self.cells[start:end]), style

    def style_at(self, column: int) -> Style:
        """The style of one cell."""
        found = self.runs[0][1]
        for start, style in self.runs:
            if start > column:
                break
            found = style
        return found
