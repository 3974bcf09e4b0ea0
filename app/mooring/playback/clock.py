"""Time as it passes in a player: pauses are cut, and it never runs back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Clock:
    """Turns the times of a file into positions in seconds; `idle_limit` is how long a pause may last."""

    idle_limit: float | None = None
    time: float = 0.0
    position: float = 0.0

    def take(self, time: float) -> float:
        """The position of the next event; events come in the order of the file."""
        passed = max(time - self.time, 0.0)
        self.time = max(time, self.time)
        self.position += passed if self.idle_limit is None else min(passed, self.idle_limit)
        return self.position
