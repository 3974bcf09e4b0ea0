"""What can be looked back at: an emulator, or its text as it was at one moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from mooring_widgets.emulator import Row, TextRun

RowAt = Callable[[int], Row | None]
"""Gives the row with a number, None where there is none (any more)."""


class Text(Protocol):
    """Lines by number, counted from the first that ever was: those of the scrollback, and of the screen below it."""

    @property
    def columns(self) -> int:
        """The width in cells."""
        ...

    @property
    def lines(self) -> int:
        """The height of the screen in cells."""
        ...

    @property
    def first_line(self) -> int:
        """The number of the oldest line that can be read."""
        ...

    @property
    def scrolled_out(self) -> int:
        """The number of the screen's first line."""
        ...

    def row_at(self, line: int) -> Row | None:
        """The line with that number, None where there is none (any more)."""
        ...

    def text_before(self, line: int) -> TextRun | None:
        """A run of lines that ends in front of `line`, None where none is left."""
        ...


def end_of(text: Text) -> int:
    """The number of the line behind the last."""
    return text.scrolled_out + text.lines
