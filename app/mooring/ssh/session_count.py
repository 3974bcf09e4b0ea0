"""How many sessions a connection carries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class SessionCount:
    """How many sessions one connection has, and how many it may have at most, as far as that was found out."""

    open: int = 0
    limit: int | None = None
    _ended: bool = False

    @property
    def has_room(self) -> bool:
        """Whether one more may be tried."""
        return self.limit is None or self.open < self.limit

    def take(self) -> bool:
        """Count one more; tell whether one has ended since the last was opened."""
        self.open += 1
        ended, self._ended = self._ended, False
        return ended

    def free(self, *, ended: bool = False) -> None:
        """Count one less; `ended`: it was open."""
        self.open -= 1
        self._ended = self._ended or ended
