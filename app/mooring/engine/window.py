"""How many bytes a channel may have on the way to us."""

from __future__ import annotations

SMALLEST = 128 * 1024
LARGEST = 2 * 1024 * 1024

_PACE = 14_000_000
"""Bytes a second that a distant host may still send us: LARGEST on a round trip of 150 ms."""


def channel_window(round_trip: float) -> int:
    """Return the window, in bytes, for a connection whose round trip takes so many seconds.

    All that is on the way when somebody presses ^C is shown before the prompt is, so the window is no larger than the
    distance asks for: 128 KiB leave 0.1 MB where 2 MiB leave 1.7 MB, but would cap a link of 150 ms at 0.85 MB/s.
    """
    return round(min(max(SMALLEST, round_trip * _PACE), LARGEST))
