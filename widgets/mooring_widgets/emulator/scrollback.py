"""The lines that left the screen at its top, bounded by lines and by bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mooring_widgets.emulator.damage import Versions
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.pens import Pen
from mooring_widgets.emulator.reflow import newest, reflow
from mooring_widgets.emulator.segments import LINES_GATHERED, LineSegment, RawBlock
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

    def reflow(self, columns: int, lines: int) -> list[Line]:
        """Break the lines anew for another width; return the newest ones if they go on in the screen's first row.

        Segments in which no line is too long or was wrapped stay as they are. It goes from the newest line back and no
        further than lines are kept, with a screen of `lines`: of two columns, most would be broken to be dropped.
        """
        room = self.max_lines + lines + LINES_GATHERED
        segments: list[Segment] = []
        unended: list[Line] = []
        later: list[Line] = []
        seen_end = False
        for index in range(len(self._segments) - 1, -1, -1):
            if room <= 0:
                break
            segment = self._segments[index]
            goes_on = index > 0 and self._segments[index - 1].is_wrapped
            if not later and not goes_on and segment.fits(columns):
                segments.append(segment)
                room -= segment.count
                seen_end = True
                continue
            whole = [*segment.all_lines(), *later]
            enough = newest(whole, room * columns)
            cut = _first_end(enough) if goes_on and len(enough) == len(whole) else 0
            later, ended = enough[:cut], enough[cut:]
            if not seen_end:
                end = _last_end(ended)
                ended, unended = ended[:end], ended[end:]
                seen_end = not goes_on or bool(end) or not all(line.wrapped for line in later)
            if ended:
                segments.append(LineSegment(reflow(ended, columns)[0]))
                room -= segments[-1].count
            if len(enough) < len(whole):
                break
        self._replace_segments(segments[::-1], self._first_held)
        return unended

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


def _first_end(lines: Sequence[Line]) -> int:
    """How many lines there are up to the first that was not wrapped; all, if there is none."""
    return next((index + 1 for index, line in enumerate(lines) if not line.wrapped), len(lines))


def _last_end(lines: Sequence[Line]) -> int:
    """How many lines there are up to the last that was not wrapped; none, if there is none."""
    return next((index + 1 for index in range(len(lines) - 1, -1, -1) if not lines[index].wrapped), 0)
