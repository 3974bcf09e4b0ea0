"""What lies over the rows of a view: bell, matches, a link under the mouse, selection, cursor, scrollbar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import NamedTuple

from rich.style import Style as RichStyle

from mooring_widgets.emulator import CursorShape
from mooring_widgets.terminal.links import Link
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.viewport import Viewport


class Layer(IntEnum):
    """What a span is; a greater one lies over a lesser one."""

    BELL = auto()
    MATCH = auto()
    CURRENT_MATCH = auto()
    LINK = auto()
    SELECTION = auto()
    CURSOR_LINE = auto()
    CURSOR_BLOCK = auto()
    SCROLLBAR = auto()


class Span(NamedTuple):
    """Columns of a row under a layer, `end` excluded."""

    layer: Layer
    start: int
    end: int


Overlays = dict[int, tuple[Span, ...]]
"""The spans by row of the view; rows with nothing over them are left out."""


@dataclass(frozen=True, slots=True)
class OverlayStyles:
    """How what lies over the rows is painted; links, cursor and bell keep the colours of their cells."""

    selection: RichStyle
    scrollbar: RichStyle
    match: RichStyle
    current_match: RichStyle

    def of(self, layer: Layer) -> RichStyle | None:
        """The style of a layer, None where it depends on the cells."""
        return {
            Layer.SELECTION: self.selection,
            Layer.SCROLLBAR: self.scrollbar,
            Layer.MATCH: self.match,
            Layer.CURRENT_MATCH: self.current_match,
        }.get(layer)


class Match(NamedTuple):
    """A stretch of text that a search found: its first and last cell."""

    first: Place
    last: Place
    is_current: bool


FindMatches = Callable[[int, int], Iterable[Match]]
"""Gives the matches that touch the lines from one number to before another."""


@dataclass(slots=True)
class Marks:
    """What is marked in the text, by line numbers; whoever changes it asks for a painting."""

    selection: Selection | None = None
    matches: FindMatches | None = None
    link: Link | None = None
    bell: int | None = None


def spans_of(marks: Marks, viewport: Viewport) -> Iterator[tuple[int, Span]]:
    """Where marks are seen, as (row of the view, span)."""
    top, height, width = viewport.top, viewport.height, viewport.columns
    row_at = viewport.row_at
    if marks.bell is not None and top <= marks.bell < top + height:
        yield marks.bell - top, Span(Layer.BELL, 0, width)
    if marks.matches is not None:
        for match in marks.matches(top, top + height):
            layer = Layer.CURRENT_MATCH if match.is_current else Layer.MATCH
            for y in _shown(match.first, match.last, top, height):
                start = match.first.column if top + y == match.first.line else 0
                end = match.last.column + 1 if top + y == match.last.line else width
                yield y, Span(layer, start, end)
    if (link := marks.link) is not None:
        for y in _shown(link.first, link.last, top, height):
            if (columns := link.columns(top + y, width)) is not None:
                yield y, Span(Layer.LINK, *columns)
    if (selection := marks.selection) is not None:
        for y in _shown(*selection.bounds(row_at), top, height):
            if (columns := selection.columns(top + y, row_at)) is not None:
                yield y, Span(Layer.SELECTION, *columns)


def cursor_layer(shape: CursorShape, *, focused: bool) -> Layer:
    """How a cursor is drawn: a block in reverse, all else as an underline, as near as a cell comes to a bar."""
    return Layer.CURSOR_BLOCK if focused and shape is CursorShape.BLOCK else Layer.CURSOR_LINE


def scrollbar_rows(viewport: Viewport) -> range:
    """The rows of the scrollbar's thumb; it is shown only while the view is moved back."""
    back, lines = viewport.back, viewport.height
    if not back:
        return range(0)
    limit = viewport.limit
    size = max(lines * lines // (limit + lines), 1)
    first = round((limit - back) / limit * (lines - size))
    return range(first, first + size)


def _shown(first: Place, last: Place, top: int, height: int) -> range:
    return range(max(first.line - top, 0), min(last.line - top + 1, height))
