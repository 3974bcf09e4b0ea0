"""What the scrollback is made of: gathered lines, and blocks of plain lines kept as they were sent."""

from __future__ import annotations

from collections.abc import Sequence

from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.pens import SGR_SEQUENCE, Pen
from mooring_widgets.emulator.snapshots import make_run
from mooring_widgets.emulator.text_run import TextRun

LINES_GATHERED = 128
LINES_READ = 1024
"""Lines of a block that are read at once."""
LINE_OVERHEAD = 200
"""Bytes that a line takes beside its text, about: the object, its slots, the string's header."""


class LineSegment:
    """Up to `LINES_GATHERED` lines that left the screen one by one."""

    __slots__ = ("_size", "lines")

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self.lines = list(lines)
        self._size = 0

    @property
    def full(self) -> bool:
        """Whether the next line belongs into the next segment."""
        return len(self.lines) >= LINES_GATHERED

    @property
    def size(self) -> int:
        """Bytes held, about; counted once when the segment is packed."""
        return self._size or sum(line.weight + LINE_OVERHEAD for line in self.lines)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    @property
    def is_wrapped(self) -> bool:
        """Whether the last line goes on behind the segment."""
        return self.lines[-1].wrapped

    def fits(self, columns: int) -> bool:
        """Whether the lines look the same at another width."""
        return all(line.length <= columns and not line.wrapped for line in self.lines)

    def pack(self) -> None:
        """Bring each line into its smallest form: nobody writes to it any more."""
        for line in self.lines:
            line.pack()
        self._size = sum(line.weight + LINE_OVERHEAD for line in self.lines)

    def line(self, index: int) -> Line:
        """One line."""
        return self.lines[index]

    def all_lines(self) -> list[Line]:
        """All lines, oldest first."""
        return self.lines

    def text(self, start: int, end: int, first: int) -> TextRun:
        """The text of the lines from `start` to before `end`; `first` is the number of the first of them."""
        return make_run(first, self.lines[start:end])


class RawBlock:
    """Lines that scrolled past in bulk: one string; lines are made of it when somebody looks."""

    __slots__ = ("_first_version", "_head", "_lines", "_text", "count")

    def __init__(self, text: str, count: int, head: Pen, first_version: int) -> None:
        self._text = text
        self._head = head
        self._first_version = first_version
        self._lines: list[Line] | None = None
        self.count = count

    @property
    def is_wrapped(self) -> bool:
        """Whether the last line goes on behind the block: it was ended."""
        return False

    @property
    def size(self) -> int:
        """Bytes held while nobody looks."""
        return len(self._text) * (1 if self._text.isascii() else 2) + LINE_OVERHEAD

    def fits(self, columns: int) -> bool:
        """Whether the lines look the same at another width."""
        if len(max(self._text.split("\r\n"), key=len)) <= columns:
            return True
        return len(max(SGR_SEQUENCE.sub("", self._text).split("\r\n"), key=len)) <= columns

    def line(self, index: int) -> Line:
        """One line; the block's lines are made on the first look and kept."""
        return self.all_lines()[index]

    def all_lines(self) -> list[Line]:
        """All lines, oldest first."""
        if self._lines is None:
            self._lines = split_raw_lines(self._text, self._head)[0]
            for index, line in enumerate(self._lines):
                line.version = self._first_version + index
        return self._lines

    def as_sent(self, start: int) -> tuple[str, Pen]:
        """The lines from `start` on as they were sent, each with its CR LF, and the pen at their start."""
        position = 0
        for _line in range(start):
            position = self._text.index("\r\n", position) + 2
        return self._text[position:], self._head.after(self._text[:position])

    def text(self, start: int, end: int, first: int) -> TextRun:
        """The text of the lines from `start`, which has number `first`, to before `end`; of many the last ones.

        No line is made for it.
        """
        left_out = max(end - start - LINES_READ, 0)
        texts = "\r\n".join(self._text.split("\r\n")[start + left_out : end])
        return TextRun(first + left_out, SGR_SEQUENCE.sub("", texts).split("\r\n"))


def split_raw_lines(text: str, head: Pen) -> tuple[list[Line], Pen]:
    """Make raw lines of text of which each line ends in CR LF; return them and the pen after the last."""
    lines: list[Line] = []
    pen = head
    blank = head.table.default
    for raw in text.split("\r\n")[:-1]:
        lines.append(Line.from_raw(raw, pen, blank))
        pen = pen.after(raw)
    return lines, pen
