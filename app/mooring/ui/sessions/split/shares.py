"""Sharing out whole cells by weights, none less than its minimum."""

from __future__ import annotations

from collections.abc import Sequence


def share_out(room: int, weights: Sequence[float], minima: Sequence[int]) -> list[int]:
    """Give each a whole number of cells, `room` in all and near to its weight's share of it.

    Whoever would come below its minimum gets that, and the rest share what is left. The sum of the minima must not be
    more than `room`.
    """
    pinned: set[int] = set()
    while True:
        free = [index for index in range(len(weights)) if index not in pinned]
        left = room - sum(minima[index] for index in pinned)
        whole = sum(weights[index] for index in free)
        wanted = {index: left * weights[index] / whole for index in free}
        short = {index for index in free if wanted[index] < minima[index]}
        if not short:
            break
        pinned |= short
    sizes = [minima[index] if index in pinned else int(wanted[index]) for index in range(len(weights))]
    # What rounding left over goes to those that lost the most by it, the first of equal ones first.
    by_loss = sorted(free, key=lambda index: sizes[index] - wanted[index])
    for index in by_loss[: room - sum(sizes)]:
        sizes[index] += 1
    return sizes
