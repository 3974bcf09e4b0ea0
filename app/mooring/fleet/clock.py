"""A machine's time: it runs out, but not while a person is thinking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Clock:
    """Counts seconds from `start`, without those between `hold` and `go_on`; calls `expired` after `limit` of them."""

    def __init__(self, limit: float | None, expired: Callable[[], None]) -> None:
        self._limit = limit
        self._expired = expired
        self._loop = asyncio.get_running_loop()
        self._counted = 0.0
        self._since: float | None = None
        self._held = 0
        self._started = False
        self._timer: asyncio.TimerHandle | None = None

    @property
    def seconds(self) -> float:
        """What has been counted."""
        running = 0.0 if self._since is None else self._loop.time() - self._since
        return self._counted + running

    def start(self) -> None:
        """Begin to count; once begun, this does nothing."""
        if not self._started:
            self._started = True
            self._run()

    def hold(self) -> None:
        """Stand still, until as many `go_on` have followed."""
        self._held += 1
        self._pause()

    def go_on(self) -> None:
        """Count again."""
        self._held -= 1
        if self._started and not self._held:
            self._run()

    def stop(self) -> None:
        """Count no more."""
        self._pause()
        self._started = False

    def _run(self) -> None:
        if self._held or self._since is not None:
            return
        self._since = self._loop.time()
        if self._limit is not None:
            self._timer = self._loop.call_later(max(self._limit - self._counted, 0), self._expired)

    def _pause(self) -> None:
        self._counted = self.seconds
        self._since = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
