"""Textual's driver for a terminal on a POSIX system, with the raw key sequences kept.

Use it as `App(driver_class=TerminalDriver)`. Beyond keys it mends what a program needs that runs for weeks: it goes
away in order on SIGTERM and SIGHUP and when its terminal is gone, where Textual 8.2.8's threads spin or block.
"""

from __future__ import annotations

import os
import signal
from io import TextIOWrapper
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from textual import constants
from textual.app import ScreenStackError
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize
from textual.message import Message
from textual.signal import Signal

from mooring_widgets.emulator.rgb import Rgb
from mooring_widgets.terminal.cell_pixels import CellPixels, measured_cell
from mooring_widgets.terminal.hardware_cursor import CursorWriter, HardwareCursor, ShowsCursor
from mooring_widgets.terminal.input_parser import ColourReported, KittyFlagsReported
from mooring_widgets.terminal.input_reader import InputReader
from mooring_widgets.terminal.kitty_keys import ALL_FLAGS
from mooring_widgets.terminal.vanishing_file import VanishingFile

if TYPE_CHECKING:
    from textual.app import App

_END_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
_SYNCHRONIZED = frozenset({"\x1b[?2026h", "\x1b[?2026l"})
"""What Textual writes around an update; nothing may come between."""

_ASK_FOR_MODIFIED_KEYS = "\x1b[>4;1m"
_LEAVE_MODIFIED_KEYS = "\x1b[>4m"
"""XTMODKEYS: ctrl+enter, ctrl+1 and such from terminals without the kitty protocol (xterm, tmux with extended-keys)."""

_SET_ALL_KITTY_FLAGS = f"\x1b[={int(ALL_FLAGS)}u\x1b[?u"

_QUESTIONS = "\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[?u"
"""The default colours, and the keyboard flags in force; terminals that know none of it stay silent."""


class TerminalDriver(LinuxDriver):
    """A `LinuxDriver` whose key events are `RawKey`s.

    What the person's terminal tells of itself a terminal emulator tells on when its program asks, and `reported` is
    published whenever it changes: `kitty_flags` are the flags of the kitty keyboard protocol that it granted (0: none),
    `foreground` and `background` its default colours (None: not known).
    `last_key_time` is when something was typed last, of `time.perf_counter`.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.kitty_flags = 0
        self.last_key_time = 0.0
        self._reported_cell: CellPixels | None = None
        self.foreground: Rgb | None = None
        self.background: Rgb | None = None
        self.reported: Signal[None] = Signal(app, "terminal-reported")
        self._cursor = CursorWriter()
        self._places_cursor = False
        self._has_asked = False
        self._handled_signals: list[signal.Signals] = []
        self._reader = InputReader(self._loop, self.fileno, self.process_message, self._input_ended, debug=debug)
        assert self._file is not None, "without stderr there is no terminal to draw on"
        # Of the file that LinuxDriver set it to, only write, flush and fileno are used.
        self._file = cast(TextIOWrapper, VanishingFile(self._file))

    def start_application_mode(self) -> None:
        """Take the terminal over, ask for every key event, and end the app in order on SIGTERM and SIGHUP."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # untyped in Textual 8.2.8
        self._reader.start()
        self._places_cursor = True
        if self.input_tty and not _is_apple_terminal():
            self.write(_ASK_FOR_MODIFIED_KEYS + self._questions())
            self.flush()
        for number in _END_SIGNALS:
            if signal.getsignal(number) is signal.SIG_DFL:
                self._loop.add_signal_handler(number, self._end_app, 128 + number)
                self._handled_signals.append(number)

    def _questions(self) -> str:
        """What is asked at the start; asked again later, an answer could reach a program that has the terminal then."""
        if self._has_asked:
            return _SET_ALL_KITTY_FLAGS if self.kitty_flags else ""
        self._has_asked = True
        return _QUESTIONS

    def run_input_thread(self) -> None:
        """Nothing: `InputReader` reads on the loop, and the thread that LinuxDriver starts for this ends at once."""

    def disable_input(self) -> None:
        """Read no more."""
        self._reader.stop()
        super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; the signals have their former meaning again."""
        while self._handled_signals:
            self._loop.remove_signal_handler(self._handled_signals.pop())
        if self._has_asked:
            super().write(_LEAVE_MODIFIED_KEYS)
        super().write(self._cursor.leave())
        self._places_cursor = False  # What is written from here on reaches the screen of whoever comes after us.
        super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write, with the cursor out of the way, and put it where the focused widget wants it."""
        if data not in _SYNCHRONIZED:
            data = self._cursor.frame(data, self._wanted_cursor())
        if data:
            super().write(data)

    def refresh_cursor(self) -> None:
        """Put the cursor right when nothing else is to be painted."""
        self.write("")

    def send_message(self, message: Message) -> None:
        """Post to the app; all that makes messages runs on the loop."""
        self._app.post_message(message)

    def process_message(self, message: Message) -> None:
        """Keep what is for the driver itself, pass on the rest."""
        if isinstance(message, KittyFlagsReported):
            self._kitty_flags_reported(message.flags)
            return
        if isinstance(message, ColourReported):
            if message.which == "foreground":
                self.foreground = message.color
            else:
                self.background = message.color
            self.reported.publish(None)
            return
        if isinstance(message, Key):
            self.last_key_time = perf_counter()
        elif isinstance(message, Resize) and message.pixel_size is not None:
            pixels, cells = message.pixel_size, message.size
            self._reported_cell = CellPixels.of(pixels.width, pixels.height, cells.width, cells.height)
        super().process_message(message)

    @property
    def cell_pixels(self) -> CellPixels | None:
        """A cell's width and height, None where the terminal tells neither its PTY nor us (mode 2048)."""
        return measured_cell(self.fileno) or self._reported_cell

    def _wanted_cursor(self) -> HardwareCursor | None:
        if not self._places_cursor:
            return None
        try:
            focused: object = self._app.focused
        except ScreenStackError:  # before the first screen, and after the last
            return None
        return focused.hardware_cursor() if isinstance(focused, ShowsCursor) else None

    def _input_ended(self) -> None:
        """Without its terminal the app has nobody to talk to; without a terminal it never had."""
        if self.input_tty:
            self._end_app(128 + signal.SIGHUP)

    def _kitty_flags_reported(self, flags: int) -> None:
        """Textual asks for some flags only. Where the protocol is known, ask for all: a remote program may want any."""
        if constants.DISABLE_KITTY_KEY:
            return
        is_news = not self.kitty_flags
        self.kitty_flags = flags & ALL_FLAGS
        self.reported.publish(None)
        if is_news and self.kitty_flags:
            self.write(_SET_ALL_KITTY_FLAGS)

    def _end_app(self, return_code: int) -> None:
        self._app.exit(return_code=return_code)


def _is_apple_terminal() -> bool:
    """Terminal.app prints parts of sequences that it does not know; Textual leaves it alone for that too."""
    return os.environ.get("TERM_PROGRAM") == "Apple_Terminal"
