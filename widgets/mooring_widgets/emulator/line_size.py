"""Lines of double width and height: DECDWL, DECDHL, DECSWL."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class LineSize(IntEnum):
    """How large the characters of a line are; all but the first halve the columns that the line has."""

    SINGLE = 0
    DOUBLE_WIDTH = 1
    DOUBLE_HEIGHT_TOP = 2
    DOUBLE_HEIGHT_BOTTOM = 3


class LineSizes:
    """Sets the size of the line that the cursor is on.

    A line keeps its size wherever it moves to, until it is erased as a whole by ED. `any_shown` says whether the hot
    paths have to look at the sizes of the lines at all.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._ever_doubled = False
        self.any_shown = False

    def single(self) -> None:
        """DECSWL."""
        self._set(LineSize.SINGLE)

    def double_width(self) -> None:
        """DECDWL."""
        self._set(LineSize.DOUBLE_WIDTH)

    def top_half(self) -> None:
        """DECDHL: the upper half of a line of double height."""
        self._set(LineSize.DOUBLE_HEIGHT_TOP)

    def bottom_half(self) -> None:
        """DECDHL: the lower half."""
        self._set(LineSize.DOUBLE_HEIGHT_BOTTOM)

    def columns(self, y: int) -> int:
        """How many columns a row of the screen has."""
        screen = self._screen
        return screen.columns // 2 if self.any_shown and screen.rows[y].size else screen.columns

    def all_single(self) -> None:
        """Left and right margins and large characters exclude each other (VT420): the margins win."""
        for line in self._screen.rows if self.any_shown else ():
            line.resize(LineSize.SINGLE)
        self._screen.refresh()

    def look(self) -> None:
        """Find out anew whether any line that is shown is large; to be called when the rows are others."""
        self.any_shown = self._ever_doubled and any(line.size for line in self._screen.rows)

    def reset(self) -> None:
        """RIS."""
        self._ever_doubled = self.any_shown = False

    def _set(self, size: LineSize) -> None:
        screen = self._screen
        if screen.margin_mode:
            return
        cursor = screen.cursor
        screen.rows[cursor.y].resize(size)
        self._ever_doubled = self._ever_doubled or size is not LineSize.SINGLE
        screen.refresh()
        if size:
            cursor.pending = False
            cursor.x = min(cursor.x, screen.columns // 2 - 1)
