"""Writing plain text: each line as the terminal shows it when it is finished, with its time where that is wanted."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from mooring.model.terminal import TerminalSize
from mooring.recording.line_reader import LineReader

if TYPE_CHECKING:
    from mooring_widgets.emulator import Emulator


class TextEncoder:
    """An `Encoder`. What a program draws on the alternate screen (an editor, a pager) is no line, and left out.

    A stamp is the time at which its line was finished, as in "2026-11-26T09:30:01.250+01:00 the line":
    `mooring.playback` reads it, and `sort` sorts by it.
    """

    suffix = ".log"

    def __init__(self, started: float, *, stamps: bool) -> None:
        self._started = started
        self._stamps = stamps
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._lines = LineReader()

    def beginning(self, emulator: Emulator) -> Iterator[bytes]:
        """The line that the cursor is on: a prompt, mostly."""
        if emulator.modes.alternate_screen:
            yield b"\x1b[?1049h"
            return
        cursor = emulator.cursor
        yield emulator.row(cursor.y).text[: cursor.x].encode("utf-8", "replace")

    def start(self, size: TerminalSize) -> bytes:
        """Nothing: a text has no header."""
        self._lines.columns = size.columns
        return b""

    def output(self, seconds: float, data: bytes) -> bytes:
        """The lines that this finishes."""
        return self._written(seconds, self._lines.feed(self._decoder.decode(data)))

    def resize(self, seconds: float, size: TerminalSize) -> bytes:
        """Lines wrap elsewhere from now on."""
        self._lines.columns = size.columns
        return b""

    def end(self, seconds: float) -> bytes:
        """The line that was not finished."""
        finished = self._lines.feed(self._decoder.decode(b"", final=True))
        return self._written(seconds, (*finished, *self._lines.rest()))

    def _written(self, seconds: float, lines: Sequence[str]) -> bytes:
        if not lines:
            return b""
        stamp = ""
        if self._stamps:
            moment = datetime.fromtimestamp(self._started + seconds).astimezone()
            stamp = f"{moment.isoformat(timespec='milliseconds')} "
        return "".join(f"{stamp}{line}\n" for line in lines).encode("utf-8", "replace")
