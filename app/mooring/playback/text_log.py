"""Plain text as a recording: line after line, at the times that stand in front of them or at a pace for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mooring.playback.files import reading
from mooring.playback.recording import LATEST, LONGEST_LINE, Event, Mark, Output

PACE = 0.1
"""Seconds between two lines that have no time."""

START = Mark(0, 1)

_STAMP = re.compile(rb"\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)\]?[ \t]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class TextLog:
    """A text file; control characters in it are left out, so that it shows what `cat -v` would, or less."""

    path: Path
    size: tuple[int, int] = (120, 40)
    idle_limit: float | None = None
    start: Mark = START

    def events(self, start: Mark) -> Iterator[Event]:
        """Its lines from a place on; where times stand in front of them, the first of the file is the start."""
        with reading(self.path) as file:
            began = _time_of(file.readline(LONGEST_LINE))
        offset, number, latest = start.offset, start.line, 0.0
        with reading(self.path, offset) as file:
            while line := file.readline(LONGEST_LINE):
                offset += len(line)
                stamp = _time_of(line) if began is not None else None
                if began is None or stamp is None:
                    time = PACE * (number - 1) if began is None else latest
                else:
                    time = latest = min(max(stamp - began, 0.0), LATEST)
                yield Event(time, Output(_CONTROLS.sub(b"", line) + b"\r\n"), Mark(offset, number + 1))
                number += 1


def _time_of(line: bytes) -> float | None:
    if (stamp := _STAMP.match(line)) is None:
        return None
    try:
        moment = datetime.fromisoformat(stamp[1].decode().replace(",", "."))
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
