"""A row of the emulator as a Textual strip. Pure: equal arguments give equal strips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip

from mooring_widgets.emulator.row import Row
from mooring_widgets.emulator.style import Style
from mooring_widgets.terminal.painter import PaintFunction


@dataclass(frozen=True, slots=True)
class Highlight:
    """Columns that are painted otherwise: `start` to `end` (excluded), in `style` over the cells' own."""

    start: int
    end: int
    style: RichStyle


def render_row(row: Row, paint: PaintFunction, highlights: Iterable[Highlight] = ()) -> Strip:
    """Return the row as a strip, one cell a column; highlights later in order lie over earlier ones."""
    pieces = [(start, end, paint(style)) for start, end, style in runs_of(row)]
    for highlight in highlights:
        pieces = list(_overlay(pieces, highlight))
    cells: Sequence[str] = row.cells
    if row.size:
        cells = _spread(cells[: len(cells) // 2])
    return Strip([Segment("".join(cells[start:end]), style) for start, end, style in pieces if start < len(cells)])


def cell_span(row: Row, column: int) -> tuple[int, int]:
    """The columns, end excluded, of the character that covers `column`."""
    start = column
    while start > 0 and row.cells[start] == "":
        start -= 1
    end = start + 1
    while end < len(row.cells) and row.cells[end] == "":
        end += 1
    return start, end


def _spread(cells: Sequence[str]) -> list[str]:
    """Cells that take twice their columns: large characters as near as a grid of cells comes to them."""
    spread = ["  " if cell == "" else cell + " " for cell in cells]
    for index in range(len(cells) - 1):
        if cells[index + 1] == "":
            spread[index] = cells[index]
    return spread


def runs_of(row: Row) -> Iterator[tuple[int, int, Style]]:
    """The stretches of equal style: (start, end, style), the end excluded."""
    for index, (start, style) in enumerate(row.runs):
        end = row.runs[index + 1][0] if index + 1 < len(row.runs) else len(row.cells)
        if end > start:
            yield start, end, style


def _overlay(
    pieces: Iterable[tuple[int, int, RichStyle]], highlight: Highlight
) -> Iterator[tuple[int, int, RichStyle]]:
    for start, end, style in pieces:
        first, last = max(start, highlight.start), min(end, highlight.end)
        if first >= last:
            yield start, end, style
            continue
        if start < first:
            yield start, first, style
        yield first, last, highlight.style
        if last < end:
            yield last, end, style
