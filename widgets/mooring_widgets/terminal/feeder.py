"""Working off what arrives in slices, so that keys and painting get their turn in a flood."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

_SMALLEST = 256
_LARGEST = 512 * 1024
_FIRST_GUESS = 16 * 1024


@dataclass(frozen=True, slots=True)
class Slices:
    """How long one slice may take, in seconds: ordinarily, in a view that nobody sees, and while somebody types.

    A key's way through Textual and its echo's way back are a dozen turns of the loop, and each turn would have a slice
    of every flooded view in front; so there is a pause behind, a longer one in what nobody sees. Otherwise that takes
    a third of the time at most, since the key that somebody types next waits for the slice that runs.
    """

    ordinary: float = 0.0025
    typing: float = 0.0004
    typing_pause: float = 0.003
    unseen: float = 0.001
    unseen_pause: float = 0.002
    unseen_typing_pause: float = 0.015


class Feeder:
    """A queue of output, and the loop that feeds it to a consumer a slice at a time.

    Chunks are cut inside: how many bytes fit a slice is learnt from the last ones. `consume` gets pieces in order;
    `after_slice` is told how many bytes of it came from outside (see `put`) and whether the queue is empty.
    """

    def __init__(
        self,
        consume: Callable[[bytes], None],
        after_slice: Callable[[int, bool], None],
        is_typing: Callable[[], bool],
        slices: Slices | None = None,
        *,
        is_seen: Callable[[], bool] = lambda: True,
    ) -> None:
        self._consume = consume
        self._after_slice = after_slice
        self._is_typing = is_typing
        self._is_seen = is_seen
        self._slices = slices if slices is not None else Slices()
        self._queue: deque[tuple[bytes, bool]] = deque()
        self._offset = 0
        self._rate = _FIRST_GUESS / self._slices.ordinary
        self._filled = asyncio.Event()
        self._pending = 0

    @property
    def pending(self) -> int:
        """Bytes that wait."""
        return self._pending

    def put(self, data: bytes, *, counted: bool = True) -> None:
        """Queue output; `counted` says that it came from outside and is to be told when it was consumed."""
        if data:
            self._queue.append((data, counted))
            self._pending += len(data)
            self._filled.set()

    async def run(self) -> None:
        """Feed for ever; cancel it to end."""
        while True:
            await self._filled.wait()
            self.slice()
            await asyncio.sleep(self._pause())

    def _budget(self) -> float:
        if self._is_typing():
            return self._slices.typing
        return self._slices.ordinary if self._is_seen() else self._slices.unseen

    def _pause(self) -> float:
        if self._is_typing():
            return self._slices.typing_pause if self._is_seen() else self._slices.unseen_typing_pause
        return 0 if self._is_seen() else self._slices.unseen_pause

    def slice(self) -> None:
        """Feed for the length of one slice."""
        budget = self._budget()
        counted = 0
        while self._queue and budget > 0:
            size = min(max(int(self._rate * budget), _SMALLEST), _LARGEST)
            began = perf_counter()
            taken, is_counted = self._feed_piece(size)
            spent = perf_counter() - began
            budget -= spent
            counted += taken if is_counted else 0
            if taken >= _SMALLEST:  # a lone echo says nothing about the rate
                self._rate += (taken / max(spent, 1e-7) - self._rate) * 0.3
        if not self._queue:
            self._filled.clear()
        self._after_slice(counted, not self._queue)

    def _feed_piece(self, size: int) -> tuple[int, bool]:
        data, counted = self._queue[0]
        piece = data[self._offset : self._offset + size] if self._offset or size < len(data) else data
        self._offset += len(piece)
        self._pending -= len(piece)
        if self._offset >= len(data):
            self._queue.popleft()
            self._offset = 0
        self._consume(piece)
        return len(piece), counted
