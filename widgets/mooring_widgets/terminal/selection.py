"""A stretch of the terminal's text that was selected with the mouse. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from mooring_widgets.emulator.row import Row
from mooring_widgets.terminal.render import cell_span

_WORD = re.compile(r"[\w@%+./:~?&=#-]+")
"""What a double click takes: words, paths, addresses. xterm's "charClass" is set up like this by many."""

RowAt = Callable[[int], Row | None]
"""Gives the row with a number, None where there is none (any more)."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell: `line` is counted from the first line that ever was, so that scrolling moves nothing."""

    line: int
    column: int


class Unit(Enum):
    """What a selection grows by: one click, two, three."""

    CHARACTER = 1
    WORD = 2
    LINE = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """From where the button went down to where the mouse is, both cells included, grown to whole units."""

    anchor: Place
    head: Place
    unit: Unit = Unit.CHARACTER

    def to(self, head: Place) -> Selection:
        """The selection with the mouse somewhere else."""
        return Selection(self.anchor, head, self.unit)

    def bounds(self, row_at: RowAt) -> tuple[Place, Place]:
        """The first cell and the last one, whole units and whole wide characters included."""
        first, last = sorted((self.anchor, self.head))
        return self._grown(first, row_at)[0], self._grown(last, row_at)[1]

    def columns(self, line: int, row_at: RowAt) -> tuple[int, int] | None:
        """The selected columns of one line, end excluded; None where nothing of it is selected."""
        first, last = self.bounds(row_at)
        if not first.line <= line <= last.line or (row := row_at(line)) is None:
            return None
        start = first.column if line == first.line else 0
        end = last.column + 1 if line == last.line else len(row.cells)
        return start, min(end, len(row.cells))

    def text(self, row_at: RowAt) -> str:
        """The selected text: wrapped rows joined, blanks at the end of a line dropped, as xterm does."""
        first, last = self.bounds(row_at)
        parts: list[str] = []
        for line in range(first.line, last.line + 1):
            row = row_at(line)
            columns = self.columns(line, row_at)
            if row is None or columns is None:
                continue
            text = "".join(row.cells[columns[0] : columns[1]])
            goes_on = row.wrapped and columns[1] == len(row.cells)
            parts.append(text if goes_on else text.rstrip(" "))
            if line < last.line and not goes_on:
                parts.append("\n")
        return "".join(parts)

    def _grown(self, place: Place, row_at: RowAt) -> tuple[Place, Place]:
        row = row_at(place.line)
        if row is None or not row.cells:
            return place, place
        column = min(place.column, len(row.cells) - 1)
        if self.unit is Unit.LINE:
            return Place(place.line, 0), Place(place.line, len(row.cells) - 1)
        start, end = cell_span(row, column)
        if self.unit is Unit.WORD and (word := _word(row, start)) is not None:
            start, end = word
        return Place(place.line, start), Place(place.line, end - 1)


def _word(row: Row, column: int) -> tuple[int, int] | None:
    """The columns of the word that covers `column`; None for a blank or a sign of its own."""
    return span_at(_WORD, row, column)


def span_at(pattern: re.Pattern[str], row: Row, column: int) -> tuple[int, int] | None:
    """The columns, end excluded, of the match of `pattern` that covers `column`."""
    offsets: list[int] = []
    for index, cell in enumerate(row.cells):
        offsets.extend([index] * len(cell))
    offsets.append(len(row.cells))
    for match in pattern.finditer(row.text):
        if match.end() > match.start() and offsets[match.start()] <= column < offsets[match.end()]:
            return offsets[match.start()], offsets[match.end()]
    return None
