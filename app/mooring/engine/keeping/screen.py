"""A session's terminal on the engine's side: between the program, the UI, and what is kept for the next one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from mooring.engine.keeping.history import ScreenHistory
from mooring.engine.outlet import Outlet, SendData
from mooring.engine.valve import Channel, Valve
from mooring.model.terminal import TerminalSize
from mooring.recording import Recorder

_QUIET = 0.3
"""Seconds without output after which there is time to shorten the log."""

_LOOK_AGAIN = 0.05
"""Seconds after which it is looked whether it has become urgent."""

_DRAWING, _LOG, _RECORDING, _RECORDER_FULL = "drawing", "log", "recording", "recorder full"


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """How large a terminal is, and how much of what scrolled out of it is kept."""

    size: TerminalSize
    scrollback_lines: int
    scrollback_bytes: int


class Screen:
    """The `Receiver` of a shell's channel.

    With a UI, output goes there on credit and is noted for the next one. Without, it is noted, and `answer` gets what
    the program is owed by a terminal. What the program writes before `open` waits for it.
    """

    def __init__(
        self, session: int, settings: ScreenSettings, credit: int, send: SendData, answer: Callable[[bytes], None]
    ) -> None:
        self._session = session
        self._send = send
        self._valve = Valve()
        self._history = ScreenHistory(settings.size, settings.scrollback_lines, settings.scrollback_bytes, answer)
        self._outlet: Outlet | None = Outlet(session, credit, send, self._valve)
        self._outlet.open()
        self._drawn_until = 0
        self._is_open = False
        self._drawing: asyncio.Task[None] | None = None
        self._early: list[bytes] = []
        self._late: list[bytes] = []
        self._last_output = 0.0
        self._work: asyncio.Task[None] | None = None
        self._recording: asyncio.Task[None] | None = None

    # The program's side.

    def open(self, channel: Channel) -> None:
        """A program writes on `channel` from now on."""
        self._is_open = True
        self._valve.connect(channel)
        early, self._early = self._early, []
        for data in early:
            self.show(data)

    def close(self) -> None:
        """The channel is gone."""
        self._is_open = False
        self._valve.disconnect()

    def data_received(self, data: bytes) -> None:
        """Take output."""
        if self._is_open:
            self.show(data)
        else:
            self._early.append(data)

    def error_received(self, data: bytes) -> None:
        """Show standard error with the rest, as a terminal does."""
        self.data_received(data)

    def eof_received(self) -> None:
        """Nothing to do: the end comes with the shell's result."""

    # Ours.

    def show(self, data: bytes) -> None:
        """Put output, or text of ours, on the terminal."""
        if self._drawing is not None:
            self._late.append(data)
            return
        self._history.record(data)
        self._last_output = time.monotonic()
        if self._outlet is not None:
            self._outlet.add(data)
        self._keep_short()

    @property
    def last_output(self) -> float:
        """When something was put on the terminal last, on the clock of `time.monotonic`."""
        return self._last_output

    async def restoring(self) -> bytes:
        """What puts back the modes that a program which is gone has left on."""
        return (await self._history.emulator()).restoring()

    async def drained(self) -> None:
        """Wait until the UI, if there is one, has been sent everything."""
        if self._drawing is not None:
            await asyncio.wait((self._drawing,))
        if self._outlet is not None:
            await self._outlet.drained()

    async def finish(self) -> None:
        """End what goes on here; the UI is gone, or was sent everything."""
        tasks = [task for task in (self._work, self._drawing, self._recording) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if (recorder := self.stop_recording()) is not None:
            await recorder.finished()

    # Recording.

    def record(self, recorder: Recorder) -> None:
        """Have everything from now on recorded, from how the terminal looks now."""
        if not self._history.end:
            self._history.recorder = recorder
            recorder.begin()
            return
        # What is written meanwhile would be in the picture, and come once more.
        self._valve.set(_RECORDING, True)
        self._recording = asyncio.create_task(self._begin_recording(recorder), name=f"record session {self._session}")
        self._recording.add_done_callback(self._recording_begun)

    def stop_recording(self) -> Recorder | None:
        """Record no more, and tell what did until now."""
        if self._recording is not None:
            self._recording.cancel()
        recorder, self._history.recorder = self._history.recorder, None
        if recorder is not None:
            recorder.stop()
        return recorder

    def recorder_full(self, full: bool) -> None:
        """Whether the program has to wait for the recorder."""
        self._valve.set(_RECORDER_FULL, full)

    async def _begin_recording(self, recorder: Recorder) -> None:
        emulator = await self._history.emulator()
        self._history.recorder = recorder
        recorder.begin(emulator)

    def _recording_begun(self, recording: asyncio.Task[None]) -> None:
        if self._recording is recording:
            self._recording = None
            self._valve.set(_RECORDING, False)

    # The UI's side.

    def grant(self, count: int) -> None:
        """The UI takes so many bytes more."""
        if self._outlet is not None:
            self._outlet.grant(count)

    def resize(self, size: TerminalSize, after: int) -> None:
        """The UI's terminal took a size when it had shown `after` bytes of what it was sent."""
        outlet = self._outlet
        if outlet is None:
            return
        if self._drawing is not None or after < self._drawn_until:
            # It has not shown all that draws the terminal, which was made for another size: once more.
            self._draw(outlet, size)
        else:
            self._history.resize(size, self._history.end - outlet.added + after)

    def leave(self) -> None:
        """The UI is gone."""
        outlet, self._outlet = self._outlet, None
        if outlet is None:
            return
        self._history.answers_from = self._history.end
        if self._drawing is not None:
            self._drawing.cancel()
        else:
            self._history.answers_from -= outlet.waiting
        outlet.drop()
        self._keep_short()

    def take_up(self, size: TerminalSize, credit: int) -> None:
        """Another UI has a terminal of `size` for it: draw it there as it is, and go on."""
        self.leave()
        self._outlet = Outlet(self._session, credit, self._send, self._valve)
        self._outlet.open()
        self._draw(self._outlet, size)

    def _draw(self, outlet: Outlet, size: TerminalSize) -> None:
        before = self._drawing
        if before is not None:
            before.cancel()
        self._valve.set(_DRAWING, True)
        self._history.resize(size)
        self._drawing = asyncio.create_task(self._send_drawing(outlet, before), name=f"draw session {self._session}")
        self._drawing.add_done_callback(self._drawn)

    async def _send_drawing(self, outlet: Outlet, before: asyncio.Task[None] | None) -> None:
        """Send what draws the terminal anew; what is written meanwhile comes behind it."""
        if before is not None:
            await asyncio.wait((before,))
        await self._history.emulator()
        self._history.answers_from = None
        for piece in self._history.redraw():
            outlet.add(piece)
            await asyncio.sleep(0)
        self._drawn_until = outlet.added

    def _drawn(self, drawing: asyncio.Task[None]) -> None:
        if self._drawing is not drawing:
            return
        self._drawing = None
        self._valve.set(_DRAWING, False)
        late, self._late = self._late, []
        for data in late:
            self.show(data)
        self._keep_short()

    def _keep_short(self) -> None:
        """See to it that the log is shortened in good time; without a UI at once, since programs want answers."""
        history = self._history
        self._valve.set(_LOG, history.is_overfull)
        if self._work is None and (history.surplus > 0 or (self._outlet is None and history.is_behind)):
            self._work = asyncio.create_task(self._shorten(), name=f"shorten the log of session {self._session}")
            self._work.add_done_callback(self._shortened)

    async def _shorten(self) -> None:
        history = self._history
        while self._outlet is not None and history.surplus > 0:
            waited = time.monotonic() - self._last_output
            if waited < _QUIET and not history.is_urgent:
                await asyncio.sleep(min(_QUIET - waited, _LOOK_AGAIN))
            else:
                await history.shorten()
                self._valve.set(_LOG, history.is_overfull)
        if self._outlet is None:
            await history.emulator()

    def _shortened(self, work: asyncio.Task[None]) -> None:
        self._work = None
        if not work.cancelled():
            self._keep_short()
