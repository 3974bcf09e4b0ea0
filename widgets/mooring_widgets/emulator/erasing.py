"""Erasing: in the line, in the display, characters; all or only what DECSCA left unprotected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.line import Line

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class Erasing:
    """What is erased takes the pen's background colour and nothing else of it (background colour erase)."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def in_line(self, how: int = 0) -> None:
        """EL: 0 from the cursor on, 1 up to and with the cursor, 2 the line."""
        screen = self._screen
        cursor = screen.cursor
        if how > 2:
            return
        cursor.pending = False
        line = screen.rows[cursor.y]
        if how == 0:
            line.truncate(cursor.x, screen.pen.blank)
        elif how == 1:
            line.erase(0, cursor.x + 1, screen.pen.blank)
        else:
            line.truncate(0, screen.pen.blank)

    def in_display(self, how: int = 0) -> None:
        """ED: 0 from the cursor on, 1 up to and with the cursor, 2 the screen, 3 the scrollback."""
        screen = self._screen
        cursor = screen.cursor
        rows = screen.rows
        if how == 3:
            screen.scrollback.clear()
            return
        if how > 3:
            return
        blank = screen.pen.blank
        if how == 2:
            cursor.pending = False
            rows[:] = [Line(blank) for _ in range(screen.lines)]
            return
        self.in_line(how)
        first, last = (cursor.y + 1, screen.lines) if how == 0 else (0, cursor.y)
        rows[first:last] = [Line(blank) for _ in range(first, last)]

    def characters(self, count: int = 0) -> None:
        """ECH: blank `count` columns from the cursor on; the margins do not matter."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        end = min(cursor.x + (count or 1), screen.columns)
        screen.rows[cursor.y].erase(cursor.x, end, screen.pen.blank)

    def selective_in_line(self, how: int = 0) -> None:
        """DECSEL: as EL, but protected characters stay."""
        screen = self._screen
        x, y = screen.cursor.x, screen.cursor.y
        span = {0: (x, screen.columns), 1: (0, x + 1), 2: (0, screen.columns)}.get(how)
        if span is not None:
            self.unprotected(y, *span)

    def selective_in_display(self, how: int = 0) -> None:
        """DECSED: as ED, but protected characters stay."""
        screen = self._screen
        y = screen.cursor.y
        span = {0: (y + 1, screen.lines), 1: (0, y), 2: (0, screen.lines)}.get(how)
        if span is None:
            return
        if how < 2:
            self.selective_in_line(how)
        for row in range(*span):
            self.unprotected(row, 0, screen.columns)

    def unprotected(self, y: int, start: int, end: int) -> None:
        """Blank the unprotected characters of a stretch; their rendition is kept, as on a VT420."""
        screen = self._screen
        line = screen.rows[y]
        cells, pens = line.take(start, end)
        blanked = [cell if pen.protected else " " for cell, pen in zip(cells, pens, strict=True)]
        line.put(start, blanked, pens)

    def alignment_display(self) -> None:
        """DECALN: reset the margins, home the cursor, fill the screen with E."""
        screen = self._screen
        screen.reset_margins()
        screen.origin_off()
        screen.motion.home()
        for line in screen.rows:
            line.truncate(0, screen.pens.default)
            line.write(0, "E" * screen.columns, screen.pens.default)
