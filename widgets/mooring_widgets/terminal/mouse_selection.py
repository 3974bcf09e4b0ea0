"""Selecting with the mouse: clicks, dragging, and scrolling on while the mouse is beyond an edge."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from textual.timer import Timer

from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.selection import Selection, Unit

_CLICK_CHAIN = 0.5
"""Seconds within which a further click at the same place takes a word, then a line."""
_SCROLL_PERIOD = 0.05
_FASTEST = 8
"""Lines a period, however far beyond the edge the mouse is."""


class SelectionHost(Protocol):
    """What selecting needs of its view."""

    @property
    def grid_size(self) -> tuple[int, int]:
        """Columns and lines."""
        ...

    def place_at(self, x: int, y: int) -> Place:
        """The cell of the text that is shown in a cell of the view, or in the next one for a cell beside it."""
        ...

    @property
    def word_pattern(self) -> re.Pattern[str]:
        """What a double click takes."""
        ...

    def select(self, selection: Selection | None) -> None:
        """Show another selection."""
        ...

    def finish_selection(self) -> None:
        """The button is up: copy what is selected."""
        ...

    def scroll_by_lines(self, count: int) -> None:
        """Move over the scrollback; negative is back."""
        ...

    def every(self, seconds: float, act: Callable[[], None]) -> Timer:
        """Do something again and again, until the timer is stopped."""
        ...


class MouseSelection:
    """A selection from the press of a button to its release; the anchor stays at its text while the view scrolls."""

    def __init__(self, host: SelectionHost) -> None:
        self._host = host
        self._selection: Selection | None = None
        self._clicks = 0
        self._last_click = (0.0, Place(-1, -1))
        self._mouse = (0, 0)
        self._scrolling: Timer | None = None

    def press(self, x: int, y: int, time: float, *, block: bool = False) -> None:
        """Begin at a cell of the view; further clicks at the same place take a word, then a line."""
        place = self._host.place_at(x, y)
        last_time, last_place = self._last_click
        chained = place == last_place and time - last_time < _CLICK_CHAIN
        self._clicks = self._clicks % 3 + 1 if chained else 1
        self._last_click = (time, place)
        self._selection = Selection(place, place, Unit(self._clicks), block, self._host.word_pattern)
        self._host.select(self._selection if self._clicks > 1 else None)

    def drag(self, x: int, y: int) -> None:
        """The mouse is elsewhere; beyond the upper or lower edge the view scrolls on by itself."""
        self._mouse = (x, y)
        self._extend()
        if 0 <= y < self._host.grid_size[1]:
            self._stop_scrolling()
        elif self._scrolling is None:
            self._scroll()
            self._scrolling = self._host.every(_SCROLL_PERIOD, self._scroll)

    def release(self) -> bool:
        """The button is up: what was selected is copied. False where it was a mere click."""
        self._stop_scrolling()
        selection, self._selection = self._selection, None
        if selection is None or (selection.unit is Unit.CHARACTER and selection.anchor == selection.head):
            self._host.select(None)
            return False
        self._host.finish_selection()
        return True

    def _extend(self) -> None:
        if self._selection is not None:
            self._selection = self._selection.to(self._host.place_at(*self._mouse))
            self._host.select(self._selection)

    def _scroll(self) -> None:
        y, lines = self._mouse[1], self._host.grid_size[1]
        beyond = y if y < 0 else y - lines + 1
        self._host.scroll_by_lines(min(max(beyond, -_FASTEST), _FASTEST))
        self._extend()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None
