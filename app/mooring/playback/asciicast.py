"""Recordings in asciinema's format asciicast v2: a line of JSON about the whole, then one for each event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from mooring.model.errors import RecordingError
from mooring.playback.files import reading
from mooring.playback.recording import LATEST, LONGEST_LINE, Event, Mark, Output, Resize

_Cells = Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class _Header(msgspec.Struct):
    version: int
    width: _Cells = 80
    height: _Cells = 24
    idle_time_limit: Annotated[float, msgspec.Meta(gt=0)] | None = None


_HEADERS = msgspec.json.Decoder(_Header)
_LINES = msgspec.json.Decoder(tuple[float, str, str])


@dataclass(frozen=True, slots=True)
class Asciicast:
    """An asciicast of version 2. Input and markers are passed over."""

    path: Path
    size: tuple[int, int]
    idle_limit: float | None
    start: Mark

    @classmethod
    def from_header(cls, path: Path, line: bytes) -> Asciicast:
        """Read the first line. Raises RecordingError."""
        try:
            header = _HEADERS.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RecordingError(f"{path}:1: no header of an asciicast: {error}") from error
        if header.version != 2:
            raise RecordingError(f"{path}: asciicast v{header.version} can't be played; v2 can")
        return cls(path, (header.width, header.height), header.idle_time_limit, Mark(len(line), 2))

    def events(self, start: Mark) -> Iterator[Event]:
        """The events from a place on. Raises RecordingError at a line that is none."""
        offset, number = start.offset, start.line
        with reading(self.path, offset) as file:
            while line := file.readline(LONGEST_LINE):
                offset += len(line)
                if line.strip() and (event := self._event(line, number, Mark(offset, number + 1))) is not None:
                    yield event
                number += 1

    def _event(self, line: bytes, number: int, end: Mark) -> Event | None:
        try:
            time, kind, data = _LINES.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if not line.endswith(b"\n"):
                raise RecordingError(f"{self.path}:{number}: the recording breaks off here") from error
            raise RecordingError(f"{self.path}:{number}: no event of an asciicast: {error}") from error
        time = min(max(time, 0.0), LATEST)
        if kind == "o":
            return Event(time, Output(data.encode("utf-8", "replace")), end)
        if kind == "r":
            columns, _x, lines = data.partition("x")
            if not (columns.isdecimal() and lines.isdecimal() and len(data) < 16):
                raise RecordingError(f"{self.path}:{number}: {data[:40]!r} is no size")
            return Event(time, Resize(int(columns), int(lines)), end)
        return None
