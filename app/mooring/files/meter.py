"""How fast it goes and how long it takes: a mean over the last seconds, told a few times a second."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from mooring.model.files import CopyProgress

_WINDOW = 5.0
"""Seconds that the rate is a mean of: shorter ones make it jump, longer ones hide a stall."""

_MOST_BYTES = 1 << 62
"""What a message can hold; many files of a size that a server made up are more."""

_EVERY = 0.2
"""Seconds between two tellings."""


class CopyMeter:
    """Counts, and tells `listener` no more often than anybody reads."""

    def __init__(self, bytes_total: int, files_total: int, listener: Callable[[CopyProgress], None]) -> None:
        self._listener = listener
        self._bytes_total = min(bytes_total, _MOST_BYTES)
        self._files_total = files_total
        self._bytes = self._files = 0
        self._current = b""
        self._copied = 0
        self._told = 0.0
        self._samples: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def began(self, name: bytes) -> None:
        """A file is copied now."""
        self._current = name
        self._tell()

    def copied(self, count: int) -> None:
        """So many bytes more are there."""
        is_first = not self._copied
        self._bytes += count
        self._copied += count
        self._tell(now=is_first)

    def skipped(self, count: int) -> None:
        """So many need not be copied; the rate is not about them."""
        self._bytes += count
        self._tell()

    def ended(self) -> None:
        """One file more is dealt with."""
        self._files += 1
        self._tell()

    def finish(self) -> None:
        """Tell how it stands at the end."""
        self._tell(now=True)

    def _tell(self, *, now: bool = False) -> None:
        moment = time.monotonic()
        if moment - self._told < _EVERY and not now:
            return
        self._told = moment
        self._samples.append((moment, self._copied))
        while len(self._samples) > 2 and moment - self._samples[0][0] > _WINDOW:
            self._samples.popleft()
        since, before = self._samples[0]
        rate = (self._copied - before) / (moment - since) if moment > since else 0.0
        rest = self._bytes_total - self._bytes
        self._listener(
            CopyProgress(
                min(self._bytes, _MOST_BYTES),
                self._bytes_total,
                self._files,
                self._files_total,
                self._current,
                rate,
                max(rest, 0) / rate if rate > 0 else None,
            )
        )
