"""Which rows are shown: the live screen, or a place in the scrollback."""

from __future__ import annotations

from mooring_widgets.emulator import Emulator
from mooring_widgets.emulator.row import Row


class Viewport:
    """A window as high as the screen that can be moved back over the scrollback.

    Lines have numbers, counted from the first that ever was; `top` is that of the first one shown. While the window is
    moved back it stays at its text, whatever scrolls out below it, until the text itself is dropped.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._back = 0
        self._seen = emulator.scrolled_out

    @property
    def back(self) -> int:
        """How many lines above the live screen the window begins."""
        return self._back

    @property
    def limit(self) -> int:
        """The largest `back`: the alternate screen has no scrollback."""
        return 0 if self._emulator.modes.alternate_screen else self._emulator.scrollback_length

    @property
    def top(self) -> int:
        """The number of the first line shown."""
        return self._emulator.scrolled_out - self._back

    def row(self, y: int) -> Row | None:
        """What is shown `y` rows below the window's top."""
        return self.row_at(self.top + y)

    def row_at(self, line: int) -> Row | None:
        """The line with that number, None where it is dropped or not yet there."""
        emulator = self._emulator
        y = line - emulator.scrolled_out
        if y >= 0:
            return emulator.row(y) if y < emulator.lines else None
        index = y + emulator.scrollback_length
        return emulator.scrollback_row(index) if index >= 0 else None

    def move(self, back: int) -> bool:
        """Move the window, as far as there is text; return whether it moved."""
        back = min(max(back, 0), self.limit)
        moved = back != self._back
        self._back = back
        return moved

    @property
    def place(self) -> tuple[int, bool]:
        """What tells one place from another: the lines shown, or that it is the live screen, which damage describes."""
        return (self.top, True) if self._back else (0, False)

    def follow(self) -> None:
        """Keep to the text after output came, or to its oldest line that is still there."""
        scrolled = self._emulator.scrolled_out - self._seen
        self._seen = self._emulator.scrolled_out
        if self._back:
            self.move(self._back + scrolled)
