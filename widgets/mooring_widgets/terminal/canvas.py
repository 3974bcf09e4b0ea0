"""The strips of a terminal view: rows, with cursor, selection and scrollbar over them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.style import Style as RichStyle
from textual.strip import Strip

from mooring_widgets.emulator.row import Row
from mooring_widgets.emulator.style import DEFAULT_STYLE, Style, Underline
from mooring_widgets.terminal.painter import Painter
from mooring_widgets.terminal.render import Highlight, cell_span, render_row
from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.viewport import Viewport

_CACHE_LIMIT = 2048


@dataclass(frozen=True, slots=True)
class PaintedCursor:
    """A cursor that is drawn into its cell, where the terminal's own can't be used; in cells of the view."""

    x: int
    y: int
    block: bool

    def over(self, style: Style) -> Style:
        """The cell's style with the cursor on it."""
        return replace(style, inverse=not style.inverse) if self.block else replace(style, underline=Underline.SINGLE)


_REVERSED = RichStyle(reverse=True)


@dataclass(frozen=True, slots=True)
class Overlays:
    """What lies over the rows. `thumb` is the scrollbar's part, in rows of the view, end excluded."""

    cursor: PaintedCursor | None = None
    selection: Selection | None = None
    selection_style: RichStyle = _REVERSED
    thumb: tuple[int, int] = (0, 0)
    thumb_style: RichStyle = _REVERSED


class Canvas:
    """Strips by row, each made once for a look: unchanged rows, and rows that only moved, cost a dictionary look-up."""

    def __init__(self, viewport: Viewport, painter: Painter) -> None:
        self._viewport = viewport
        self._painter = painter
        self._by_version: dict[int, Strip] = {}
        self._shown: dict[int, Strip] = {}
        self._width = 0
        self._overlays = Overlays()

    def use(self, painter: Painter) -> None:
        """Paint otherwise from now on."""
        self._painter = painter
        self._by_version.clear()
        self._shown.clear()

    def lay(self, overlays: Overlays) -> set[int]:
        """Lay other things over the rows; return the rows that look different for it."""
        changed = self._rows_of(self._overlays) ^ self._rows_of(overlays)
        if overlays != self._overlays:
            changed |= self._rows_of(overlays)
        self._overlays = overlays
        return changed

    def forget(self, rows: set[int] | None = None) -> None:
        """Make rows anew when they are asked for next; all of them for None."""
        if rows is None:
            self._shown.clear()
        else:
            for y in rows:
                self._shown.pop(y, None)

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

    def _make(self, y: int, width: int) -> Strip:
        row = self._viewport.row(y)
        if row is None:
            return Strip.blank(width, self._painter.paint(DEFAULT_STYLE))
        highlights = self._highlights(row, y)
        if highlights:
            return self._fitted(render_row(row, self._painter.paint, highlights), width)
        strip = self._by_version.get(row.version)
        if strip is None:
            if len(self._by_version) >= _CACHE_LIMIT:
                self._by_version.clear()
            strip = self._by_version[row.version] = self._fitted(render_row(row, self._painter.paint), width)
        return strip

    def _fitted(self, strip: Strip, width: int) -> Strip:
        return strip.adjust_cell_length(width, self._painter.paint(DEFAULT_STYLE))

    def _highlights(self, row: Row, y: int) -> list[Highlight]:
        over = self._overlays
        found: list[Highlight] = []
        if over.selection is not None:
            columns = over.selection.columns(self._viewport.top + y, self._viewport.row_at)
            if columns is not None:
                found.append(Highlight(*columns, over.selection_style))
        if over.cursor is not None and over.cursor.y == y and over.cursor.x < len(row.cells):
            start, end = cell_span(row, over.cursor.x)
            found.append(Highlight(start, end, self._painter.paint(over.cursor.over(row.style_at(start)))))
        if over.thumb[0] <= y < over.thumb[1]:
            found.append(Highlight(len(row.cells) - 1, len(row.cells), over.thumb_style))
        return found

    def _rows_of(self, over: Overlays) -> set[int]:
        """Rows of the view that may have something lying over them."""
        rows = set(range(*over.thumb))
        if over.cursor is not None:
            rows.add(over.cursor.y)
        if over.selection is not None:
            first, last = over.selection.bounds(self._viewport.row_at)
            top = self._viewport.top
            rows.update(range(max(first.line - top, 0), min(last.line - top + 1, 1000)))
        return rows
