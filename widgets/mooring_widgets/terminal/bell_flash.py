"""The bell, seen: the line that the cursor is on is shown reversed for a moment (xterm's `visualBellLine`)."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from mooring_widgets.emulator import Emulator

_SECONDS = 0.1
_REST = 0.5
"""Seconds from one flash to the next at least: a remote that rings without end must not make the screen flicker."""


class BellFlash:
    """Tells which line flashes, by its number, and None when the flash is over.

    `later` calls a function after so many seconds; `show` is told.
    """

    def __init__(
        self,
        emulator: Emulator,
        later: Callable[[float, Callable[[], None]], object],
        show: Callable[[int | None], None],
    ) -> None:
        self._emulator = emulator
        self._later = later
        self._show = show
        self._last = float("-inf")

    def ring(self) -> None:
        """Begin to flash, unless the last time was a moment ago."""
        now = monotonic()
        if now - self._last >= _REST:
            self._last = now
            self._show(self._emulator.scrolled_out + self._emulator.cursor.y)
            self._later(_SECONDS, lambda: self._show(None))
