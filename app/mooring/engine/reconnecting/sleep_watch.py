"""Noticing that the computer has slept: peers may be gone since, and nobody has told us."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable

TICK = 2.0
"""Seconds between two looks at the clocks; whoever is about to send something looks, too."""

SLEPT = 5.0
"""Seconds that one clock has to be ahead of the other: less is a clock being set."""


def clocks_apart() -> float:
    """How far a clock that runs on in sleep is ahead of one that stands still, in seconds.

    CLOCK_BOOTTIME of clock_gettime(2) on Linux; elsewhere the time of day, which people and NTP set too. That is a
    false alarm then, and costs one packet.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
    return time.time() - time.monotonic()


class SleepWatch:
    """Calls `woken` after each sleep, before anything that is asked for behind `look` is done."""

    def __init__(self, woken: Callable[[], None], apart: Callable[[], float] = clocks_apart) -> None:
        self._woken = woken
        self._apart = apart
        self._last = apart()
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Look now and then."""
        self._timer = asyncio.get_running_loop().call_later(TICK, self._tick)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def look(self) -> None:
        """Compare the clocks."""
        apart = self._apart()
        slept, self._last = apart - self._last, apart
        if slept > SLEPT:
            self._woken()

    def _tick(self) -> None:
        self.start()
        self.look()
