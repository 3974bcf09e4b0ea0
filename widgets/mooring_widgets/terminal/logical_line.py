"""What autowrap broke, as the one line that was written: words, addresses and matches know nothing of the width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.text import RowAt

_FARTHEST = 64
"""Lines to either side that are looked at: a remote may write one without end."""


class LogicalLine:
    """Neighbouring lines joined. `columns` has each by columns: a string if every character takes one, else cells."""

    __slots__ = ("_columns", "_starts", "first", "text")

    def __init__(self, first: int, columns: Sequence[Sequence[str]]) -> None:
        self.first = first
        texts = ["".join(line) for line in columns]
        self.text = "".join(texts)
        self._columns = columns
        self._starts = [0]
        for text in texts[:-1]:
            self._starts.append(self._starts[-1] + len(text))

    @property
    def end(self) -> int:
        """The number of the line behind the last."""
        return self.first + len(self._columns)

    def place(self, offset: int) -> Place:
        """The cell that holds the character at `offset`; behind the last character, the cell behind it."""
        at = bisect_right(self._starts, offset) - 1
        columns = self._columns[at]
        left = offset - self._starts[at]
        if not isinstance(columns, str):
            for column, cell in enumerate(columns):
                if left < len(cell):
                    return Place(self.first + at, column)
                left -= len(cell)
            left += len(columns)
        return Place(self.first + at, left)

    def offset(self, place: Place) -> int:
        """Where the character of a cell stands in the text; of a cell that nothing is written on, where it would."""
        at = place.line - self.first
        columns = self._columns[at]
        if isinstance(columns, str):
            return self._starts[at] + place.column
        column = min(place.column, len(columns))
        while 0 < column < len(columns) and columns[column] == "":
            column -= 1
        return self._starts[at] + sum(map(len, columns[:column]))

    def last_cell(self, end: int) -> Place:
        """The last cell of the character in front of the offset `end`, a wide one's second half."""
        place = self.place(end - 1)
        columns = self._columns[place.line - self.first]
        column = place.column + 1
        while column < len(columns) and columns[column] == "":
            column += 1
        return Place(place.line, column - 1)


def logical_line_at(line: int, row_at: RowAt, farthest: int = _FARTHEST) -> LogicalLine | None:
    """The line that holds line `line`, as far as `farthest` lines to either side; None where there is none."""
    row = row_at(line)
    if row is None:
        return None
    rows = [row]
    first = line
    while line - first < farthest and (above := row_at(first - 1)) is not None and above.wrapped:
        rows.insert(0, above)
        first -= 1
    while rows[-1].wrapped and len(rows) <= 2 * farthest and (below := row_at(first + len(rows))) is not None:
        rows.append(below)
    return LogicalLine(first, [row.cells for row in rows])
