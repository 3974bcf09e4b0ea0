"""One line of text as programs edit it on a terminal, over as many rows as it takes there."""

from __future__ import annotations

from rich.cells import get_character_cell_size

LONGEST = 64 * 1024
"""Cells of a line; one that grows beyond is cut into several."""

_TAB = 8


class LogicalLine:
    """Cells from the line's start on; row after row of `columns` cells, so that a place is one number.

    Behind the last cell of a row a terminal waits before it wraps: the place is the next row's first then, and
    `_waits` says that it counts as the row before. A wide character is a cell and an empty one.
    """

    def __init__(self, columns: int, column: int = 0) -> None:
        self.columns = columns
        self.inserts = False
        """Whether what is printed moves the rest of its row to the right (IRM)."""
        self._cells: list[str] = []
        self._place = min(column, columns - 1)
        self._waits = False

    def __str__(self) -> str:
        return "".join(self._cells).rstrip()

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was done to it yet."""
        return not (self._cells or self._place or self.inserts)

    @property
    def is_too_long(self) -> bool:
        """Whether it ought to be cut."""
        return len(self._cells) > LONGEST

    @property
    def column(self) -> int:
        """Where in its row the cursor is."""
        return self._cursor - self._row

    @property
    def place(self) -> int:
        """Where in the line the cursor is."""
        return self._cursor

    def print(self, text: str) -> None:
        """Write over what is there."""
        if self.inserts:
            self._waits = False
            self.insert(sum(map(get_character_cell_size, text)))
        if text.isascii():
            self._put(list(text))
        else:
            for character in text:
                self._print_character(character)
        self._waits = self._place % self.columns == 0

    def to_place(self, place: int) -> None:
        """Put the cursor on a cell of the line."""
        self._go(place)

    def to_column(self, column: int) -> None:
        """Put the cursor on a cell of its row."""
        self._go(self._row + min(max(column, 0), self.columns - 1))

    def tab(self) -> None:
        """Go to the next tab stop."""
        self.to_column((self.column // _TAB + 1) * _TAB)

    def up(self, rows: int) -> bool:
        """Go to a row above, if the line has one there."""
        place = self._cursor - rows * self.columns
        if place < 0:
            return False
        self._go(place)
        return True

    def down(self, rows: int) -> bool:
        """Go to a row below, if the line has one there."""
        row = self._row + rows * self.columns
        if row >= len(self._cells):
            return False
        self._go(row + self.column)
        return True

    def erase(self, start: int, end: int | None = None) -> None:
        """Make cells of the line empty; up to its end they are gone."""
        if end is None or end >= len(self._cells):
            del self._cells[start:]
        else:
            self._cells[start:end] = " " * (end - start)

    def erase_in_row(self, *, before: bool, behind: bool) -> None:
        """Make the cells of the cursor's row empty, `before` it with the one that it is on."""
        self.erase(self._row if before else self._cursor, self._row_end if behind else self._cursor + 1)

    def erase_cells(self, count: int) -> None:
        """Make so many cells empty, from the cursor on (ECH)."""
        self.erase(self._cursor, min(self._cursor + count, self._row_end))

    def delete(self, count: int) -> None:
        """Take cells out; what is behind them in the row moves up (DCH)."""
        count = min(count, self._row_end - self._cursor)
        if len(self._cells) > self._row_end:
            self._cells[self._row_end : self._row_end] = " " * count
        del self._cells[self._cursor : self._cursor + count]

    def insert(self, count: int) -> None:
        """Put empty cells in; what leaves the row is lost (ICH)."""
        if self._cursor >= len(self._cells):
            return
        count = min(count, self._row_end - self._cursor)
        end = self._row_end
        self._cells[self._cursor : self._cursor] = " " * count
        del self._cells[end : end + count]

    @property
    def _cursor(self) -> int:
        return self._place - 1 if self._waits else self._place

    @property
    def _row(self) -> int:
        """Where the cursor's row begins."""
        return self._cursor - self._cursor % self.columns

    @property
    def _row_end(self) -> int:
        return self._row + self.columns

    def _go(self, place: int) -> None:
        self._place = place
        self._waits = False

    def _print_character(self, character: str) -> None:
        width = get_character_cell_size(character)
        if width == 0:
            last = self._place - 1
            while 0 < last < len(self._cells) and not self._cells[last]:
                last -= 1
            if 0 <= last < len(self._cells):
                self._cells[last] += character
        elif width == 1:
            self._put([character])
        else:
            if self._place % self.columns == self.columns - 1:
                self._put([" "])
            self._put([character, ""])

    def _put(self, cells: list[str]) -> None:
        start, end = self._place, self._place + len(cells)
        if start > len(self._cells):
            self._cells += " " * (start - len(self._cells))
        # Of a wide character that is written over in part nothing is left.
        if 0 < start < len(self._cells) and not self._cells[start]:
            self._cells[start - 1] = " "
        if end < len(self._cells) and not self._cells[end]:
            self._cells[end] = " "
        self._cells[start:end] = cells
        self._place = end
