"""Moving the cursor: relative moves stop at the margins, absolute ones obey origin mode.

Where VT420 and xterm differ, xterm is followed (its cursor.c; the cases are those of esctest).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class Motion:
    """Every move of the cursor but those that scroll. Counts are in cells; 0 means 1."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def up(self, count: int = 0) -> None:
        """CUU."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        limit = screen.top if cursor.y >= screen.top else 0
        cursor.y = max(cursor.y - (count or 1), limit)

    def down(self, count: int = 0) -> None:
        """CUD and VPR."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        limit = screen.bottom if cursor.y <= screen.bottom else screen.lines - 1
        cursor.y = min(cursor.y + (count or 1), limit)

    def forward(self, count: int = 0) -> None:
        """CUF."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        cursor.x = min(cursor.x + (count or 1), screen.edge(cursor.x) - 1)

    def back(self, count: int = 0) -> None:
        """CUB and BS; with reverse wrap it goes on at the end of the line above."""
        screen = self._screen
        cursor = screen.cursor
        count = count or 1
        if screen.reverse_wrap and screen.autowrap:
            self._back_over_lines(count)
            return
        cursor.pending = False
        limit = screen.left if cursor.x >= screen.left else 0
        cursor.x = max(cursor.x - count, limit)

    def next_line(self, count: int = 0) -> None:
        """CNL."""
        self.down(count)
        self.carriage_return()

    def previous_line(self, count: int = 0) -> None:
        """CPL."""
        self.up(count)
        self.carriage_return()

    def backspace(self) -> None:
        """BS."""
        self.back(1)

    def carriage_return(self) -> None:
        """CR: to the left margin, or to the first column from outside it."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        left = screen.left
        cursor.x = left if left and (cursor.x >= left or screen.origin) else 0

    def position(self, line: int = 0, column: int = 0) -> None:
        """CUP and HVP; 1-based, counted from the margins in origin mode."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        y = line - 1 if line else 0
        x = column - 1 if column else 0
        if screen.origin:
            cursor.y = min(y + screen.top, screen.bottom)
            cursor.x = min(x + screen.left, screen.right)
        else:
            cursor.y = y if y < screen.lines else screen.lines - 1
            cursor.x = x if x < screen.columns else screen.columns - 1

    def to_column(self, column: int = 0) -> None:
        """CHA and HPA."""
        screen = self._screen
        top = screen.top if screen.origin else 0
        self.position(screen.cursor.y - top + 1, column)

    def to_line(self, line: int = 0) -> None:
        """VPA."""
        screen = self._screen
        left = screen.left if screen.origin else 0
        self.position(line, screen.cursor.x - left + 1)

    def right_relative(self, count: int = 0) -> None:
        """HPR: as CUF, but only the screen's edge stops it."""
        screen = self._screen
        left = screen.left if screen.origin else 0
        self.to_column(screen.cursor.x - left + 1 + (count or 1))

    def down_relative(self, count: int = 0) -> None:
        """VPR: as CUD, but only the screen's edge stops it."""
        screen = self._screen
        top = screen.top if screen.origin else 0
        self.to_line(screen.cursor.y - top + 1 + (count or 1))

    def home(self) -> None:
        """To the first column of the first line, of the margins in origin mode."""
        self.position()

    def _back_over_lines(self, count: int) -> None:
        """Reverse wrap: a pending wrap counts as one column; above the top margin it goes on at the bottom one."""
        screen = self._screen
        cursor = screen.cursor
        if cursor.pending:
            cursor.pending = False
            count -= 1
        left = screen.left if cursor.x >= screen.left else 0
        right = screen.right
        width = right - left + 1
        height = screen.bottom - screen.top + 1
        count %= width * height
        while count > cursor.x - left:
            count -= cursor.x - left + 1
            cursor.x = right
            if cursor.y == screen.top:
                if not screen.extended_reverse_wrap and not screen.reverse_wrap:
                    return
                cursor.y = screen.bottom
            elif cursor.y:
                cursor.y -= 1
            else:
                cursor.y = screen.lines - 1
        cursor.x -= count
