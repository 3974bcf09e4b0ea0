"""Which rows look different since a reader last asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mooring_widgets.emulator.line import Line


@dataclass(frozen=True, slots=True)
class Damage:
    """The rows, counted from the top of the screen, that changed; `everything` says that all did (and names them all).

    A moved cursor is no damage: readers compare `Emulator.cursor`.
    """

    rows: tuple[int, ...]
    everything: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


EPOCH = 1 << 48


class Versions:
    """Numbers that are never given twice, so that equal versions mean an equal look."""

    def __init__(self) -> None:
        self._next = 1
        self._epoch = 0

    def begin_epoch(self) -> None:
        """Give every line another version: the width changed, and with it each row."""
        self._epoch += EPOCH

    def take(self, count: int = 1) -> int:
        """Reserve `count` numbers and return the first."""
        first = self._next
        self._next += count
        return first

    def of(self, line: Line) -> int:
        """The line's version; a line that was changed since it was last asked gets a new one."""
        if not line.version:
            line.version = self.take()
        return line.version + self._epoch


class DamageTracker:
    """Compares the versions of the rows with those of the last look.

    Writers only set a line's version to 0, so the hot paths pay one store; the comparing is done once a frame.
    """

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._seen: list[int] = []
        self._all = True

    def mark_everything(self) -> None:
        """Make the next look report every row: the size, the palette or the reversal of the whole screen changed."""
        self._all = True

    def take(self, rows: Sequence[Line]) -> Damage:
        """Return what changed since the last call."""
        current = [self._versions.of(line) for line in rows]
        seen, self._seen = self._seen, current
        if self._all or len(seen) != len(current):
            self._all = False
            return Damage(tuple(range(len(current))), True)
        changed = tuple(y for y, version in enumerate(current) if version != seen[y])
        return Damage(changed, len(changed) == len(current))
