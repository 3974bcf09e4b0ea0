"""Links in the text: those that the remote marked (OSC 8), and addresses that stand there as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mooring_widgets.terminal.logical_line import LogicalLine, logical_line_at
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.render import runs_of
from mooring_widgets.terminal.text import RowAt

_ADDRESS = re.compile(r"\b(?:(?:https?|ftp|sftp|ssh|file)://|mailto:[\w.+-]+@)[^\s<>\"'`{}|\\^\x00-\x1f\x7f-\x9f]++")
_BEHIND = ".,;:!?*_~"
"""Signs that end a sentence rather than an address."""
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Link:
    """An address, the text that stands for it, and the cells of that: `first` and `last`, both included.

    The address is the remote's word, without control characters. `is_plain` says that the text is the address.
    """

    address: str
    text: str
    first: Place
    last: Place

    @property
    def is_plain(self) -> bool:
        """Whether one sees where it leads."""
        return self.text == self.address

    def columns(self, line: int, width: int) -> tuple[int, int] | None:
        """The columns of one line that belong to it, end excluded; None where none do."""
        if not self.first.line <= line <= self.last.line:
            return None
        start = self.first.column if line == self.first.line else 0
        return start, self.last.column + 1 if line == self.last.line else width


def link_at(place: Place, row_at: RowAt) -> Link | None:
    """The link that covers a cell, None where there is none."""
    row = row_at(place.line)
    if row is None or not 0 <= place.column < len(row.cells):
        return None
    is_marked = row.style_at(place.column).link is not None
    return next(
        (link for link in _links(place.line, row_at, marked=is_marked) if link.first <= place <= link.last), None
    )


def links_on(line: int, row_at: RowAt) -> tuple[Link, ...]:
    """The links that begin on a line, in their order; where a marked one holds an address, the marked one."""
    marked = [link for link in _links(line, row_at, marked=True) if link.first.line == line]
    plain = [link for link in _links(line, row_at, marked=False) if link.first.line == line]
    plain = [link for link in plain if not any(other.first <= link.first <= other.last for other in marked)]
    return tuple(sorted((*marked, *plain), key=lambda link: link.first))


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand in a text: (start, end), what only ends a sentence around them left out."""
    for match in _ADDRESS.finditer(text):
        end = match.end()
        while end > match.start() and _is_behind(text, match.start(), end):
            end -= 1
        if end > match.start() + len(match[0].split(":", 1)[0]) + 3:
            yield match.start(), end


def _is_behind(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last in _PAIRS:
        return text.count(last, start, end) > text.count(_PAIRS[last], start, end)
    return last in _BEHIND


def _links(line: int, row_at: RowAt, *, marked: bool) -> Iterator[Link]:
    """The marked or the plain links of the line that autowrap made this one a part of."""
    whole = logical_line_at(line, row_at)
    if whole is not None:
        yield from _marked(whole, row_at) if marked else _plain(whole)


def _plain(whole: LogicalLine) -> Iterator[Link]:
    if ":" in whole.text:
        for start, end in addresses_in(whole.text):
            address = whole.text[start:end]
            yield Link(address, address, whole.place(start), whole.last_cell(end))


def _marked(whole: LogicalLine, row_at: RowAt) -> Iterator[Link]:
    """Neighbouring cells that lead to the same address under the same id are one link."""
    spans: list[tuple[tuple[str, str | None], Place, Place]] = []
    goes_on = False
    for line in range(whole.first, whole.end):
        row = row_at(line)
        for start, end, style in runs_of(row) if row is not None else ():
            if style.link is None:
                goes_on = False
                continue
            target = (style.link, style.link_id)
            last = Place(line, end - 1)
            if goes_on and spans[-1][0] == target:
                spans[-1] = (target, spans[-1][1], last)
            else:
                spans.append((target, Place(line, start), last))
            goes_on = True
    for (address, _id), first, last in spans:
        text = whole.text[whole.offset(first) : whole.offset(Place(last.line, last.column + 1))]
        yield Link(address, text.strip(), first, last)
