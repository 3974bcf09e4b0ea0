"""Which rows are shown: the live screen, a place in the scrollback, or the text as it was at one moment."""

from __future__ import annotations

from mooring_widgets.emulator import Emulator
from mooring_widgets.emulator.row import Row
from mooring_widgets.terminal.text import Text


class Viewport:
    """A window as high as the screen that can be moved back over the scrollback.

    Lines have numbers, counted from the first that ever was; `top` is that of the first one shown. While the window is
    moved back it stays at its text, whatever scrolls out below it, until the text itself is dropped. While it is `held`
    it does so on the live screen too. A frozen one shows what was there when it froze.
    """

    def __init__(self, emulator: Emulator) -> None:
        self.held = False
        self._emulator = emulator
        self._text: Text = emulator
        self._back = 0
        self._seen = emulator.scrolled_out
        self._freezings = 0

    @property
    def text(self) -> Text:
        """What is looked at."""
        return self._text

    @property
    def height(self) -> int:
        """How many rows are shown."""
        return self._text.lines

    @property
    def columns(self) -> int:
        """How wide they are, in cells."""
        return self._text.columns

    @property
    def back(self) -> int:
        """How many lines above the live screen the window begins."""
        return self._back

    @property
    def limit(self) -> int:
        """The largest `back`: the alternate screen has no scrollback."""
        return self._text.scrolled_out - self._text.first_line

    @property
    def top(self) -> int:
        """The number of the first line shown."""
        return self._text.scrolled_out - self._back

    @property
    def frozen(self) -> bool:
        """Whether it shows what was there at one moment."""
        return self._text is not self._emulator

    def row(self, y: int) -> Row | None:
        """What is shown `y` rows below the window's top."""
        return self.row_at(self.top + y)

    def row_at(self, line: int) -> Row | None:
        """The line with that number, None where it is dropped or not yet there."""
        return self._text.row_at(line)

    def move(self, back: int) -> bool:
        """Move the window, as far as there is text; return whether it moved."""
        back = min(max(back, 0), self.limit)
        moved = back != self._back
        self._back = back
        return moved

    def show(self, line: int, *, margin: int = 0) -> bool:
        """Move as far as it takes to see a line, `margin` rows from the edge; return whether it moved.

        A line far away comes into the middle.
        """
        y = line - self.top
        if margin <= y < self.height - margin:
            return False
        target = self.height // 2 if not -self.height < y < 2 * self.height else margin if y < margin else -margin - 1
        return self.move(self._text.scrolled_out - line + (target if target >= 0 else self.height + target))

    def freeze(self) -> None:
        """Keep showing what is there now."""
        self.follow()
        self._text = self._emulator.still()
        self._freezings += 1

    def thaw(self, *, live: bool) -> None:
        """Show what goes on again: the live screen, or the text that was looked at, as far as it is still there."""
        top = self.top
        self._text = self._emulator
        self._seen = self._emulator.scrolled_out
        self._freezings += 1
        self.move(0 if live else self._seen - top)

    @property
    def place(self) -> tuple[int, int, bool]:
        """What tells one place from another: the lines shown, or that it is the live screen, which damage describes."""
        return (self._freezings, self.top, True) if self._back or self.frozen else (self._freezings, 0, False)

    def follow(self) -> None:
        """Keep to the text after output came, or to its oldest line that is still there."""
        if self.frozen:
            return
        scrolled = self._emulator.scrolled_out - self._seen
        self._seen = self._emulator.scrolled_out
        if self._back or self.held:
            self.move(self._back + scrolled)
