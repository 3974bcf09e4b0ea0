"""What a recording is to a player: a size to begin with, and events that can be read from any place that was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Output:
    """What the program wrote."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """The terminal took another size, in cells."""

    columns: int
    lines: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file: bytes from its start, and the number of the line that begins there."""

    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened `time` seconds after the start; `end` is the place in the file behind it."""

    time: float
    what: Output | Resize
    end: Mark


class Recording(Protocol):
    """A file of events."""

    @property
    def path(self) -> Path:
        """The file."""
        ...

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines at the start."""
        ...

    @property
    def idle_limit(self) -> float | None:
        """Seconds that a pause shall last at most, as the file wants it."""
        ...

    @property
    def start(self) -> Mark:
        """Where the events begin."""
        ...

    def events(self, start: Mark) -> Iterator[Event]:
        """The events from a place on, in the order of the file. Raises RecordingError at what can't be read."""
        ...


LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of one line of a file; a longer one is no recording."""

LATEST = 10 * 366 * 86_400.0
"""Seconds that no recording is longer than: later events count as happening then."""
