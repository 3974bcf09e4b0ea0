"""What a terminal view shows: the strip of every row, and which rows changed since the last look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum, auto

from textual.strip import Strip

from mooring_widgets.emulator import DEFAULT_STYLE, Emulator, Row, Style, Underline
from mooring_widgets.terminal.overlays import (
    Layer,
    Marks,
    Overlays,
    OverlayStyles,
    Span,
    cursor_layer,
    scrollbar_rows,
    spans_of,
)
from mooring_widgets.terminal.painter import Painter
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.render import Highlight, cell_span, render_row, runs_of
from mooring_widgets.terminal.viewport import Viewport

_CACHE_LIMIT = 2048


class CursorLook(Enum):
    """How the cursor is drawn into its cell."""

    NONE = auto()
    """Not at all: it is hidden, or the terminal's own cursor shows it."""

    FOCUSED = auto()
    """In its shape: a block in reverse, any other as an underline, which is as near as a cell comes to a bar."""

    COPYING = auto()
    """A block in reverse: that of copy mode, which has a shape of its own."""

    UNFOCUSED = auto()
    """An underline: there, and not where typing goes."""


class Picture:
    """Strips by row, each made once for a look: unchanged rows, and rows that only moved, cost a dictionary look-up."""

    def __init__(self, emulator: Emulator, viewport: Viewport, painter: Painter, styles: OverlayStyles) -> None:
        self.marks = Marks()
        self.own_cursor: Place | None = None
        """The cursor of copy mode, shown in place of the remote program's."""
        self.cursor_look = CursorLook.NONE
        self._emulator = emulator
        self._viewport = viewport
        self._painter = painter
        self._styles = styles
        self._overlays: Overlays = {}
        self._by_version: dict[int, Strip] = {}
        self._shown: dict[int, Strip] = {}
        self._width = 0
        self._place = (0, 0, False)

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
        if place != self._place or (damage.everything and not place[2]):
            self._place = place
            self._overlays = self._make_overlays()
            self._shown.clear()
            return None
        back = lines if self._viewport.frozen else self._viewport.back
        changed = {y + back for y in damage.rows if y + back < lines}
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
        if (cell := self._cursor_column()) is None:
            return None
        column, y = cell
        row = self._viewport.row(y)
        return min(column * (row.scale if row is not None else 1), self._viewport.columns - 1), y

    def _cursor_column(self) -> tuple[int, int] | None:
        """The column of the cursor in its row, and that row: in large characters a column takes two cells."""
        if (own := self.own_cursor) is not None:
            x, y = own.column, own.line - self._viewport.top
        else:
            cursor = self._emulator.cursor
            if not cursor.visible:
                return None
            x, y = cursor.x, cursor.y + self._viewport.back
        return (min(x, self._viewport.columns - 1), y) if 0 <= y < self._viewport.height else None

    def _make(self, y: int, width: int) -> Strip:
        row = self._viewport.row(y)
        if row is None:
            return Strip.blank(width, self._painter.paint(DEFAULT_STYLE))
        if spans := self._overlays.get(y):
            return self._fitted(render_row(row, self._painter.paint, self._highlights(row, spans)), width)
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

    def _highlights(self, row: Row, spans: tuple[Span, ...]) -> Iterator[Highlight]:
        columns = len(row.cells)
        for layer, start, end in spans:
            style = self._styles.of(layer)
            if style is not None:
                yield Highlight(start, min(end, columns), style)
                continue
            if layer in (Layer.CURSOR_LINE, Layer.CURSOR_BLOCK) and start < columns:
                start, end = cell_span(row, start)
            for run_start, run_end, of_cells in runs_of(row):
                first, last = max(start, run_start), min(end, run_end)
                if first < last:
                    yield Highlight(first, last, self._painter.paint(_over(of_cells, layer)))

    def _changed_overlays(self) -> set[int]:
        before, after = self._overlays, self._make_overlays()
        self._overlays = after
        return {y for y in before.keys() | after.keys() if before.get(y) != after.get(y)}

    def _make_overlays(self) -> Overlays:
        spans: defaultdict[int, list[Span]] = defaultdict(list)
        for y, span in spans_of(self.marks, self._viewport):
            spans[y].append(span)
        if self.cursor_look is not CursorLook.NONE and (cell := self._cursor_column()) is not None:
            x, y = cell
            layer = cursor_layer(self._emulator.cursor.shape, focused=self.cursor_look is CursorLook.FOCUSED)
            if self.cursor_look is CursorLook.COPYING:
                layer = Layer.CURSOR_BLOCK
            spans[y].append(Span(layer, x, x + 1))
        last = self._viewport.columns - 1
        for y in scrollbar_rows(self._viewport):
            spans[y].append(Span(Layer.SCROLLBAR, last, last + 1))
        return {y: tuple(sorted(over)) for y, over in spans.items()}


def _over(style: Style, layer: Layer) -> Style:
    """The look of cells under the cursor or the bell's flash, or of a link that the mouse is on."""
    if layer in (Layer.CURSOR_BLOCK, Layer.BELL):
        return replace(style, inverse=not style.inverse)
    return replace(style, underline=Underline.SINGLE)
