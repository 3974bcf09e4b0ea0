"""The terminal in raw mode, and back: the remote side echoes and edits, so the local one must not."""

from __future__ import annotations

import fcntl
import os
import struct
import termios
from types import TracebackType

from mooring.model.terminal import TerminalSize

_INPUT_OFF = (
    termios.ISTRIP | termios.INLCR | termios.IGNCR | termios.ICRNL | termios.IXON | termios.IXANY | termios.IXOFF
)
_LOCAL_OFF = (
    termios.ISIG | termios.ICANON | termios.ECHO | termios.ECHOE | termios.ECHOK | termios.ECHONL | termios.IEXTEN
)


class RawMode:
    """Raw mode of a terminal for as long as the context lasts; `pause` and `resume` step out of it in between.

    A descriptor that is no terminal is left alone. The flags are those of OpenSSH's enter_raw_mode (sshtty.c).
    """

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._saved: list[int | list[bytes | int]] | None = None

    def __enter__(self) -> RawMode:
        self.resume()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pause()

    def resume(self) -> None:
        """Enter raw mode."""
        if self._saved is not None or not os.isatty(self._descriptor):
            return
        try:
            saved = termios.tcgetattr(self._descriptor)
            raw = [*saved]
            raw[0] = (saved[0] | termios.IGNPAR) & ~_INPUT_OFF
            raw[1] = saved[1] & ~termios.OPOST
            raw[3] = saved[3] & ~_LOCAL_OFF
            raw[6] = [*saved[6]]
            raw[6][termios.VMIN] = 1
            raw[6][termios.VTIME] = 0
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, raw)
        except termios.error:
            # The terminal hung up; reading from it will tell.
            return
        self._saved = saved

    def pause(self) -> None:
        """Put the modes back as they were."""
        if self._saved is None:
            return
        saved, self._saved = self._saved, None
        try:
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, saved)
        except termios.error:
            # The terminal hung up: there is nothing left to put back.
            return


def terminal_size(descriptor: int = 0) -> TerminalSize:
    """The size of the terminal behind `descriptor`; zeroes where it is none, as ssh sends then."""
    try:
        packed = fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return TerminalSize(0, 0)
    lines, columns, pixel_width, pixel_height = struct.unpack("HHHH", packed)
    return TerminalSize(columns, lines, pixel_width, pixel_height)
