"""From the lines that are written to the rows that are read."""

from __future__ import annotations

from collections.abc import Sequence

from mooring_widgets.emulator.damage import Versions
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.pens import Pen
from mooring_widgets.emulator.row import Row
from mooring_widgets.emulator.style import Style
from mooring_widgets.emulator.text_run import TextRun


def make_row(line: Line, columns: int, versions: Versions) -> Row:
    """Take a snapshot of a line, as wide as the screen."""
    runs: list[tuple[int, Style]] = []
    last: Style | None = None
    for start, pen in _runs(line):
        if start >= columns:
            break
        if pen.style is not last:
            last = pen.style
            runs.append((start, last))
    text = line.text
    cells = tuple(text if text is not None else line.explode())
    length = len(cells)
    if length < columns:
        cells += (" ",) * (columns - length)
    elif length > columns:
        cells = cells[:columns]
    return Row(cells, tuple(runs), line.wrapped, versions.of(line), line.size)


def make_run(first: int, lines: Sequence[Line]) -> TextRun:
    """Take the text of lines, of which the first has the number `first`."""
    texts = [line.plain for line in lines]
    wrapped = frozenset(number for number, line in enumerate(lines, first) if line.wrapped)
    cells = {number: tuple(line.explode()) for number, line in enumerate(lines, first) if line.wide}
    return TextRun(first, texts, wrapped, cells)


def _runs(line: Line) -> list[tuple[int, Pen]]:
    """Where the pens begin, the fill beyond the text with them."""
    length = line.length
    if line.text is not None:
        runs = list(line.runs)
    else:
        runs = []
        last: Pen | None = None
        for column, pen in enumerate(line.pens):
            if pen is not last:
                runs.append((column, pen))
                last = pen
    if not runs or runs[-1][1] is not line.fill:
        runs.append((length, line.fill))
    return runs
