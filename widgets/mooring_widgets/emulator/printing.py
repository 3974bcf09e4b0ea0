"""Putting text on the screen: wrapping, inserting, wide characters and clusters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mooring_widgets.emulator.graphemes import DOUBLE_WIDTH, SINGLE_WIDTH, CellCutter
from mooring_widgets.emulator.line import Line

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class Printer:
    """Draws text at the cursor.

    `last` is the text that the parser gave right before, for REP; "" when something else came since. A cluster may
    arrive in pieces: what takes no column joins the cell before the cursor.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._cutter = CellCutter()
        self._joining: tuple[Line, int] | None = None
        self.last = ""

    @property
    def joining(self) -> bool:
        """Whether the text so far ends in a joiner, so that what comes next may belong to the same cell."""
        return self._joining is not None

    @property
    def joins_at_cursor(self) -> bool:
        """Whether what is printed next belongs to the cell before the cursor."""
        cursor = self._screen.cursor
        return self._joining is not None and self._joining == (self._screen.rows[cursor.y], cursor.x)

    def draw(self, text: str) -> None:
        """Print text without control characters."""
        screen = self._screen
        if screen.plain and text.isascii():
            cursor = screen.cursor
            x = cursor.x
            end = x + len(text)
            if end < screen.columns:
                screen.rows[cursor.y].write(x, text, screen.pen)
                cursor.x = end
            else:
                self._place(text)
            return
        if not screen.charsets.plain:
            text = screen.charsets.translate(text)
        self._draw_any(text)

    def draw_delete(self) -> None:
        """DEL: nothing, unless the set in use has a character for it."""
        if self._screen.charsets.shows_delete:
            self.draw("\x7f")

    def repeat(self, count: int = 0) -> None:
        """REP: print the last character again, `count` times but not more than the screen holds.

        Nothing happens unless text came right before: xterm forgets the character with any sequence and most controls.
        A cluster comes again as a whole, of which xterm would repeat the first character.
        """
        last = self.last[-1:]
        if not last:
            return
        if not self._cutter.width(last):
            last = self._cell_before_cursor()
        screen = self._screen
        self.draw(last * min(max(count, 1), screen.columns * screen.lines))

    def _draw_any(self, text: str) -> None:
        joined = self._joining is not None and self._joins()
        if not joined and (text.isascii() or SINGLE_WIDTH.fullmatch(text)):
            self._place(text)
            return
        if not joined and DOUBLE_WIDTH.fullmatch(text):
            cells = [""] * (2 * len(text))
            cells[::2] = text
            self._place(cells)
            return
        cut = self._cutter.cut(text, joined=joined, follows=self._place_before_cursor() is not None)
        if cut.before:
            self._join(cut.before, joined=joined)
        if cut.cells:
            self._place(cut.cells)
        if cut.joined:
            cursor = self._screen.cursor
            self._joining = (self._screen.rows[cursor.y], cursor.x)
            self._screen.refresh()

    def _cell_before_cursor(self) -> str:
        x = self._place_before_cursor()
        if x is None:
            return ""
        line = self._screen.rows[self._screen.cursor.y]
        return line.cell(x)[0] or line.cell(max(x - 1, 0))[0]

    def _place_before_cursor(self) -> int | None:
        """The column of the cell that what takes no column joins, None where nothing was printed."""
        cursor = self._screen.cursor
        x = cursor.x if cursor.pending else cursor.x - 1
        return x if 0 <= x < self._screen.rows[cursor.y].length else None

    def _joins(self) -> bool:
        """Whether the cell before ends in a joiner that was printed just now, by the text before this one."""
        if self._joining is None:
            return False
        line, x = self._joining
        self._joining = None
        self._screen.refresh()
        cursor = self._screen.cursor
        return line is self._screen.rows[cursor.y] and x == cursor.x

    def _join(self, marks: str, *, joined: bool) -> None:
        """Add characters that take no column to the cell before the cursor; the cell may become wide."""
        screen = self._screen
        cursor = screen.cursor
        line = screen.rows[cursor.y]
        x = self._place_before_cursor()
        if x is None:
            return
        cell, pen = line.cell(x)
        wide = cell == ""
        if wide:
            x -= 1
            cell, pen = line.cell(x)
        new, is_wide = self._cutter.joined(cell, wide, marks, joined=joined)
        if is_wide and not wide:
            if cursor.pending or x + 1 >= screen.columns:
                line.write_cells(x, [new], pen)
                return
            if screen.insert:
                line.insert(x + 1, 1, screen.edge(x), screen.pen.blank)
            line.write_cells(x, [new, ""], pen)
            self._advance(cursor.x + 1)
        else:
            line.write_cells(x, [new, ""] if is_wide else [new], pen)

    def _advance(self, x: int) -> None:
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = x >= screen.edge(cursor.x)
        cursor.x = x - 1 if cursor.pending else x

    def _place(self, cells: Sequence[str]) -> None:
        """Write cells from the cursor on, line by line."""
        screen = self._screen
        cursor = screen.cursor
        pen = screen.pen
        start = 0
        total = len(cells)
        if screen.sizes.any_shown and cursor.x >= screen.sizes.columns(cursor.y):
            return
        while start < total:
            if cursor.pending:
                if screen.autowrap:
                    self._wrap()
                cursor.pending = False
            x = cursor.x
            edge = screen.edge(x)
            end = min(total, start + edge - x)
            if end < total and cells[end] == "":
                end -= 1
            used = end
            if end == start and self._cutter.is_widened(cells[start]):
                # The selector comes after the character was printed in the last column, and cannot widen it there.
                end, used = start + 1, start + 2
            elif end == start:
                if screen.autowrap and edge - screen.left >= 2:
                    cursor.pending = True
                else:
                    start += 2  # Nowhere to put it, as in xterm.
                continue
            line = screen.rows[cursor.y]
            piece = cells[start:end]
            if screen.insert:
                line.insert(x, end - start, edge, pen.blank)
            if isinstance(piece, str):
                line.write(x, piece, pen)
            else:
                line.write_cells(x, piece, pen)
            x += end - start
            start = used
            cursor.pending = x >= edge
            cursor.x = edge - 1 if cursor.pending else x
            if cursor.pending and start < total and not screen.autowrap:
                start = self._last_narrow(cells, start)
                cursor.pending = False

    def _last_narrow(self, cells: Sequence[str], start: int) -> int:
        """Which of the cells from `start` on stays in the last column without autowrap; how many there are for none."""
        total = len(cells)
        for index in range(total - 1, start - 1, -1):
            is_wide = cells[index] and index + 1 < total and cells[index + 1] == ""
            if cells[index] and (not is_wide or self._cutter.is_widened(cells[index])):
                return index
        return total

    def _wrap(self) -> None:
        screen = self._screen
        cursor = screen.cursor
        screen.rows[cursor.y].wrapped = screen.full_width
        screen.scroller.index()
        cursor.x = screen.left if cursor.x >= screen.left else 0
