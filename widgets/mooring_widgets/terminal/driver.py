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
from io import TextIOWrapper
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual import constants
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from mooring_widgets.terminal.input_parser import InputParser, KittyFlagsReported
from mooring_widgets.terminal.kitty_keys import ALL_FLAGS

if TYPE_CHECKING:
    from textual.app import App

_POLL = 0.1
"""Seconds between looks at whether input is to end; nothing typed waits for it."""

_READ_SIZE = 64 * 1024
_END_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class TerminalDriver(LinuxDriver):
    """A `LinuxDriver` whose key events are `RawKey`s.

    `kitty_flags` are the flags of the kitty keyboard protocol that the person's terminal has granted, 0 where it has
    none; a terminal emulator tells them on when its program asks.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.kitty_flags = 0
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
        super().stop_application_mode()

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
        else:
            super().process_message(message)

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
