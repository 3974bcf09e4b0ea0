"""What a session is recorded to, and how that goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RecordingFormat(StrEnum):
    """How a recording is written; the values are what settings call it."""

    ASCIICAST = "asciicast"
    """asciicast v2: everything that the terminal was told, with its times; `mooring play` and asciinema play it."""
    TEXT = "text"
    """Plain text, line by line, without escapes."""


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """Where to and how to record: a folder (it is made where it is missing), and with times before lines of text."""

    folder: str
    format: RecordingFormat = RecordingFormat.ASCIICAST
    stamps: bool = False


@dataclass(frozen=True, slots=True)
class RecordingState:
    """A recording's file, and why it ended by itself; "" as long as it goes on."""

    path: str
    problem: str = ""

    @property
    def is_running(self) -> bool:
        """Whether output is written to it."""
        return not self.problem
