"""The lines that left the screen at its top, bounded by lines and by bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mooring_widgets.emulator.damage import Versions
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.pens import Pen
from mooring_widgets.emulator.reflow import reflow
from mooring_widgets.emulator.segments import LineSegment, RawBlock
from mooring_widgets.emulator.text_run import TextRun

Segment = LineSegment | RawBlock


class Scrollback:
    """Lines in segments: single lines are gathered, a block that scrolled past in bulk is one segment.

    Whole segments are dropped at the old end, so a few more lines may be held than are shown.
    `total` counts every line that ever entered, so a reader can keep its place.
    """

    def __init__(self, versions: Versions, *, max_lines: int, max_bytes: int) -> None:
        self.max_lines = max_lines
        self.max_bytes = max_bytes
        self.total = 0
        self._versions = versions
        self._segments: list[Segment] = []
        self._starts: list[int] = []
        self._tail: LineSegment | None = None
        self._sealed_bytes = 0

    def __len__(self) -> int:
        return min(self.max_lines, self.total - self._first_held)

    @property
    def size(self) -> int:
        """Bytes held, about."""
        return self._sealed_bytes + (self._tail.size if self._tail else 0)

    def append(self, line: Line) -> None:
        """Take one line, which nobody changes any more."""
        if not self.max_lines:
            self.total += 1
            return
        tail = self._tail
        if tail is None:
            tail = self._tail = LineSegment()
            self._add(tail)
        tail.lines.append(line)
        self.total += 1
        if tail.full:
            self._seal()

    def extend(self, lines: Sequence[Line]) -> None:
        """Take several lines."""
        for line in lines:
            self.append(line)

    def append_block(self, text: str, count: int, head: Pen) -> None:
        """Take `count` plain lines at once, as they were sent; `head` is the pen at their start."""
        self._seal()
        if self.max_lines:
            block = RawBlock(text, count, head, self._versions.take(count))
            self._add(block)
            self._sealed_bytes += block.size
        self.total += count
        self._drop_oldest()

    def line(self, index: int) -> Line:
        """The line at `index`; 0 is the oldest that is shown. Raises IndexError beyond the ends."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        number = self.total - len(self) + index
        at = bisect_right(self._starts, number) - 1
        return self._segments[at].line(number - self._starts[at])

    def text_before(self, number: int) -> TextRun:
        """The text of the lines that are held together with line `number` - 1, up to it; numbers count as `total`."""
        at = bisect_right(self._starts, number - 1) - 1
        start = self._starts[at]
        first = max(start, self.total - len(self))
        return self._segments[at].text(first - start, number - start, first)

    def shown_segments(self) -> Iterator[tuple[Segment, int]]:
        """What holds the lines that are shown, oldest first, each with the index of the first line shown of it."""
        first = self.total - len(self)
        for segment, start in zip(self._segments, self._starts, strict=True):
            if start + segment.count > first:
                yield segment, max(first - start, 0)

    def copy(self) -> Scrollback:
        """The lines as they are now, by reference: what is added or dropped later does not show in it."""
        copied = Scrollback(self._versions, max_lines=self.max_lines, max_bytes=self.max_bytes)
        copied.total = self.total
        copied._segments = list(self._segments)
        copied._starts = list(self._starts)
        return copied

    def pop(self) -> Line:
        """Give back the newest line, which leaves the scrollback (a screen that grew takes it)."""
        segment = self._segments[-1]
        if isinstance(segment, RawBlock):
            lines = LineSegment(segment.all_lines())
            self._sealed_bytes -= segment.size
            self._segments[-1] = segment = lines
        elif segment is not self._tail:
            self._sealed_bytes -= segment.size
        self._tail = segment
        line = segment.lines.pop()
        self.total -= 1
        if not segment.lines:
            self._segments.pop()
            self._starts.pop()
            self._tail = None
        return line

    def clear(self) -> None:
        """Forget every line; `total` goes on."""
        self._segments.clear()
        self._starts.clear()
        self._tail = None
        self._sealed_bytes = 0

    def reflow(self, columns: int) -> list[Line]:
        """Break the lines anew for another width; return the newest ones if they go on in the screen's first row.

        Segments in which no line is too long or was wrapped stay as they are.
        """
        held = self.total - self._first_held
        segments: list[Segment] = []
        open_lines: list[Line] = []
        for segment in self._segments:
            if not open_lines and segment.fits(columns):
                segments.append(segment)
                continue
            lines = [*open_lines, *segment.all_lines()]
            ends = len(lines)
            while ends and lines[ends - 1].wrapped:
                ends -= 1
            open_lines = lines[ends:]
            if ends:
                segments.append(LineSegment(reflow(lines[:ends], columns)[0]))
        self._replace_segments(segments, self.total - held)
        return open_lines

    def _replace_segments(self, segments: list[Segment], start: int) -> None:
        self.clear()
        self.total = start
        for segment in segments:
            self._add(segment)
            self.total += segment.count
            if isinstance(segment, LineSegment):
                segment.pack()
            self._sealed_bytes += segment.size
        self._drop_oldest()

    @property
    def _first_held(self) -> int:
        return self._starts[0] if self._starts else self.total

    def _add(self, segment: Segment) -> None:
        self._segments.append(segment)
        self._starts.append(self.total)

    def _seal(self) -> None:
        if self._tail is not None:
            self._tail.pack()
            self._sealed_bytes += self._tail.size
            self._tail = None
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        segments = self._segments
        while len(segments) > 1 and (
            self.total - self._starts[1] >= self.max_lines or self._sealed_bytes > self.max_bytes
        ):
            if segments[0] is self._tail:
                break
            self._sealed_bytes -= segments[0].size
            del segments[0]
            del self._starts[0]
