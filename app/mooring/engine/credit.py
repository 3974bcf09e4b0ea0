"""Output on credit: what a session's channel delivered, and how much of it the UI can take now."""

from __future__ import annotations

from collections import deque


class CreditedOutput:
    """A session's output between its channel and the UI, first in first out.

    Nothing is dropped and nothing is sent unasked: at zero credit the bytes wait here, and `blocked` tells the owner
    to stop reading the channel. What can then still arrive is what the channel's window allows, so that is the bound
    on memory. All amounts are bytes.
    """

    def __init__(self, credit: int) -> None:
        self._credit = credit
        self._chunks: deque[bytes] = deque()
        self.waiting = 0

    @property
    def blocked(self) -> bool:
        """Whether the channel should stand still: nothing more can be sent before the next grant."""
        return self._credit <= self.waiting

    def add(self, data: bytes) -> None:
        """Take what the channel delivered."""
        self._chunks.append(data)
        self.waiting += len(data)

    def grant(self, count: int) -> None:
        """Let `count` more bytes go."""
        self._credit += count

    def take(self) -> bytes:
        """Return all that may go now, in order, and book it off; empty when nothing may."""
        allowed = min(self._credit, self.waiting)
        taken: list[bytes] = []
        missing = allowed
        while missing:
            chunk = self._chunks.popleft()
            if len(chunk) > missing:
                self._chunks.appendleft(chunk[missing:])
                chunk = chunk[:missing]
            taken.append(chunk)
            missing -= len(chunk)
        self._credit -= allowed
        self.waiting -= allowed
        return taken[0] if len(taken) == 1 else b"".join(taken)
