"""What a terminal view shows: the strip of every row, and which rows changed since the last look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from rich.style import Style as RichStyle
from textual.strip import Strip

from mooring_widgets.emulator import DEFAULT_STYLE, Cursor, CursorShape, Emulator, Row, Style, Underline
from mooring_widgets.terminal.painter import Painter
from mooring_widgets.terminal.render import Highlight, cell_span, render_row
from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.viewport import Viewport

_CACHE_LIMIT = 2048


class CursorLook(Enum):
    """How the cursor is drawn into its cell."""

    NONE = auto()
    """Not at all: it is hidden, or the terminal's own cursor shows it."""

    FOCUSED = auto()
    """In its shape: a block in reverse, any other as an underline, which is as near as a cell comes to a bar."""

    UNFOCUSED = auto()
    """An underline: there, and not where typing goes."""


@dataclass(frozen=True, slots=True)
class OverlayStyles:
    """How what lies over the rows is painted."""

    selection: RichStyle
    scrollbar: RichStyle


@dataclass(frozen=True, slots=True)
class _Overlays:
    """What lies over the rows: cell and look of the cursor, selected columns by row, the scrollbar's rows."""

    cursor: tuple[int, int, bool] | None = None
    selected: tuple[tuple[int, tuple[int, int]], ...] = ()
    thumb: tuple[int, int] = (0, 0)

    def rows(self) -> dict[int, tuple[object, ...]]:
        """What lies over each row that has something lying over it."""
        found: dict[int, tuple[object, ...]] = {y: (columns,) for y, columns in self.selected}
        if self.cursor is not None:
            found[self.cursor[1]] = (*found.get(self.cursor[1], ()), self.cursor)
        for y in range(*self.thumb):
            found[y] = (*found.get(y, ()), "thumb")
        return found


class Picture:
    """Strips by row, each made once for a look: unchanged rows, and rows that only moved, cost a dictionary look-up."""

    def __init__(self, emulator: Emulator, viewport: Viewport, painter: Painter, styles: OverlayStyles) -> None:
        self.selection: Selection | None = None
        self.cursor_look = CursorLook.NONE
        self._emulator = emulator
        self._viewport = viewport
        self._painter = painter
        self._styles = styles
        self._overlays = _Overlays()
        self._by_version: dict[int, Strip] = {}
        self._shown: dict[int, Strip] = {}
        self._width = 0
        self._place = (0, 0)

    def restyle(self, painter: Painter, styles: OverlayStyles) -> None:
        """Paint otherwise from now on."""
        self._painter = painter
        self._styles = styles
        self._by_version.clear()
        self._shown.clear()

    def changes(self) -> set[int] | None:
        """The rows of the view that look different since the last call; None for all of them."""
        self._viewport.follow()
        damage = self._emulator.take_damage()
        place = self._viewport.place
        lines = self._emulator.lines
        if place != self._place or (damage.everything and not self._viewport.back):
            self._place = place
            self._overlays = self._make_overlays()
            self._shown.clear()
            return None
        changed = {y + self._viewport.back for y in damage.rows if y + self._viewport.back < lines}
        changed |= self._changed_overlays()
        for y in changed:
            self._shown.pop(y, None)
        return changed

    def strip(self, y: int, width: int) -> Strip:
        """The strip of one row of the view, `width` cells wide."""
        if width != self._width:
            self._width = width
            self._by_version.clear()
            self._shown.clear()
        strip = self._shown.get(y)
        if strip is None:
            strip = self._shown[y] = self._make(y, width)
        return strip

    def cursor_cell(self) -> tuple[int, int] | None:
        """Where the cursor is in the view, None where it is hidden or scrolled out of sight."""
        cell = self._cell_of(self._emulator.cursor)
        if cell is None:
            return None
        x, y = cell
        return min(x * self._emulator.row(self._emulator.cursor.y).scale, self._emulator.columns - 1), y

    def _cell_of(self, cursor: Cursor) -> tuple[int, int] | None:
        y = cursor.y + self._viewport.back
        if not cursor.visible or y >= self._emulator.lines:
            return None
        return min(cursor.x, self._emulator.columns - 1), y

    def _make(self, y: int, width: int) -> Strip:
        row = self._viewport.row(y)
        if row is None:
            return Strip.blank(width, self._painter.paint(DEFAULT_STYLE))
        if highlights := self._highlights(row, y):
            return self._fitted(render_row(row, self._painter.paint, highlights), width)
        strip = self._by_version.get(row.version)
        if strip is None:
            if len(self._by_version) >= _CACHE_LIMIT:
                self._by_version.clear()
            strip = self._by_version[row.version] = self._fitted(render_row(row, self._painter.paint), width)
        return strip

    def _fitted(self, strip: Strip, width: int) -> Strip:
        if strip.cell_length == width:
            return strip
        return strip.adjust_cell_length(width, self._painter.paint(DEFAULT_STYLE))

    def _highlights(self, row: Row, y: int) -> list[Highlight]:
        over = self._overlays
        columns = len(row.cells)
        found = [
            Highlight(start, min(end, columns), self._styles.selection)
            for line, (start, end) in over.selected
            if line == y
        ]
        if over.cursor is not None and over.cursor[1] == y and over.cursor[0] < columns:
            start, end = cell_span(row, over.cursor[0])
            style = _with_cursor(row.style_at(start), block=over.cursor[2])
            found.append(Highlight(start, end, self._painter.paint(style)))
        if over.thumb[0] <= y < over.thumb[1]:
            found.append(Highlight(columns - 1, columns, self._styles.scrollbar))
        return found

    def _changed_overlays(self) -> set[int]:
        overlays = self._make_overlays()
        if overlays == self._overlays:
            return set()
        before, after = self._overlays.rows(), overlays.rows()
        self._overlays = overlays
        return {y for y in before.keys() | after.keys() if before.get(y) != after.get(y)}

    def _make_overlays(self) -> _Overlays:
        cursor = None
        if self.cursor_look is not CursorLook.NONE:
            live = self._emulator.cursor
            if (cell := self._cell_of(live)) is not None:
                block = self.cursor_look is CursorLook.FOCUSED and live.shape is CursorShape.BLOCK
                cursor = (*cell, block)
        return _Overlays(cursor, self._selected_columns(), self._thumb())

    def _selected_columns(self) -> tuple[tuple[int, tuple[int, int]], ...]:
        if self.selection is None:
            return ()
        top, row_at = self._viewport.top, self._viewport.row_at
        first, last = self.selection.bounds(row_at)
        shown = range(max(first.line - top, 0), min(last.line - top + 1, self._emulator.lines))
        columns = ((y, self.selection.columns(top + y, row_at)) for y in shown)
        return tuple((y, found) for y, found in columns if found is not None)

    def _thumb(self) -> tuple[int, int]:
        """The rows of the scrollbar's thumb; it is shown only while the view is moved back."""
        back, lines = self._viewport.back, self._emulator.lines
        if not back:
            return 0, 0
        limit = self._viewport.limit
        size = max(lines * lines // (limit + lines), 1)
        first = round((limit - back) / limit * (lines - size))
        return first, first + size


def _with_cursor(style: Style, *, block: bool) -> Style:
    return replace(style, inverse=not style.inverse) if block else replace(style, underline=Underline.SINGLE)
