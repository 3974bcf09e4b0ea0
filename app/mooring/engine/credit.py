"""Output on credit: what a session's channel delivered, and how much of it the UI can take now."""

from __future__ import annotations

from collections import deque

from mooring.engine.framing import FrameKind


class CreditedOutput:
    """A session's output between its channel and the UI, first in first out, standard error in its place.

    Nothing is dropped and nothing is sent unasked: at zero credit the bytes wait here, and `blocked` tells the owner
    to stop reading the channel. What can then still arrive is what the channel's window allows, so that is the bound
    on memory. All amounts are bytes.
    """

    def __init__(self, credit: int) -> None:
        self._credit = credit
        self._chunks: deque[tuple[FrameKind, bytes]] = deque()
        self.waiting = 0

    @property
    def blocked(self) -> bool:
        """Whether the channel should stand still: nothing more can be sent before the next grant."""
        return self._credit <= self.waiting

    def add(self, data: bytes, kind: FrameKind = FrameKind.OUTPUT) -> None:
        """Take what the channel delivered."""
        self._chunks.append((kind, data))
        self.waiting += len(data)

    def grant(self, count: int) -> None:
        """Let `count` more bytes go."""
        self._credit += count

    def take(self) -> list[tuple[FrameKind, bytes]]:
        """Return all that may go now, in order and joined where it is of one kind, and book it off."""
        allowed = min(self._credit, self.waiting)
        taken: list[tuple[FrameKind, list[bytes]]] = []
        missing = allowed
        while missing:
            kind, chunk = self._chunks.popleft()
            if len(chunk) > missing:
                self._chunks.appendleft((kind, chunk[missing:]))
                chunk = chunk[:missing]
            if not taken or taken[-1][0] is not kind:
                taken.append((kind, []))
            taken[-1][1].append(chunk)
            missing -= len(chunk)
        self._credit -= allowed
        self.waiting -= allowed
        return [(kind, pieces[0] if len(pieces) == 1 else b"".join(pieces)) for kind, pieces in taken]
