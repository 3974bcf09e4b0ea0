"""The emulator as its users see it: bytes in; rows, cursor, modes, damage and events out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mooring_widgets.emulator.cursor import Cursor
from mooring_widgets.emulator.damage import Damage
from mooring_widgets.emulator.events import Event
from mooring_widgets.emulator.modes import Modes
from mooring_widgets.emulator.parser import Parser
from mooring_widgets.emulator.redraw import Redraw
from mooring_widgets.emulator.replies import Replies
from mooring_widgets.emulator.resizing import clamped
from mooring_widgets.emulator.rgb import Rgb
from mooring_widgets.emulator.row import Row
from mooring_widgets.emulator.screen import Screen
from mooring_widgets.emulator.settings import Settings
from mooring_widgets.emulator.snapshots import make_row, make_run
from mooring_widgets.emulator.still import StillText
from mooring_widgets.emulator.text_run import TextRun


class Emulator:
    """A terminal of `columns` by `lines` cells that understands what xterm does.

    Synchronous and of one thread. `feed` never raises, whatever comes. Answers to the remote go to `reply`, at most one
    call a feed. Everything else is asked for: `take_damage` and `take_events` say what happened since the last call.
    `settings` holds the further choices; `scrollback_lines` and `scrollback_bytes` are there as arguments for brevity.
    """

    def __init__(
        self,
        columns: int,
        lines: int,
        *,
        scrollback_lines: int | None = None,
        scrollback_bytes: int | None = None,
        reply: Callable[[bytes], None] | None = None,
        settings: Settings | None = None,
    ) -> None:
        chosen = (settings or Settings()).with_scrollback(scrollback_lines, scrollback_bytes)
        columns, lines = clamped(columns, lines)
        self._replies = Replies(reply)
        self._screen = Screen(columns, lines, chosen, self._replies)
        self._parser = Parser(self._screen)

    def feed(self, data: bytes) -> None:
        """Take output of the remote, cut anywhere."""
        self._parser.feed(data)
        self._replies.flush()

    def resize(self, columns: int, lines: int) -> None:
        """Take another size in cells: the main screen and its scrollback reflow, the cursor stays at its text."""
        columns, lines = clamped(columns, lines)
        screen = self._screen
        if (columns, lines) != (screen.columns, screen.lines):
            screen.resizing.resize(columns, lines)
            if self.modes.in_band_resize:
                screen.window.report_in_band()
                self._replies.flush()

    @property
    def columns(self) -> int:
        """The width in cells; DECCOLM may change it where the settings allow that."""
        return self._screen.columns

    @property
    def lines(self) -> int:
        """The height in cells."""
        return self._screen.lines

    @property
    def display(self) -> list[str]:
        """The rows as text, padded to the width, as pyte has it."""
        return self._screen.display

    def row(self, y: int) -> Row:
        """One row of the screen; 0 is the top. Raises IndexError beyond the bottom."""
        screen = self._screen
        return make_row(screen.rows[y], screen.columns, screen.versions)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of the screen."""
        return tuple(self.row(y) for y in range(self.lines))

    @property
    def scrollback_length(self) -> int:
        """How many rows above the screen can be read."""
        return len(self._screen.scrollback)

    @property
    def scrollback_size(self) -> int:
        """Bytes that those rows take, about."""
        return self._screen.scrollback.size

    @property
    def scrolled_out(self) -> int:
        """How many rows ever left the screen at its top: readers keep their place by it until a reflow changes it."""
        return self._screen.scrollback.total

    def scrollback_row(self, index: int) -> Row:
        """One row above the screen; 0 is the oldest. Raises IndexError beyond the ends."""
        screen = self._screen
        return make_row(screen.scrollback.line(index), screen.columns, screen.versions)

    # The text by line numbers, which are counted from the first line that ever was.

    @property
    def first_line(self) -> int:
        """The number of the oldest line that can be read; the alternate screen has no scrollback."""
        return self.scrolled_out - (0 if self._screen.buffers.alternate else self.scrollback_length)

    def row_at(self, line: int) -> Row | None:
        """The line with that number, None where it is dropped or not yet there."""
        y = line - self.scrolled_out
        if y >= 0:
            return self.row(y) if y < self.lines else None
        return self.scrollback_row(line - self.first_line) if line >= self.first_line else None

    def text_before(self, line: int) -> TextRun | None:
        """A run of lines that ends in front of `line`, None where none is left; what is held together comes at once."""
        screen = self._screen
        if line > self.scrolled_out:
            return make_run(self.scrolled_out, screen.rows[: line - self.scrolled_out])
        return screen.scrollback.text_before(line) if line > self.first_line else None

    def still(self) -> StillText:
        """The text as it is now, to be read at leisure until the size changes."""
        return StillText(self._screen)

    def clear_scrollback(self) -> None:
        """Forget the rows above the screen."""
        self._screen.scrollback.clear()

    @property
    def cursor(self) -> Cursor:
        """Where the cursor is and how it looks."""
        return self._screen.cursor.snapshot()

    @property
    def modes(self) -> Modes:
        """What the remote switched on."""
        return self._screen.switches.snapshot()

    @property
    def title(self) -> str:
        """The window title, without control characters."""
        return self._screen.title

    @property
    def palette(self) -> dict[int | str, Rgb]:
        """The colours that the remote put in place of the owner's, by the index or name of `PaletteChanged`."""
        return dict(self._screen.colours.changed)

    def set_base_colours(
        self, foreground: Rgb, background: Rgb, cursor: Rgb, palette: Sequence[Rgb] = (), *, dark: bool = True
    ) -> None:
        """Tell the colours that are painted now, for reports; a program that asked for it (mode 2031) hears of it."""
        screen = self._screen
        screen.colours.rebase(palette, {"foreground": foreground, "background": background, "cursor": cursor})
        if dark != screen.dark:
            screen.dark = dark
            if self.modes.colour_scheme_reports:
                screen.reports.colour_scheme()
                self._replies.flush()

    def set_cell_pixels(self, width: int, height: int) -> None:
        """Tell how many pixels a cell has, for reports; a program that asked for it (mode 2048) hears of a change."""
        screen = self._screen
        pixels = max(width, 1), max(height, 1)
        if pixels != screen.cell_pixels:
            screen.cell_pixels = pixels
            if self.modes.in_band_resize:
                screen.window.report_in_band()
                self._replies.flush()

    @property
    def cell_pixels(self) -> tuple[int, int]:
        """A cell's width and height in pixels, as programs are told."""
        return self._screen.cell_pixels

    def grant_kitty_flags(self, flags: int) -> None:
        """Tell which progressive enhancements the outer terminal gives us now; later requests are cut to them."""
        self._screen.keyboard.granted = flags

    def take_damage(self) -> Damage:
        """What looks different since the last call; nothing while a synchronized update is under way."""
        if self._screen.actions.synchronized:
            return Damage((), False)
        return self._screen.damage.take(self._screen.rows)

    def take_events(self) -> tuple[Event, ...]:
        """What happened besides since the last call, oldest first."""
        return self._screen.events.take()

    def restore_modes(self) -> None:
        """Put back what a program that died left on: mouse, paste, keyboard, alternate screen, margins, cursor."""
        self._screen.resets.after_death()
        self._parser.forget_encoding()

    def restoring(self) -> bytes:
        """What does the same when it is fed, here or to an emulator in the same state; it ends what is under way."""
        return f"\x18\x1b\\{self._screen.resets.sequences_after_death()}".encode()

    def redraw(self, *, scrollback: bool = True) -> Iterator[bytes]:
        """The screen with its scrollback (or without), modes and title as bytes, in pieces of some 64 KiB.

        Fed to an emulator of the same size they make it look like this one and go on like it, down to a sequence that
        is under way. Nothing may be fed here until all pieces have been taken.
        """
        yield from Redraw(self._screen, scrollback=scrollback).pieces()
        yield self._parser.unfinished

    @property
    def unknown_sequences(self) -> dict[str, int]:
        """How often what kind of sequence came that is not understood."""
        return dict(self._parser.dispatcher.unknown)
