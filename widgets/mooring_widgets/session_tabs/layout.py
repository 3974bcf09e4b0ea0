"""Where each tab stands in a row that may be too short for all of them. Pure; widths are in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """Which tabs are seen, `first` to `last` without the latter, and where each starts."""

    first: int
    last: int
    starts: tuple[int, ...]

    @property
    def hidden_left(self) -> bool:
        """True when tabs stand to the left of what is seen."""
        return self.first > 0


EDGE = 2
"""Cells kept at either side for the sign that there is more."""


def place(widths: Sequence[int], active: int, width: int) -> Placement:
    """Place tabs of `widths` in a row of `width` so that the active one is seen, with as many before it as fit."""
    if not widths:
        return Placement(0, 0, ())
    if sum(widths) <= width:
        return Placement(0, len(widths), _starts(widths, 0))
    room = max(1, width - 2 * EDGE)
    first = last = max(0, min(active, len(widths) - 1))
    last += 1
    used = widths[first]
    while first > 0 and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    return Placement(first, last, _starts(widths[first:last], EDGE))


def _starts(widths: Sequence[int], offset: int) -> tuple[int, ...]:
    starts: list[int] = []
    for width in widths:
        starts.append(offset)
        offset += width
    return tuple(starts)
