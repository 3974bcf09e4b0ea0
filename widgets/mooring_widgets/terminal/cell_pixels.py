"""How many pixels a cell of the person's terminal has."""

from __future__ import annotations

import struct
import termios
from fcntl import ioctl
from typing import NamedTuple, Self


class CellPixels(NamedTuple):
    """A cell's size in whole pixels, at least one each way."""

    width: int
    height: int

    @classmethod
    def of(cls, width: int, height: int, columns: int, lines: int) -> Self | None:
        """The size of one of so many cells in a window of so many pixels; None where a number is not known."""
        if not (width and height and columns and lines):
            return None
        return cls(max(round(width / columns), 1), max(round(height / lines), 1))


def measured_cell(descriptor: int) -> CellPixels | None:
    """What the terminal told its PTY (`ws_xpixel` and `ws_ypixel`); many tell nothing."""
    try:
        answer = ioctl(descriptor, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    lines, columns, width, height = struct.unpack("HHHH", answer)
    return CellPixels.of(width, height, columns, lines)
