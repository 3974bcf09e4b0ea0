"""Where the motions of copy mode lead. Pure: from a text and a place to another place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mooring_widgets.emulator import Row
from mooring_widgets.terminal.logical_line import LogicalLine, logical_line_at
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.render import cell_span
from mooring_widgets.terminal.text import Text, end_of

_LINES_WALKED = 2000
"""Lines in which the next word is looked for, at most."""


class Motions:
    """Motions over one text. A line that autowrap broke is one line to all but up and down.

    `words` says what a word is; other signs in a row are words of their own, as in vi.
    """

    def __init__(self, text: Text, words: re.Pattern[str]) -> None:
        self._text = text
        self._tokens = re.compile(rf"{words.pattern}|(?:(?!{words.pattern})\S)+")

    @property
    def first_line(self) -> int:
        """The oldest line."""
        return self._text.first_line

    @property
    def last_line(self) -> int:
        """The newest line."""
        return end_of(self._text) - 1

    def inside(self, place: Place) -> Place:
        """The nearest place that is one: on a line that there is, at the start of a character."""
        line = min(max(place.line, self.first_line), self.last_line)
        row = self._text.row_at(line)
        if row is None or not row.cells:
            return Place(line, 0)
        return Place(line, cell_span(row, min(max(place.column, 0), len(row.cells) - 1))[0])

    def on_text(self, place: Place) -> Place:
        """The nearest place on which something is written in its line."""
        place = self.inside(place)
        row = self._text.row_at(place.line)
        last = _width(row) - 1 if row is not None else 0
        return place if place.column <= last else self.inside(Place(place.line, max(last, 0)))

    def left(self, place: Place) -> Place:
        """One character to the left, over the edge that autowrap broke."""
        if place.column > 0:
            return self.inside(Place(place.line, place.column - 1))
        above = self._text.row_at(place.line - 1)
        return self.inside(Place(place.line - 1, len(above.cells) - 1)) if above and above.wrapped else place

    def right(self, place: Place) -> Place:
        """One character to the right, as far as something is written."""
        row = self._text.row_at(place.line)
        if row is None:
            return place
        end = cell_span(row, min(place.column, len(row.cells) - 1))[1]
        if end < _width(row):
            return Place(place.line, end)
        return Place(place.line + 1, 0) if row.wrapped and place.line < self.last_line else place

    def line_start(self, place: Place) -> Place:
        """The first character of the line."""
        return self._line(place).place(0)

    def line_text(self, place: Place) -> Place:
        """The first character of the line that is no blank."""
        line = self._line(place)
        return line.place(len(line.text) - len(line.text.lstrip(" ")) if line.text.strip() else 0)

    def line_end(self, place: Place) -> Place:
        """The last character that is written on the line."""
        line = self._line(place)
        return line.place(max(len(line.text.rstrip(" ")) - 1, 0))

    def next_word(self, place: Place) -> Place:
        """The start of the next word."""
        line = self._line(place)
        offset = line.offset(place)
        starts = (start for start, _end in self._words(line) if start > offset)
        if (start := next(starts, None)) is not None:
            return line.place(start)
        return next((below.place(words[0][0]) for below, words in self._lines_with_words(line, 1)), place)

    def previous_word(self, place: Place) -> Place:
        """The start of the word, or of the one before."""
        line = self._line(place)
        offset = line.offset(place)
        if starts := [start for start, _end in self._words(line) if start < offset]:
            return line.place(starts[-1])
        return next((above.place(words[-1][0]) for above, words in self._lines_with_words(line, -1)), place)

    def word_end(self, place: Place) -> Place:
        """The end of the word, or of the next one."""
        line = self._line(place)
        offset = line.offset(place)
        ends = (end - 1 for _start, end in self._words(line) if end - 1 > offset)
        if (end := next(ends, None)) is not None:
            return line.place(end)
        return next((below.place(words[0][1] - 1) for below, words in self._lines_with_words(line, 1)), place)

    def block(self, place: Place, step: int) -> Place:
        """The next blank line upwards (-1) or downwards (1), beyond the text that one is in."""
        line = place.line
        was_in_text = False
        for _ in range(_LINES_WALKED):
            if not self.first_line <= line + step <= self.last_line:
                break
            line += step
            row = self._text.row_at(line)
            is_text = row is not None and _width(row) > 0
            if was_in_text and not is_text:
                break
            was_in_text = was_in_text or is_text
        return Place(line, 0)

    def find(self, place: Place, character: str, *, back: bool, till: bool) -> Place:
        """The next such character of the line, or the one in front of it; the place itself where there is none."""
        line = self._line(place)
        offset = line.offset(place)
        short = 1 if till else 0
        if back:
            at = line.text.rfind(character, 0, max(offset - short, 0))
            return line.place(at + short) if at >= 0 else place
        at = line.text.find(character, offset + 1 + short)
        return line.place(at - short) if at >= 0 else place

    def _line(self, place: Place) -> LogicalLine:
        return logical_line_at(place.line, self._text.row_at) or LogicalLine(place.line, [""])

    def _words(self, line: LogicalLine) -> list[tuple[int, int]]:
        return [match.span() for match in self._tokens.finditer(line.text)]

    def _lines_with_words(self, line: LogicalLine, step: int) -> Iterator[tuple[LogicalLine, list[tuple[int, int]]]]:
        for _ in range(_LINES_WALKED):
            number = line.first - 1 if step < 0 else line.end
            other = logical_line_at(number, self._text.row_at)
            if other is None:
                return
            line = other
            # Of a line that is too long to be read whole, what has been seen is among it.
            edge = line.offset(Place(number, 0 if step > 0 else self._text.columns))
            if words := [word for word in self._words(line) if (word[0] < edge if step < 0 else word[0] >= edge)]:
                yield line, words


def _width(row: Row) -> int:
    """The columns of a row up to the last that is no blank."""
    if row.wrapped:
        return len(row.cells)
    cells = row.cells
    width = len(cells)
    while width and cells[width - 1] == " ":
        width -= 1
    return width
