"""A recording's pace: what was on the screen for how long, whatever the machine took that it was made on."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from mooring_widgets.emulator import Emulator
from screenshots.frames import without_hidden_frames
from screenshots.neutral import Neutral

NEW_YEAR = 1_767_225_600
"""When the recording says that it was made."""

_FIRST = 0.5
"""Seconds before anything happens."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The output up to a number of bytes from the start, shown for some seconds; a chapter's name is a marker."""

    end: int
    seconds: float
    chapter: str


class Take:
    """The beats of a recording, in their order."""

    def __init__(self) -> None:
        self.beats: list[Beat] = []

    def cut(self, end: int, seconds: float, chapter: str = "") -> None:
        """What came since the last cut is one event, which is to be seen for so many seconds."""
        self.beats.append(Beat(end, seconds, chapter))

    def paced(self, recording: bytes) -> bytes:
        """The same asciicast with one event for each beat, its time as the beats say, and nothing of this machine."""
        first, *lines = recording.splitlines()
        header = msgspec.json.decode(first, type=dict[str, int | str | dict[str, str]])
        events = [msgspec.json.decode(line, type=tuple[float, str, str]) for line in lines]
        output = "".join(text for _seconds, kind, text in events if kind == "o").encode()
        emulator = Emulator(int(str(header["width"])), int(str(header["height"])))
        written = [msgspec.json.encode({**header, "timestamp": NEW_YEAR})]
        neutral = Neutral()
        seconds, start = _FIRST, 0
        for beat in self.beats:
            if piece := without_hidden_frames(output[start : beat.end].decode(), emulator):
                emulator.feed(piece.encode())
                written.append(msgspec.json.encode((round(seconds, 2), "o", neutral(piece))))
            if beat.chapter:
                written.append(msgspec.json.encode((round(seconds, 2), "m", beat.chapter)))
            seconds += beat.seconds
            start = beat.end
        # The last picture stays as long as the others do.
        written.append(msgspec.json.encode((round(seconds, 2), "o", "")))
        return b"\n".join(written) + b"\n"
