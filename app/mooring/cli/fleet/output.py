"""Where a run writes: standard output and error, which may be one terminal, with a line of progress at its foot."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from mooring.cli.native.streams import HIGH_WATER, OutputWriter

_CLEAR_LINE = b"\r\x1b[K"
_COLOURS = (36, 32, 35, 33, 34, 96, 92, 95, 93, 94)
"""SGR colours of machines' names: none of red, which is for errors."""


class RunOutput:
    """Writes without stopping the loop. Both streams share one writer where they are the same terminal's.

    `on_full`, `on_drained` and `on_failed` tell that nobody reads fast enough, that somebody does again, and that
    nobody will.
    """

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        *,
        on_full: Callable[[], None],
        on_drained: Callable[[], None],
        on_failed: Callable[[], None],
    ) -> None:
        self.is_terminal = os.isatty(1)
        self.shows_progress = os.isatty(2) and environment.get("TERM", "dumb") != "dumb"
        self.has_colour = self.is_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
        self._full = 0
        self._room = threading.Event()
        self._room.set()
        self._on_full = on_full
        self._on_drained = on_drained

        def writer(descriptor: int) -> OutputWriter:
            return OutputWriter(descriptor, on_full=self._fill, on_drained=self._drain, on_failed=on_failed)

        sys.stdout.flush()
        self._errors = writer(2)
        self._output = self._errors if self.is_terminal and os.isatty(2) else writer(1)
        self._status = b""
        self._held = 0
        self._withheld = bytearray()

    def write(self, data: bytes) -> None:
        """Write to standard output; whole lines, or the line of progress would cut them."""
        self._write(self._output, data)

    def write_error(self, data: bytes) -> None:
        """Write to standard error."""
        self._write(self._errors, data)

    def wait_for_room(self) -> None:
        """Block, in a thread of one's own, while too much waits to be written."""
        self._room.wait()

    def show_status(self, text: str) -> None:
        """Put a line of progress at the foot of the terminal, in place of the last; "" takes it away."""
        if not self.shows_progress:
            return
        line = text[: max(_columns() - 1, 0)].encode("utf-8", "replace")
        if line == self._status:
            return
        shown, self._status = self._status, line
        if not self._held:
            self._errors.write((_CLEAR_LINE if shown else b"") + line)

    @asynccontextmanager
    async def question(self) -> AsyncIterator[None]:
        """Keep the terminal free for a question: what was said before it is there first, the rest comes behind it."""
        self._held += 1
        if self._status and self._held == 1:
            self._errors.write(_CLEAR_LINE)
        for writer in {self._output, self._errors}:
            await writer.flush()
        try:
            yield
        finally:
            self._held -= 1
            if not self._held:
                self._release()

    async def finish(self) -> None:
        """Take the line away, and wait until everything is written."""
        self.show_status("")
        for writer in {self._output, self._errors}:
            await writer.finish()

    def bold(self, text: str) -> str:
        """The text as a heading, where there is colour."""
        return f"\x1b[1m{text}\x1b[0m" if self.has_colour else text

    def named(self, name: str, *, error: bool = False) -> str:
        """A machine's name in its colour, which stays the same from run to run; a red one for standard error."""
        if not self.has_colour:
            return name
        colour = 31 if error else _COLOURS[sum(name.encode("utf-8", "replace")) % len(_COLOURS)]
        return f"\x1b[{colour}m{name}\x1b[0m"

    def signed(self, line: str) -> str:
        """A line of a comparison: green where something came, red where something went."""
        colour = {"-": 31, "+": 32, "@": 36}.get(line[:1])
        return f"\x1b[{colour}m{line}\x1b[0m" if colour and self.has_colour else line

    def _write(self, writer: OutputWriter, data: bytes) -> None:
        if writer is not self._errors:
            writer.write(data)
        elif self._held:
            if len(self._withheld) <= HIGH_WATER < len(self._withheld) + len(data):
                self._fill()
            self._withheld += data
        elif self._status:
            writer.write(_CLEAR_LINE + data + self._status)
        else:
            writer.write(data)

    def _release(self) -> None:
        """Write what came during the question."""
        if len(self._withheld) > HIGH_WATER:
            self._drain()
        self._errors.write(bytes(self._withheld) + self._status)
        self._withheld.clear()

    def _fill(self) -> None:
        self._full += 1
        self._room.clear()
        self._on_full()

    def _drain(self) -> None:
        self._full -= 1
        if not self._full:
            self._room.set()
            self._on_drained()


def _columns() -> int:
    try:
        return os.get_terminal_size(2).columns
    except OSError:
        return 80
