"""Erasing: in the line, in the display, characters; all or only what is not protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.line import Line

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_NO_RENDITION = "\x1b[22;23;24;25;27;28;29;55m"


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
        if screen.protection.iso:
            self._unprotected(cursor.y, *self._span(how))
            return
        line = screen.rows[cursor.y]
        if how == 1:
            line.erase(0, cursor.x + 1, screen.pen.blank)
        else:
            line.truncate(cursor.x if how == 0 else 0, screen.pen.blank)

    def in_display(self, how: int = 0) -> None:
        """ED: 0 from the cursor on, 1 up to and with the cursor, 2 the screen, 3 the scrollback."""
        screen = self._screen
        cursor = screen.cursor
        if how > 2:
            if how == 3:
                screen.scrollback.clear()
            return
        cursor.pending = False
        first, last = self._lines(how)
        if how == 0 and cursor.x == 0:
            first = cursor.y
        elif how < 2:
            self.in_line(how)
        if screen.protection.iso:
            for y in range(first, last):
                self._unprotected(y, 0, screen.columns)
        else:
            blank = screen.pen.blank
            screen.rows[first:last] = [Line(blank) for _ in range(first, last)]

    def characters(self, count: int = 0) -> None:
        """ECH: blank `count` columns from the cursor on; the margins do not matter."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        self.stretch(cursor.y, cursor.x, min(cursor.x + (count or 1), screen.columns))

    def stretch(self, y: int, start: int, end: int) -> None:
        """Blank some columns of a line."""
        screen = self._screen
        if screen.protection.iso:
            self._unprotected(y, start, end)
        else:
            screen.rows[y].erase(start, end, screen.pen.blank)

    def selective_in_line(self, how: int = 0) -> None:
        """DECSEL: as EL, but what DECSCA protects stays."""
        if how <= 2:
            self._screen.cursor.pending = False
            self._unprotected(self._screen.cursor.y, *self._span(how))

    def selective_in_display(self, how: int = 0) -> None:
        """DECSED: as ED, but what DECSCA protects stays."""
        if how > 2:
            return
        self._screen.cursor.pending = False
        if how < 2:
            self.selective_in_line(how)
        for y in range(*self._lines(how)):
            self._unprotected(y, 0, self._screen.columns)

    def alignment_display(self) -> None:
        """DECALN: reset rendition (but not colours) and margins, home the cursor, fill the screen with E."""
        screen = self._screen
        screen.pen = screen.pen.step(_NO_RENDITION)
        screen.margin_mode = False
        screen.reset_margins()
        screen.set_origin(False)
        screen.motion.home()
        default = screen.pens.default
        screen.sizes.all_single()
        for line in screen.rows:
            line.truncate(0, default)
            line.write(0, "E" * screen.columns, default)

    def _unprotected(self, y: int, start: int, end: int) -> None:
        """Blank what is not protected in some columns of a line."""
        screen = self._screen
        line = screen.rows[y]
        blank = screen.pen.blank
        if not line.has_protected:
            line.erase_span(start, end, screen.columns, blank)
            return
        cells, pens = line.take(start, end)
        kept = [pen.protected for pen in pens]
        line.put(
            start,
            [cell if keep else " " for cell, keep in zip(cells, kept, strict=True)],
            [pen if keep else blank for pen, keep in zip(pens, kept, strict=True)],
        )

    def _span(self, how: int) -> tuple[int, int]:
        screen = self._screen
        x = screen.cursor.x
        return (x, screen.columns) if how == 0 else (0, x + 1) if how == 1 else (0, screen.columns)

    def _lines(self, how: int) -> tuple[int, int]:
        screen = self._screen
        y = screen.cursor.y
        return (y + 1, screen.lines) if how == 0 else (0, y) if how == 1 else (0, screen.lines)
