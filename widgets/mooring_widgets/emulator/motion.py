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
        """CUB and BS.

        With reverse wrap (mode 45) it goes on at the end of the line above if that one wrapped, with the
        extended one (1045) at the end of any line above and from the top margin at the bottom one.
        """
        screen = self._screen
        cursor = screen.cursor
        wraps = screen.autowrap and (screen.reverse_wrap or screen.extended_reverse_wrap)
        left = (count or 1) - (1 if wraps and cursor.pending else 0)
        cursor.pending = False
        left = self._back_in_line(left)
        if wraps and left:
            left %= (screen.right - screen.left + 1) * (screen.bottom - screen.top + 1)
            while left and self._to_line_above():
                left = self._back_in_line(left - 1)

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

    def _back_in_line(self, count: int) -> int:
        """Go back in the line and return how many columns are left to go."""
        screen = self._screen
        cursor = screen.cursor
        limit = screen.left if cursor.x >= screen.left else 0
        step = min(count, cursor.x - limit)
        cursor.x -= step
        return count - step

    def _to_line_above(self) -> bool:
        """Reverse wrap by one line, if the mode that is on allows it."""
        screen = self._screen
        cursor = screen.cursor
        if screen.extended_reverse_wrap:
            at_top = cursor.y in (0, screen.top)
            cursor.y = screen.bottom if at_top else cursor.y - 1
        elif cursor.y and cursor.y != screen.top and screen.rows[cursor.y - 1].wrapped:
            cursor.y -= 1
        else:
            return False
        cursor.x = screen.right
        return True
