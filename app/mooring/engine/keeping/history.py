"""A session's terminal as it can be drawn anew: an emulator for what lies back, and a log of what came since."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from mooring.engine.keeping.log import OutputLog
from mooring.model.terminal import TerminalSize
from mooring.recording import Recorder

if TYPE_CHECKING:
    from mooring_widgets.emulator import Emulator

KEPT = 1024 * 1024
"""Bytes of output that are kept as they came: most sessions never write more while a UI shows them, and cost no work
here. What is older goes into the emulator, when there is time."""

MOST = 16 * 1024 * 1024
"""Bytes after which a session's channel stands still until its log is shorter, unless there is room for more."""

ROOM = 64 * 1024 * 1024
"""Bytes that the logs of all sessions may have together: a single flood leaves the processor to those who show it, and
many at a time are bounded each."""

UNSHOWN = 512 * 1024
"""Bytes that the UI may not have shown yet, so that it may still say at which of them it took another size."""

_SLICE = 0.002
"""Seconds that the emulator works at a stretch; others want the loop."""

_PIECE = 32 * 1024


class ScreenHistory:
    """Records everything that the terminal is told, and makes an emulator of it when that is needed.

    While a UI is attached the emulator is only fed what no longer fits the log. `answer` gets what programs asked the
    terminal for, in output behind the place `answers_from`: the UI has answered the rest. A `recorder` hears of
    everything too.
    """

    def __init__(
        self, size: TerminalSize, scrollback_lines: int, scrollback_bytes: int, answer: Callable[[bytes], None]
    ) -> None:
        self.answers_from: int | None = None
        self.recorder: Recorder | None = None
        self._size = size
        self._scrollback = (scrollback_lines, scrollback_bytes)
        self._answer = answer
        self._log = OutputLog()
        self._emulator: Emulator | None = None
        self._working = asyncio.Lock()

    @property
    def end(self) -> int:
        """How many bytes the terminal was told so far."""
        return self._log.end

    @property
    def surplus(self) -> int:
        """How many bytes of the log ought to go into the emulator; negative where there is room."""
        return len(self._log) - KEPT

    @property
    def is_behind(self) -> bool:
        """Whether the emulator has not been told everything."""
        return len(self._log) > 0

    @property
    def is_urgent(self) -> bool:
        """Whether the log has to be shortened even while more comes, lest it is overfull soon."""
        return len(self._log) > MOST // 2 and self._log.together() > ROOM * 3 // 4

    @property
    def is_overfull(self) -> bool:
        """Whether no more should come before the log is shorter."""
        return len(self._log) > MOST and self._log.together() > ROOM

    def record(self, data: bytes) -> None:
        """Note output."""
        self._log.add(data)
        if self.recorder is not None:
            self.recorder.output(data)

    def resize(self, size: TerminalSize, after: int | None = None) -> None:
        """Note that the terminal took a size when it had shown `after` bytes of output (None: all of it)."""
        self._log.add_size(size, self._log.end if after is None else after)
        if self.recorder is not None:
            self.recorder.resize(size)

    async def shorten(self) -> None:
        """Let the emulator have what no longer fits the log, a slice at a time."""
        await self._work(lambda: self.surplus > 0, lambda: self._log.end - UNSHOWN)

    async def emulator(self) -> Emulator:
        """The emulator with all that was told so far."""
        await self._work(lambda: True, lambda: self._log.end)
        return self._made()

    def redraw(self) -> Iterator[bytes]:
        """What draws the terminal anew; `emulator` has to be waited for first, and nothing recorded meanwhile."""
        return self._made().redraw()

    async def _work(self, wanted: Callable[[], bool], before: Callable[[], int]) -> None:
        async with self._working:
            until = time.perf_counter() + _SLICE
            while wanted() and (entry := self._log.take(_PIECE, self._boundary(before()))) is not None:
                self._tell(entry)
                if time.perf_counter() > until:
                    await asyncio.sleep(0)
                    until = time.perf_counter() + _SLICE

    def _boundary(self, before: int) -> int:
        """No piece may have output on both sides of the place from which on programs are answered."""
        first = self.answers_from
        return min(before, first) if first is not None and self._log.start < first else before

    def _tell(self, entry: bytes | TerminalSize) -> None:
        emulator = self._made()
        if isinstance(entry, TerminalSize):
            emulator.resize(entry.columns, entry.lines)
        else:
            emulator.feed(entry)

    def _made(self) -> Emulator:
        if self._emulator is None:
            # Not needed by most engines, whose sessions end before much was written and are never left alone.
            from mooring_widgets.emulator import Emulator

            lines, size = self._scrollback
            self._emulator = Emulator(
                self._size.columns, self._size.lines, scrollback_lines=lines, scrollback_bytes=size, reply=self._reply
            )
        return self._emulator

    def _reply(self, data: bytes) -> None:
        if self.answers_from is not None and self._log.start > self.answers_from:
            self._answer(data)
