"""Textual's driver for a terminal on a POSIX system, with the raw key sequences kept.

Use it as `App(driver_class=TerminalDriver)`. Beyond keys it mends what a program needs that runs for weeks: it goes
away in order on SIGTERM and SIGHUP and when its terminal is gone, where Textual 8.2.8's threads spin or block.
"""

from __future__ import annotations

import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from dataclasses import dataclass
from io import TextIOWrapper
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, Protocol, TextIO, cast, runtime_checkable

from textual import constants
from textual.app import ScreenStackError
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize
from textual.message import Message

from mooring_widgets.terminal.input_parser import InputParser, KittyFlagsReported
from mooring_widgets.terminal.kitty_keys import ALL_FLAGS

if TYPE_CHECKING:
    from textual.app import App

_POLL = 0.1
"""Seconds between looks at whether input is to end; nothing typed waits for it."""

_READ_SIZE = 64 * 1024
_END_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
_HIDE_CURSOR = "\x1b[?25l"
_SHOW_CURSOR = "\x1b[?25h"
_DEFAULT_SHAPE = "\x1b[0 q"
_SYNCHRONIZED = frozenset({"\x1b[?2026h", "\x1b[?2026l"})


@dataclass(frozen=True, slots=True)
class HardwareCursor:
    """Where the terminal's own cursor is to be shown, in cells of the screen, and its DECSCUSR number."""

    x: int
    y: int
    shape: int


@runtime_checkable
class ShowsCursor(Protocol):
    """A widget that wants the terminal's own cursor while it has the focus: it can be a bar, blink, and lead an IME."""

    def hardware_cursor(self) -> HardwareCursor | None:
        """The cursor, None where it is hidden."""
        ...


class TerminalDriver(LinuxDriver):
    """A `LinuxDriver` whose key events are `RawKey`s.

    `kitty_flags` are the flags of the kitty keyboard protocol that the person's terminal has granted, 0 where it has
    none; a terminal emulator tells them on when its program asks. `last_key_time` is when something was typed last (of
    `time.perf_counter`), `cell_pixels` a cell's width and height in pixels where the terminal reports them.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.kitty_flags = 0
        self.last_key_time = 0.0
        self.cell_pixels: tuple[float, float] | None = None
        self._shown_cursor: HardwareCursor | None = None
        self._wants_all_kitty_flags = False
        self._handled_signals: list[signal.Signals] = []
        assert self._file is not None, "without stderr there is no terminal to draw on"
        # Of the file that LinuxDriver set it to, only write, flush and fileno are used.
        self._file = cast(TextIOWrapper, _VanishingFile(self._file))

    def start_application_mode(self) -> None:
        """Take the terminal over, ask for every key event, and end the app in order on SIGTERM and SIGHUP."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # untyped in Textual 8.2.8
        if not constants.DISABLE_KITTY_KEY and self.input_tty:
            self._wants_all_kitty_flags = True
            self.write("\x1b[?u")
            self.flush()
        for number in _END_SIGNALS:
            if signal.getsignal(number) is signal.SIG_DFL:
                self._loop.add_signal_handler(number, self._end_app, 128 + number)
                self._handled_signals.append(number)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; the signals have their former meaning again."""
        while self._handled_signals:
            self._loop.remove_signal_handler(self._handled_signals.pop())
        if self._shown_cursor is not None:
            self._shown_cursor = None
            super().write(_DEFAULT_SHAPE)
        super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write, with the cursor out of the way, and put it where the focused widget wants it."""
        if data in _SYNCHRONIZED:
            super().write(data)
            return
        shown, wanted = self._shown_cursor, self._wanted_cursor()
        if shown is not None and data:
            data = _HIDE_CURSOR + data
        if wanted is not None:
            shape = f"\x1b[{wanted.shape} q" if shown is None or shown.shape != wanted.shape else ""
            data += f"{shape}\x1b[{wanted.y + 1};{wanted.x + 1}H{_SHOW_CURSOR}"
        elif shown is not None:
            data += _HIDE_CURSOR
        self._shown_cursor = wanted
        if data:
            super().write(data)

    def refresh_cursor(self) -> None:
        """Put the cursor right when nothing else is to be painted."""
        if self._wanted_cursor() != self._shown_cursor:
            self.write("")

    def run_input_thread(self) -> None:
        """Read the terminal until the driver stops, or the terminal is gone."""
        parser = InputParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        selector = selectors.DefaultSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        with selector:
            while not self.exit_event.is_set():
                deadline = parser.deadline
                wait = _POLL if deadline is None else min(max(deadline - monotonic(), 0.0), _POLL)
                if selector.select(wait):
                    data = self._read()
                    if not data:
                        self._input_ended()
                        return
                    self._deliver(parser.feed(decode(data)))
                elif deadline is not None and monotonic() >= deadline:
                    self._deliver(parser.expire())

    def process_message(self, message: Message) -> None:
        """Keep what is for the driver itself, pass on the rest."""
        if isinstance(message, KittyFlagsReported):
            self._kitty_flags_reported(message.flags)
            return
        if isinstance(message, Key):
            self.last_key_time = perf_counter()
        elif isinstance(message, Resize) and message.pixel_size is not None:
            self.cell_pixels = (
                message.pixel_size.width / max(message.size.width, 1),
                message.pixel_size.height / max(message.size.height, 1),
            )
        super().process_message(message)

    def _wanted_cursor(self) -> HardwareCursor | None:
        try:
            focused: object = self._app.focused
        except ScreenStackError:  # before the first screen, and after the last
            return None
        return focused.hardware_cursor() if isinstance(focused, ShowsCursor) else None

    def _deliver(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ_SIZE)
        except OSError:  # EIO: the terminal hung up
            return b""

    def _input_ended(self) -> None:
        """Without its terminal the app has nobody to talk to; without a terminal it never had."""
        if self.input_tty:
            self._loop.call_soon_threadsafe(self._end_app, 128 + signal.SIGHUP)

    def _kitty_flags_reported(self, flags: int) -> None:
        """Textual asks for some flags only. Where the protocol is known, ask for all: a remote program may want any."""
        self.kitty_flags = flags & ALL_FLAGS
        if self._wants_all_kitty_flags and flags:
            self._wants_all_kitty_flags = False
            self.write(f"\x1b[={int(ALL_FLAGS)}u\x1b[?u")

    def _end_app(self, return_code: int) -> None:
        self._app.exit(return_code=return_code)


class _VanishingFile:
    """The terminal as a file that swallows what is written once the terminal is gone.

    Textual's writer thread dies of the OSError, its queue of thirty fills up, and the app blocks for ever in `write`.
    """

    def __init__(self, file: TextIO) -> None:
        self._terminal = file
        self._gone = False

    def write(self, text: str) -> int:
        """Write, or drop."""
        if not self._gone:
            try:
                self._terminal.write(text)
            except OSError:
                self._gone = True
        return len(text)

    def flush(self) -> None:
        """Flush, or do nothing."""
        if not self._gone:
            try:
                self._terminal.flush()
            except OSError:
                self._gone = True

    def fileno(self) -> int:
        """The descriptor."""
        return self._terminal.fileno()
