"""A screen as bytes that make a fresh emulator of the same size look and behave the same.

The state of an emulator is carried over in the only language that every emulator understands: what a program would have
sent to bring it about. So a process that keeps a session alive can give it to another, whatever the version of either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mooring_widgets.emulator.charsets import CharsetState
from mooring_widgets.emulator.cursor import CursorShape
from mooring_widgets.emulator.graphemes import ZERO_WIDTH_JOINER
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.mode_switches import DEFAULT_MODES, PRIVATE_SHIFT
from mooring_widgets.emulator.redraw_lines import LineWriter, PenWriter
from mooring_widgets.emulator.resets import HIGHEST_LEVEL
from mooring_widgets.emulator.segments import RawBlock

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_PIECE = 64 * 1024
"""Characters after which a piece goes out."""

_CLEAN = "\x18\x1b\\\x1bc\x1b[3J"
"""Break off what may be under way, RIS, and forget the scrollback."""

_SET_APART = frozenset({3, 6, 25, 47, 69, 1047, 1048, 1049, 2026})
"""Private modes that are switched at their own place or not at all: each does more than being on."""

_DESIGNATORS = "()*+"
_DESIGNATORS_OF_96 = " -./"
_LOCKS = ("\x0f", "\x0e", "\x1bn", "\x1bo")
_RIGHT_LOCKS = {1: "\x1b~", 2: "\x1b}", 3: "\x1b|"}
_SHAPES = {CursorShape.BLOCK: 1, CursorShape.UNDERLINE: 3, CursorShape.BAR: 5}


class Redraw:
    """Writes one screen, which must not change until all pieces have been taken.

    Modes put aside by XTSAVE are left out, and so is the `scrollback` where it is not wanted.
    """

    def __init__(self, screen: Screen, *, scrollback: bool = True) -> None:
        self._screen = screen
        self._scrollback = scrollback
        self._pens = PenWriter(screen.pens.default)
        self._lines = LineWriter(screen.columns, self._pens)

    def pieces(self) -> Iterator[bytes]:
        """The bytes, in pieces of some size."""
        gathered: list[str] = []
        size = 0
        for part in self._parts():
            gathered.append(part)
            size += len(part)
            if size >= _PIECE:
                yield "".join(gathered).encode("utf-8", "replace")
                gathered, size = [], 0
        yield "".join(gathered).encode("utf-8", "replace")

    def _parts(self) -> Iterator[str]:
        screen = self._screen
        buffers = screen.buffers
        yield _CLEAN
        yield self._level()
        yield screen.titles.redraw()
        yield screen.palette_commands.redraw()
        yield screen.renditions.redraw()
        main, other = (buffers.hidden, screen.rows) if buffers.alternate else (screen.rows, buffers.hidden)
        yield from self._main_lines(main)
        yield self._saved_cursor(alternate=False)
        yield screen.keyboard.redraw_flags(alternate=False)
        if other:
            yield self._pens.reset() + "\x1b[?47h\x1b[H"
            yield from self._lines.write(other)
            yield self._saved_cursor(alternate=True)
            yield screen.keyboard.redraw_flags(alternate=True)
            if not buffers.alternate:
                yield "\x1b[?47l"
        yield screen.keyboard.redraw_resources()
        yield self._tab_stops()
        yield self._margins()
        yield self._place_in_margins()
        # Printing is over, so what changes how text is printed may come.
        yield self._modes()
        yield self._look()
        yield self._character_sets(screen.charsets.state)
        yield self._protection()
        if not screen.charsets.is_utf8:
            yield "\x1b%@"
        if screen.actions.synchronized:
            yield "\x1b[?2026h"
        if screen.charsets.single is not None:
            yield {2: "\x1bN", 3: "\x1bO"}[screen.charsets.single]

    def _main_lines(self, main: Sequence[Line]) -> Iterator[str]:
        """The scrollback, and the main screen below it."""
        lines: list[Line] = []
        for segment, start in self._screen.scrollback.shown_segments() if self._scrollback else ():
            if isinstance(segment, RawBlock):
                yield from self._lines.write(lines, more=True)
                lines = []
                yield self._lines.write_block(*segment.as_sent(start))
            else:
                lines += segment.all_lines()[start:]
        yield from self._lines.write([*lines, *main])

    def _level(self) -> str:
        screen = self._screen
        parts = ""
        if screen.resets.level != HIGHEST_LEVEL:
            parts += f'\x1b[{60 + screen.resets.level}"p'
        if screen.replies.eight_bit or parts:
            parts += "\x1b G" if screen.replies.eight_bit else "\x1b F"
        return parts

    def _saved_cursor(self, *, alternate: bool) -> str:
        saved = self._screen.buffers.saved(alternate=alternate)
        if saved is None:
            return ""
        # Origin mode goes first, since it moves the cursor; without margins it changes no place.
        parts = "\x1b[?6h" if saved.origin else ""
        # A cursor that was saved on a larger screen is put at the edge, as DECRC puts it.
        printed = saved.pending and saved.x == self._screen.columns - 1 and saved.y < self._screen.lines
        parts += self._place(saved.x, saved.y, printed=printed, alternate=alternate)
        parts += self._pens.change(saved.pen) + self._character_sets(saved.charsets) + "\x1b7"
        parts += self._character_sets(CharsetState())
        return parts + ("\x1b[?6l" if saved.origin else "")

    def _place(self, x: int, y: int, *, printed: bool, alternate: bool) -> str:
        """Put the cursor on a cell, or behind it by printing it once more, so that a wrap is pending."""
        if not printed:
            return f"\x1b[{y + 1};{x + 1}H"
        buffers = self._screen.buffers
        line = (self._screen.rows if buffers.alternate == alternate else buffers.hidden)[y]
        cell, pen = line.cell(x)
        if cell == "":
            x -= 1
            cell, pen = line.cell(x)
        if self._screen.origin and alternate == buffers.alternate:
            x, y = x - self._screen.left, y - self._screen.top
        if not self._screen.printer.joins_at_cursor:
            cell = cell.rstrip(ZERO_WIDTH_JOINER)
        return f"\x1b[{y + 1};{x + 1}H{self._pens.change(pen)}{cell}"

    def _tab_stops(self) -> str:
        screen = self._screen
        columns = screen.columns
        stops = sorted(stop for stop in screen.tabstops if stop < columns)
        if stops == list(range(8, columns, 8)):
            return ""
        return "\x1b[3g" + "".join(f"\x1b[{stop + 1}G\x1bH" for stop in stops)

    def _modes(self) -> str:
        """Switch what differs from the start; nothing of it moves the cursor."""
        mode = self._screen.mode
        parts: list[str] = []
        for changed in sorted(mode ^ DEFAULT_MODES):
            final = "h" if changed in mode else "l"
            number = changed >> PRIVATE_SHIFT
            if not number:
                parts.append(f"\x1b[{changed}{final}")
            elif number not in _SET_APART:
                parts.append(f"\x1b[?{number}{final}")
        return "".join(parts)

    def _margins(self) -> str:
        screen = self._screen
        parts = ""
        if not screen.full_height:
            parts += f"\x1b[{screen.top + 1};{screen.bottom + 1}r"
        if screen.margin_mode:
            parts += "\x1b[?69h"
            if not screen.full_width:
                parts += f"\x1b[{screen.left + 1};{screen.right + 1}s"
        return parts

    def _place_in_margins(self) -> str:
        """The cursor's place; in origin mode, which moves it too, places are counted from the margins."""
        screen = self._screen
        cursor = screen.cursor
        x, y, start = cursor.x, cursor.y, ""
        if screen.origin:
            start = "\x1b[?6h"
            x, y = x - screen.left, y - screen.top
        if screen.printer.joins_at_cursor and not cursor.pending:
            return start + self._place(cursor.x - 1, cursor.y, printed=True, alternate=screen.buffers.alternate)
        if not cursor.pending:
            return f"{start}\x1b[{max(y, 0) + 1};{max(x, 0) + 1}H"
        return start + self._place(cursor.x, cursor.y, printed=True, alternate=screen.buffers.alternate)

    def _look(self) -> str:
        """How the cursor looks, and the pen."""
        screen = self._screen
        cursor = screen.cursor
        shape = _SHAPES[cursor.shape] + (0 if cursor.blinking else 1)
        return f"\x1b[{shape} q" + ("\x1b[?25l" if cursor.hidden else "") + self._pens.change(screen.pen)

    def _character_sets(self, state: CharsetState) -> str:
        parts = ""
        for place, charset in enumerate(state.sets):
            parts += "\x1b" + (_DESIGNATORS_OF_96 if charset.has_96 else _DESIGNATORS)[place] + charset.code
        return parts + _LOCKS[state.left] + _RIGHT_LOCKS.get(state.right, "")

    def _protection(self) -> str:
        """Which of the two kinds of protection counts; the pen keeps its own mark."""
        screen = self._screen
        if not screen.protection.iso:
            return ""
        return "\x1bV" if screen.pen.protected else "\x1bV\x1bW"
