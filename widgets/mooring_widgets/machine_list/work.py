"""Long work in pieces, so that whoever waits for a key or a frame never waits for all of it.

Work is a generator that yields between its pieces and returns its result. A piece takes a few milliseconds at most:
whoever runs it looks at the clock between pieces, not inside them. What is one piece only never yields, so that a short
list is done at once however slow the machine.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from typing import TypeVar

PIECE = 500
"""How many machines are worked on between two looks at the clock."""

T = TypeVar("T")
Work = Generator[None, None, T]


def pieces(items: Sequence[T], size: int = PIECE) -> Iterator[Sequence[T]]:
    """Cut a sequence into runs of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def advance(work: Work[object], seconds: float) -> bool:
    """Go on for about `seconds`; True when the work is done."""
    end = time.perf_counter() + seconds
    return all(time.perf_counter() < end for _ in work)


def finish(work: Work[T]) -> T:
    """Do all of it at once."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            result: T = done.value
            return result
