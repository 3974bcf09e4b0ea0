"""Writing a recording beside the event loop: a thread takes from a bounded queue, and the session never waits for it
for long."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mooring.model.errors import RecordingError
from mooring.model.recording import RecordingFormat, RecordingPlan, RecordingState
from mooring.model.terminal import TerminalSize
from mooring.recording.asciicast import AsciicastEncoder
from mooring.recording.encoder import Encoder
from mooring.recording.recording_file import RecordingFile

if TYPE_CHECKING:
    from mooring_widgets.emulator import Emulator

FULL = 4 * 1024 * 1024
"""Bytes in the queue from which on no more should come."""

PATIENCE = 5.0
"""Seconds that a full queue may stand still: a disk that hangs ends the recording, not the session."""

END_PATIENCE = 2.0
"""Seconds that the end of a session waits for what is still to be written."""

_logger = logging.getLogger(__name__)

_Entry = tuple[float, bytes | TerminalSize]


class Recorder:
    """Records one terminal from `begin` to `stop`. Called in the event loop alone, and tells it by two callbacks.

    `changed` gets the state when the file is there and when the recording fails; `full` whether output should wait.
    """

    def __init__(
        self,
        plan: RecordingPlan,
        machine: str,
        size: TerminalSize,
        *,
        changed: Callable[[RecordingState], None],
        full: Callable[[bool], None],
    ) -> None:
        self.state = RecordingState("")
        self._plan = plan
        self._machine = machine
        self._first_size = self._size = size
        self._changed = changed
        self._full = full
        self._loop = asyncio.get_running_loop()
        self._began = time.monotonic()
        self._started = time.time()
        self._encoder = _encoder_for(plan, machine, self._started)
        self._entries: deque[_Entry] = deque()
        self._queued = 0
        self._is_full = False
        self._ending = False
        self._wake = threading.Condition()
        self._over = asyncio.Event()
        self._impatience: asyncio.TimerHandle | None = None
        # A thread that hangs in a write must not keep the engine's process.
        self._thread = threading.Thread(target=self._write_all, name=f"record {machine}", daemon=True)

    @property
    def is_running(self) -> bool:
        """Whether output is wanted."""
        return not self._ending and self.state.is_running

    def begin(self, emulator: Emulator | None = None) -> None:
        """Start; `emulator` is the terminal as it is, where it has been told something already."""
        if emulator is not None:
            for piece in self._encoder.beginning(emulator):
                self.output(piece)
        self._thread.start()

    def output(self, data: bytes) -> None:
        """The terminal was told something."""
        if data:
            self._add(data, len(data))

    def resize(self, size: TerminalSize) -> None:
        """The terminal took a size."""
        if (size.columns, size.lines) != (self._size.columns, self._size.lines):
            self._size = size
            self._add(size, 1)

    def stop(self) -> None:
        """End; what is in the queue is still written."""
        with self._wake:
            self._ending = True
            self._wake.notify()
        self._set_full(False)

    async def finished(self) -> None:
        """Wait until all is written, or for END_PATIENCE."""
        try:
            async with asyncio.timeout(END_PATIENCE):
                await self._over.wait()
        except TimeoutError:
            _logger.warning("the end of a recording was not written within %.0f seconds", END_PATIENCE)

    def _add(self, what: bytes | TerminalSize, size: int) -> None:
        if not self.is_running:
            return
        with self._wake:
            self._entries.append((time.monotonic() - self._began, what))
            self._queued += size
            self._wake.notify()
        self._set_full(self._queued >= FULL)

    # In the event loop, for the thread.

    def _opened(self, path: Path) -> None:
        self._tell(RecordingState(str(path)))

    def _failed(self, problem: str) -> None:
        if not self.state.is_running:
            return
        self._set_full(False)
        self._tell(RecordingState(self.state.path, problem))
        with self._wake:
            self._entries.clear()
            self._wake.notify()

    def _has_written(self) -> None:
        if self._is_full and self._queued < FULL // 2:
            self._set_full(False)
        elif self._impatience is not None:
            self._wait_again()

    def _tell(self, state: RecordingState) -> None:
        self.state = state
        self._changed(state)

    def _set_full(self, full: bool) -> None:
        if full == self._is_full:
            return
        self._is_full = full
        self._full(full)
        if full:
            self._wait_again()
        elif self._impatience is not None:
            self._impatience.cancel()
            self._impatience = None

    def _wait_again(self) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
        self._impatience = self._loop.call_later(PATIENCE, self._give_up)

    def _give_up(self) -> None:
        self._impatience = None
        self._failed(f"{self.state.path or self._plan.folder}: nothing could be written for {PATIENCE:.0f} seconds")

    # The thread.

    def _write_all(self) -> None:
        try:
            folder = Path(self._plan.folder).expanduser()
            file = RecordingFile.create(folder, self._machine, self._encoder.suffix, self._started)
            self._in_loop(self._opened, file.path)
            try:
                file.write(self._encoder.start(self._first_size))
                while entries := self._next():
                    file.write(b"".join(map(self._encoded, entries)))
                    self._in_loop(self._has_written)
                file.write(self._encoder.end(time.monotonic() - self._began))
            finally:
                file.close()
        except RecordingError as error:
            self._in_loop(self._failed, error.message)
        except Exception as error:
            _logger.exception("recording %s", self._machine)
            self._in_loop(self._failed, f"a fault in the recorder: {type(error).__name__}")
        finally:
            self._in_loop(self._over.set)

    def _next(self) -> list[_Entry]:
        """Wait for what is to be written; nothing when that is all."""
        with self._wake:
            self._wake.wait_for(lambda: self._entries or self._ending or not self.state.is_running)
            entries = list(self._entries)
            self._entries.clear()
            self._queued = 0
        return entries

    def _encoded(self, entry: _Entry) -> bytes:
        seconds, what = entry
        if isinstance(what, bytes):
            return self._encoder.output(seconds, what)
        return self._encoder.resize(seconds, what)

    def _in_loop(self, act: Callable[..., object], *arguments: object) -> None:
        try:
            self._loop.call_soon_threadsafe(act, *arguments)
        except RuntimeError:
            # The engine has ended while this was being written; nobody waits for it any more.
            return


def _encoder_for(plan: RecordingPlan, machine: str, started: float) -> Encoder:
    if plan.format is RecordingFormat.ASCIICAST:
        return AsciicastEncoder(machine, started)
    # It measures characters by Rich, which an engine that writes no text does without.
    from mooring.recording.text import TextEncoder

    return TextEncoder(started, stamps=plan.stamps)
