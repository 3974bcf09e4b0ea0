"""Moving lines: index, scrolling, and the block that scrolls past in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.line import Line

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class Scroller:
    """Scrolls inside the margins; what leaves the whole main screen at its top goes to the scrollback."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def index(self) -> None:
        """IND: one line down; at the bottom margin the region scrolls."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        y = cursor.y
        if y == screen.bottom:
            if screen.full_width:
                rows = screen.rows
                if screen.full_height and screen.keeps_scrollback:
                    screen.scrollback.append(rows[0])
                del rows[screen.top]
                rows.insert(y, Line(screen.pen.blank))
            elif screen.left <= cursor.x <= screen.right:
                self.up(1)
        elif y < screen.lines - 1:
            cursor.y = y + 1

    def reverse_index(self) -> None:
        """RI: one line up; at the top margin the region scrolls."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        if cursor.y == screen.top:
            if screen.full_width or screen.left <= cursor.x <= screen.right:
                self.down(1)
        elif cursor.y:
            cursor.y -= 1

    def up(self, count: int = 0) -> None:
        """SU: move the region's lines up; blank lines come in at the bottom margin."""
        screen = self._screen
        count = min(max(count, 1), screen.bottom - screen.top + 1)
        if screen.full_width and screen.full_height and screen.keeps_scrollback:
            screen.scrollback.extend(screen.rows[:count])
        self.delete_lines(screen.top, count)

    def down(self, count: int = 0) -> None:
        """SD: move the region's lines down; blank lines come in at the top margin."""
        self.insert_lines(self._screen.top, max(count, 1))

    def down_unless_tracking(self, count: int = 1, *more: int) -> None:
        """`CSI T`: SD; with 0 or further parameters it is XTHIMOUSE, by which a program would hold the mouse."""
        if count and not more:
            self.down(count)

    def insert_lines(self, y: int, count: int) -> None:
        """Push the lines from `y` to the bottom margin down by `count`, between the left and right margins."""
        screen = self._screen
        rows = screen.rows
        blank = screen.pen.blank
        bottom = screen.bottom
        count = min(count, bottom - y + 1)
        if screen.full_width:
            del rows[bottom + 1 - count : bottom + 1]
            rows[y:y] = [Line(blank) for _ in range(count)]
            return
        for target in range(bottom, y + count - 1, -1):
            self._copy_between_margins(rows[target - count], rows[target])
        for target in range(y, y + count):
            rows[target].erase(screen.left, screen.right + 1, blank)

    def delete_lines(self, y: int, count: int) -> None:
        """Pull the lines below up over `count` lines at `y`, between the left and right margins."""
        screen = self._screen
        rows = screen.rows
        blank = screen.pen.blank
        bottom = screen.bottom
        count = min(count, bottom - y + 1)
        if screen.full_width:
            del rows[y : y + count]
            rows[bottom + 1 - count : bottom + 1 - count] = [Line(blank) for _ in range(count)]
            return
        for target in range(y, bottom + 1 - count):
            self._copy_between_margins(rows[target + count], rows[target])
        for target in range(bottom + 1 - count, bottom + 1):
            rows[target].erase(screen.left, screen.right + 1, blank)

    def _copy_between_margins(self, source: Line, target: Line) -> None:
        screen = self._screen
        cells, pens = source.take(screen.left, screen.right + 1)
        target.put(screen.left, cells, pens)
