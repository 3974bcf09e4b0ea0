"""Changing the size: the main screen reflows, the alternate one is cropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.events import SizeChosen
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.reflow import Place, reflow

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

SMALLEST = (2, 1)
LARGEST = 2000
"""Columns and lines outside these are clamped."""


class Resizing:
    """Gives the screen another size; the margins are reset, the cursor stays at its text.

    When the screen gets lower, blank lines below the cursor go first, then lines at the top go to the scrollback; when
    it gets higher, and was full, they come back.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def resize(self, columns: int, lines: int) -> None:
        """Take a size in cells."""
        screen = self._screen
        buffers = screen.buffers
        cursor_place = self._cursor_place()
        if buffers.alternate:
            saved = buffers.saved_place(alternate=False)
            main, place = self._reflow_main(buffers.hidden, saved, columns, lines)
            buffers.hidden[:] = main
            buffers.move_saved(place, columns, alternate=False)
            place = self._crop(screen.rows, cursor_place, columns, lines)
        else:
            main, place = self._reflow_main(screen.rows, cursor_place, columns, lines)
            screen.rows[:] = main
            if buffers.hidden:
                self._crop(buffers.hidden, Place(0, 0), columns, lines)
        self._finish(place, columns, lines)

    def resize_by_program(self, columns: int = 0, lines: int = 0) -> None:
        """Take a size that a program chose, if the settings let it; 0 leaves the one that is."""
        screen = self._screen
        columns, lines = clamped(columns or screen.columns, lines or screen.lines)
        if screen.settings.allow_resize and (columns, lines) != (screen.columns, screen.lines):
            self.resize(columns, lines)
            screen.events.put(SizeChosen(columns, lines))

    def lines_on_page(self, lines: int = 0) -> None:
        """DECSNLS."""
        self.resize_by_program(lines=lines)

    def columns_on_page(self, columns: int = 0) -> None:
        """DECSCPP: 80 columns, unless it says 132."""
        if columns in (0, 80, 132):
            self.resize_by_program(columns=columns or 80)

    def crop(self, columns: int, lines: int) -> None:
        """Take a size without reflow, as DECCOLM does."""
        screen = self._screen
        place = self._crop(screen.rows, self._cursor_place(), columns, lines)
        if screen.buffers.hidden:
            self._crop(screen.buffers.hidden, Place(0, 0), columns, lines)
        self._finish(place, columns, lines)

    def _cursor_place(self) -> Place:
        """Where the next character goes: behind the last column while a wrap is pending."""
        cursor = self._screen.cursor
        return Place(cursor.y, cursor.x + 1 if cursor.pending else cursor.x)

    def _finish(self, place: Place, columns: int, lines: int) -> None:
        screen = self._screen
        screen.columns, screen.lines = columns, lines
        cursor = screen.cursor
        cursor.x = min(place.x, columns - 1)
        cursor.y = min(place.y, lines - 1)
        cursor.pending = place.x == columns
        screen.versions.begin_epoch()
        screen.reset_margins()
        screen.damage.mark_everything()

    def _reflow_main(self, rows: list[Line], place: Place, columns: int, lines: int) -> tuple[list[Line], Place]:
        """Return the main screen's new rows and where the text at `place` is in them."""
        screen = self._screen
        scrollback = screen.scrollback
        was_full = _used(rows, place.y) == len(rows)
        kept = rows[: _used(rows, place.y)]
        if columns != screen.columns:
            continued = scrollback.reflow(columns, lines)
            kept, place = reflow([*continued, *kept], columns, Place(place.y + len(continued), place.x))
        excess = len(kept) - lines
        if excess > 0:
            leaving = min(excess, place.y)
            scrollback.extend(kept[:leaving])
            kept = kept[leaving : leaving + lines]
            place = Place(place.y - leaving, place.x)
        elif was_full:
            coming = min(-excess, len(scrollback))
            returned = [scrollback.pop() for _ in range(coming)]
            kept = [*returned[::-1], *kept]
            place = Place(place.y + coming, place.x)
        default = screen.pens.default
        kept += [Line(default) for _ in range(lines - len(kept))]
        for line in kept:
            line.crop(columns)
        return kept, place

    def _crop(self, rows: list[Line], place: Place, columns: int, lines: int) -> Place:
        """Cut or fill up rows in place; lines above go if the cursor would fall off the bottom."""
        above = max(0, min(place.y, len(rows) - 1) - lines + 1)
        del rows[:above]
        del rows[lines:]
        default = self._screen.pens.default
        rows += [Line(default) for _ in range(lines - len(rows))]
        for line in rows:
            line.crop(columns)
            if columns > self._screen.columns and line.fill is not default:
                line.cut(self._screen.columns, default)  # columns that are new have no colour
        return Place(max(place.y - above, 0), place.x)


def _used(rows: list[Line], cursor_y: int) -> int:
    """How many rows count: up to the last that is not blank, and the cursor's."""
    used = len(rows)
    while used > cursor_y + 1 and rows[used - 1].is_blank:
        used -= 1
    return used


def clamped(columns: int, lines: int) -> tuple[int, int]:
    """The nearest size that there can be."""
    least_columns, least_lines = SMALLEST
    return min(max(columns, least_columns), LARGEST), min(max(lines, least_lines), LARGEST)
