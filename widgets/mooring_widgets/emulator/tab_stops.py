"""Tab stops: pyte's set of columns, with the moves that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


MORE_FIX = 41
"""The mode that makes a tab wrap first where a character would."""


class TabStops:
    """HT, CHT and CBT over `Screen.tabstops`, which pyte's HTS and TBC keep."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def forward(self, count: int = 0) -> None:
        """HT and CHT: to the next stop, or to the right margin (the last column from outside it)."""
        screen = self._screen
        cursor = screen.cursor
        if cursor.pending and screen.switches.is_set(MORE_FIX):
            screen.next_line()
        edge = screen.edge(cursor.x) - 1
        stops = screen.tabstops
        x = cursor.x
        for _ in range(min(max(count, 1), screen.columns)):
            x += 1
            while x < edge and x not in stops:
                x += 1
            if x >= edge:
                break
        cursor.x = min(x, edge)

    def back(self, count: int = 0) -> None:
        """CBT: to the stop before, or to the first column (the left margin in origin mode)."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        edge = screen.left if screen.origin else 0
        stops = screen.tabstops
        x = cursor.x
        for _ in range(min(max(count, 1), screen.columns)):
            x -= 1
            while x > edge and x not in stops:
                x -= 1
            if x <= edge:
                break
        cursor.x = max(x, edge)

    def reset_by_sequence(self, what: int = 0) -> None:
        """DECST8C (`CSI ? 5 W`)."""
        if what == 5:
            self.reset()

    def reset(self) -> None:
        """A stop at every eighth column, also beyond the edge, for when the screen grows."""
        self._screen.tabstops = set(range(8, 1024, 8))
