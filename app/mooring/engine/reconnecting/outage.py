"""A machine that was lost, for all the sessions that wait for it: one countdown, and so one login."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Hashable
from contextlib import suppress

FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
"""Seconds between two attempts: doubled from the first to the longest."""

STEADY = 30.0
"""Seconds that a connection has to stand before its loss counts as the first one: a host that lets us in and breaks off
at once is not to be called every second for ever."""

_SHORTEST = 0.5
"""Seconds between two attempts, however often somebody presses a key."""


def delay_before(attempt: int, chance: float) -> float:
    """Seconds to wait before attempt number `attempt`, from 1; `chance` is from 0 to 1.

    Half of it is left to chance ("equal jitter"), so that all who lost a machine at once do not come back at once.
    """
    whole = min(FIRST_DELAY * 2.0 ** min(attempt - 1, 16), LONGEST_DELAY)
    return whole * (0.5 + 0.5 * chance)


class Outage:
    """How often it was tried, and when it is tried next."""

    def __init__(self) -> None:
        self.attempt = 0
        """The number of the attempt that is waited for or under way; 0 while nothing is amiss."""
        self._due = 0.0
        self._tried_at = 0.0
        self._stood_since: float | None = None
        self._moved = asyncio.Event()

    @property
    def seconds_left(self) -> float:
        """Until the next attempt; 0 while it is under way."""
        return max(0.0, self._due - _now())

    @property
    def is_over(self) -> bool:
        """Whether it has stood long enough since to be forgotten."""
        return self._stood_since is not None and _now() - self._stood_since > STEADY

    def failed(self) -> None:
        """The connection was lost, or an attempt failed: set the next. All who shared it may tell of it."""
        now = _now()
        if self._due > now:
            return
        if self.is_over:
            self.attempt = 0
        self._stood_since = None
        self.attempt += 1
        self._tried_at = now
        self._due = now + delay_before(self.attempt, random.random())

    def succeeded(self) -> None:
        """The machine is back."""
        if self._stood_since is None:
            self._stood_since = _now()

    def hurry(self) -> None:
        """Try now."""
        self._due = min(self._due, max(_now(), self._tried_at + _SHORTEST))
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def wait(self) -> None:
        """Wait for the next attempt."""
        while (left := self.seconds_left) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._moved.wait()


class Outages:
    """The outage of each machine that had one lately."""

    def __init__(self) -> None:
        self._outages: dict[Hashable, Outage] = {}

    def of(self, machine: Hashable) -> Outage:
        """The outage that all sessions on a machine share; `machine` is what they have in common."""
        for key in [key for key, outage in self._outages.items() if outage.is_over and key != machine]:
            del self._outages[key]
        return self._outages.setdefault(machine, Outage())

    def hurry(self) -> None:
        """Try all of them now."""
        for outage in self._outages.values():
            outage.hurry()


def _now() -> float:
    return asyncio.get_running_loop().time()
