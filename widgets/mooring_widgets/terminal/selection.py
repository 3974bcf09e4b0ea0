"""A stretch of the terminal's text that was selected, with the mouse or in copy mode. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from mooring_widgets.terminal.logical_line import logical_line_at
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.render import cell_span
from mooring_widgets.terminal.text import RowAt

DEFAULT_WORD_CHARACTERS = "@%+./:~?&=#-_"
"""What belongs to a word beside letters and digits: paths and addresses are taken whole."""

_LONGEST_LINE = 1000
"""Lines that autowrap made of one and that a selection by lines takes together, at most, to either side."""


class Unit(Enum):
    """What a selection grows by: one click, two, three."""

    CHARACTER = 1
    WORD = 2
    LINE = 3


def word_pattern(characters: str = DEFAULT_WORD_CHARACTERS) -> re.Pattern[str]:
    """What counts as a word where `characters` belong to one beside letters and digits."""
    others = f"|[{re.escape(characters)}]" if characters else ""
    return re.compile(f"(?:[^\\W_]{others})+")


WORD = word_pattern()


@dataclass(frozen=True, slots=True)
class Selection:
    """From `anchor`, where it began, to `head`, both cells included, grown to whole units.

    A `block` is the rectangle between both cells. `words` says what a word is.
    """

    anchor: Place
    head: Place
    unit: Unit = Unit.CHARACTER
    block: bool = False
    words: re.Pattern[str] = WORD

    def to(self, head: Place) -> Selection:
        """The selection with its moving end somewhere else."""
        return replace(self, head=head)

    def bounds(self, row_at: RowAt) -> tuple[Place, Place]:
        """The first cell and the last one, whole units and whole wide characters included."""
        first, last = sorted((self.anchor, self.head))
        if self.block:
            left, right = sorted((self.anchor.column, self.head.column))
            return Place(first.line, left), Place(last.line, right)
        return self._grown(first, row_at)[0], self._grown(last, row_at)[1]

    def columns(self, line: int, row_at: RowAt) -> tuple[int, int] | None:
        """The selected columns of one line, end excluded; None where nothing of it is selected."""
        first, last = self.bounds(row_at)
        if not first.line <= line <= last.line or (row := row_at(line)) is None:
            return None
        width = len(row.cells)
        if self.block:
            start, end = cell_span(row, min(first.column, width - 1))[0], cell_span(row, min(last.column, width - 1))[1]
            return (start, end) if first.column < width else None
        start = first.column if line == first.line else 0
        end = last.column + 1 if line == last.line else width
        return start, min(end, width)

    def _grown(self, place: Place, row_at: RowAt) -> tuple[Place, Place]:
        row = row_at(place.line)
        if row is None or not row.cells:
            return place, place
        if self.unit is Unit.LINE:
            return _whole_line(place.line, row_at)
        column = min(place.column, len(row.cells) - 1)
        start, end = cell_span(row, column)
        if self.unit is Unit.WORD and (word := _word_at(Place(place.line, start), self.words, row_at)) is not None:
            return word
        return Place(place.line, start), Place(place.line, end - 1)


def _word_at(place: Place, words: re.Pattern[str], row_at: RowAt) -> tuple[Place, Place] | None:
    """The first and last cell of the word at a place; None for a blank or a sign of its own."""
    line = logical_line_at(place.line, row_at)
    if line is None:
        return None
    offset = line.offset(place)
    for match in words.finditer(line.text):
        if match.start() <= offset < match.end():
            return line.place(match.start()), line.last_cell(match.end())
    return None


def _whole_line(line: int, row_at: RowAt) -> tuple[Place, Place]:
    first = last = line
    while line - first < _LONGEST_LINE and (above := row_at(first - 1)) is not None and above.wrapped:
        first -= 1
    while last - line < _LONGEST_LINE and (row := row_at(last)) is not None and row.wrapped and row_at(last + 1):
        last += 1
    row = row_at(last)
    return Place(first, 0), Place(last, max(len(row.cells) - 1, 0) if row is not None else 0)
