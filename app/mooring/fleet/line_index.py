"""A capture's lines, to be read anywhere in it without reading what lies before."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from mooring.fleet.capture import Capture

BLOCK = 64 * 1024
"""Bytes between two places of which it is known how many lines lie before them."""

LONGEST = 2000
"""Bytes of a line that are read; nobody looks at the rest of a longer one."""


class LineIndex:
    """Counts the kept lines of a capture once, and then reads any of them in the time that a block takes.

    Making one and reading block where the capture lies on disk, and raise OSError.
    """

    def __init__(self, capture: Capture) -> None:
        self._capture = capture
        self._before = array("L", [0])
        last = b"\n"
        for block in self._blocks(0):
            self._before.append(self._before[-1] + block.count(b"\n"))
            last = block[-1:]
        self.count = self._before[-1] + (last != b"\n")
        """How many lines there are; a last one without a line feed counts."""

    def read(self, first: int, count: int) -> list[bytes]:
        """The lines from the one at index `first` on, without line feeds, each cut to `LONGEST` bytes."""
        wanted = max(0, min(count, self.count - first))
        lines: list[bytes] = []
        line = b""
        for piece in self._from_line(first) if wanted else ():
            *ended, rest = piece.split(b"\n", wanted - len(lines))
            for end in ended:
                lines.append((line + end)[:LONGEST])
                line = b""
            if len(lines) == wanted:
                return lines
            line = (line + rest)[:LONGEST]
        return [*lines, line] if wanted else lines

    def _from_line(self, first: int) -> Iterator[bytes]:
        """All that follows from the start of a line, block by block."""
        block = max(0, bisect_left(self._before, first) - 1)
        skipped = first - self._before[block]
        for data in self._blocks(block):
            if skipped:
                data = data.split(b"\n", skipped)[skipped]
                skipped = 0
            yield data

    def _blocks(self, number: int) -> Iterator[bytes]:
        path = self._capture.path
        if path is None:
            data = self._capture.data
            yield from (data[start : start + BLOCK] for start in range(number * BLOCK, len(data), BLOCK))
            return
        with path.open("rb") as file:
            file.seek(number * BLOCK)
            while data := file.read(BLOCK):
                yield data
