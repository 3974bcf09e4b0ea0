"""One answer to be read anywhere in it: what the machine wrote, standard output first, page by page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from mooring.fleet.capture import Capture
from mooring.fleet.line_index import LineIndex
from mooring.fleet.remote_text import terminal_line
from mooring.fleet.result import MachineResult
from mooring_widgets.line_list import Line

PAGE = 200
"""Lines that are read at once."""

MOST_PAGES = 24
"""Pages that are kept in memory; the rest lies on disk."""

_WAITING: Line = (("…", "quiet"),)


class AnswerPages:
    """The lines of an answer. Making one and `read` block where the answer lies on disk, and raise OSError."""

    def __init__(self, result: MachineResult) -> None:
        self._parts: list[tuple[int, int, Line | LineIndex]] = []
        self.count = 0
        reason = result.reason if result.exit is None else ""
        for line in reason.splitlines():
            self._add(1, ((line, "bad"),))
        self._add_capture(result.output, "")
        self._add_capture(result.errors, "standard error:")
        if not self.count:
            self._add(1, (("it wrote nothing", "quiet"),))
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()
        self.read(0)

    def line(self, index: int, want: Callable[[int], None]) -> Line:
        """A line, or a sign in its place where its page has to be read first: then `want` is told its number."""
        page = self._pages.get(index // PAGE)
        if page is None:
            want(index // PAGE)
            return _WAITING
        return page[index % PAGE]

    def read(self, page: int) -> None:
        """Read a page."""
        first, last = page * PAGE, min((page + 1) * PAGE, self.count)
        lines: list[Line] = []
        for start, count, source in self._parts:
            begin, end = max(first, start), min(last, start + count)
            if begin >= end:
                continue
            if isinstance(source, LineIndex):
                lines += [((_shown(line), ""),) for line in source.read(begin - start, end - begin)]
            else:
                lines.append(source)
        self._pages[page] = lines
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)

    def place_of(self, line: int, *, in_errors: bool) -> int:
        """The index of a line (from 1) of standard output or error."""
        sources = [start for start, _count, source in self._parts if isinstance(source, LineIndex)]
        start = (sources[-1] if in_errors else sources[0]) if sources else 0
        return start + line - 1

    def _add_capture(self, capture: Capture, title: str) -> None:
        if not capture.size:
            return
        if title:
            self._add(1, ((title, "strong"),))
        index = LineIndex(capture)
        self._add(index.count, index)
        if not capture.is_whole:
            self._add(1, ((f"{capture.size - capture.kept} more bytes were not kept", "quiet"),))

    def _add(self, count: int, source: Line | LineIndex) -> None:
        self._parts.append((self.count, count, source))
        self.count += count


def _shown(line: bytes) -> str:
    return terminal_line(line).expandtabs(8)
