"""When a surface paints what came: at once, in a flood a frame after the last time, not within an update."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

_FLOOD_FRAME = 1 / 20
"""Seconds between paintings in a flood: the eye can't follow it anyway, and painting costs throughput."""

_FLOOD_BYTES = 32 * 1024
"""What came since the last painting is a flood when it is more than this, or when more waits."""

_SYNCHRONIZED_LOOK = 0.25
"""Seconds until a program that holds painting back (mode 2026) is looked at again."""


class PaintTimes:
    """Calls `paint` when it is time to; `later` calls a function after so many seconds."""

    def __init__(self, paint: Callable[[], None], later: Callable[[float, Callable[[], None]], object]) -> None:
        self._paint = paint
        self._later = later
        self._last = 0.0
        self._unpainted = 0
        self._will_paint = False
        self._will_look = False

    def arrived(self, count: int, *, more: bool, is_shown: bool) -> None:
        """Bytes were worked off, and `more` wait: paint now, or in a flood later, so that its end is painted too."""
        self._unpainted += count
        if not is_shown:
            return
        is_flood = more or self._unpainted > _FLOOD_BYTES
        left = self._last + _FLOOD_FRAME - perf_counter()
        if not is_flood or left <= 0:
            self._paint()
        elif not self._will_paint:
            self._will_paint = True
            self._later(left, self._paint_end)

    def painted(self) -> None:
        """All that came is painted, or held back."""
        self._last = perf_counter()
        self._unpainted = 0

    def look_again(self) -> None:
        """Paint later, should the program not end its synchronized update: the emulator lets it have a second."""
        if not self._will_look:
            self._will_look = True
            self._later(_SYNCHRONIZED_LOOK, self._look)

    def _paint_end(self) -> None:
        self._will_paint = False
        if self._unpainted:
            self._paint()

    def _look(self) -> None:
        self._will_look = False
        self._paint()
