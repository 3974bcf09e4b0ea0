"""Where each tab stands in a row that may be too short for all of them. Pure; widths are in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EDGE = 2
"""Cells kept at either side for the sign that there is more."""


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


def place(widths: Sequence[int], first: int, width: int) -> Placement:
    """Place tabs of `widths` in a row of `width`, from the tab `first` on; all of them where they fit."""
    if sum(widths) <= width:
        return Placement(0, len(widths), _starts(widths, 0))
    first = min(max(first, 0), _furthest(widths, width))
    last, used = first + 1, widths[first]
    while last < len(widths) and used + widths[last] <= _room(width):
        used += widths[last]
        last += 1
    return Placement(first, last, _starts(widths[first:last], EDGE))


def reveal(widths: Sequence[int], first: int, active: int, width: int) -> int:
    """The tab to begin with so that the active one is seen, the nearest to `first`: what needn't move stays."""
    placement = place(widths, first, width)
    if active < placement.first:
        return active
    while placement.first < active and placement.last <= active:
        placement = place(widths, placement.first + 1, width)
    return placement.first


def _furthest(widths: Sequence[int], width: int) -> int:
    """The first tab of the row's end: to begin further to the right would only leave room empty."""
    first, used = len(widths) - 1, widths[-1]
    while first > 0 and used + widths[first - 1] <= _room(width):
        first -= 1
        used += widths[first]
    return first


def _room(width: int) -> int:
    return max(1, width - 2 * EDGE)


def _starts(widths: Sequence[int], offset: int) -> tuple[int, ...]:
    starts: list[int] = []
    for width in widths:
        starts.append(offset)
        offset += width
    return tuple(starts)
