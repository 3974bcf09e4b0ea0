"""The bulk path: lines of text and SGR that scroll past are kept as they came; cells are built when looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mooring_widgets.emulator.graphemes import SINGLE_WIDTH, SINGLE_WIDTH_CLASS
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.pens import SGR_PATTERN

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

LEAST_LINES = 6
"""Fewer lines are not worth the checks."""
FAMILIAR_KEPT = 24

_SGR = re.compile(SGR_PATTERN)
PLAIN_LINES = re.compile(
    rf"(?<=\r\n)(?:[{SINGLE_WIDTH_CLASS}]*+(?:{SGR_PATTERN}[{SINGLE_WIDTH_CLASS}]*+)*+\r\n){{{LEAST_LINES},}}+"
)
"""Whole lines of single-width text and SGR, to be searched where the quick checks say no."""


class BlockWriter:
    """Takes blocks of lines that each end in CR LF."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._familiar: dict[str, bool] = {}

    @property
    def possible(self) -> bool:
        """Whether lines printed now scroll the whole screen once they reach its bottom."""
        return self._screen.plain and self._screen.full_height

    @property
    def ready(self) -> bool:
        """Whether lines printed now start on the last row, which is fresh, and leave no background colour."""
        screen = self._screen
        cursor = screen.cursor
        if cursor.x or cursor.y != screen.lines - 1 or not self.possible:
            return False
        line = screen.rows[cursor.y]
        return not line.length and line.fill is screen.pens.default and screen.pen.attributes.background is None

    def take(self, block: str) -> bool:
        """Print the lines of `block`, or return False if they are not plain or too long for the screen."""
        bare = self._without_renditions(block)
        if bare is None:
            return False
        lines = bare.split("\r\n")
        if len(max(lines, key=len)) > self._screen.columns or not _is_plain("".join(lines)):
            return False
        self._scroll_past(block, len(lines) - 1)
        return True

    def pieces(self, block: str) -> Iterator[str]:
        """Cut a block around the lines that are too long for the screen."""
        columns = self._screen.columns
        gathered: list[str] = []
        for line in block.split("\r\n")[:-1]:
            if len(line) > columns and len(_SGR.sub("", line)) > columns:
                if gathered:
                    yield "\r\n".join(gathered) + "\r\n"
                    gathered = []
                yield line + "\r\n"
            else:
                gathered.append(line)
        if gathered:
            yield "\r\n".join(gathered) + "\r\n"

    def _without_renditions(self, block: str) -> str | None:
        """The text alone, or None if something else than SGR is in it or a line might end in a coloured background.

        A flood repeats few sequences, and taking those out one by one is several times faster than an expression.
        """
        if "\x1b" not in block:
            return block
        bare = block
        coloured = False
        for token, colours in self._familiar.items():
            length = len(bare)
            bare = bare.replace(token, "")
            coloured = coloured or (colours and len(bare) != length)
        if "\x1b" in bare:
            default = self._screen.pens.default
            found = {token: default.step(token).attributes.background is not None for token in set(_SGR.findall(bare))}
            coloured = coloured or any(found.values())
            if len(found) + len(self._familiar) > FAMILIAR_KEPT:
                self._familiar.clear()
            if len(found) <= FAMILIAR_KEPT:
                self._familiar.update(found)
            bare = _SGR.sub("", bare)
            if "\x1b" in bare:
                return None
        return None if coloured and not _lines_end_reset(block) else bare

    def _scroll_past(self, block: str, count: int) -> None:
        """Let `count` lines come in at the bottom: the last ones as raw lines, those before as one raw block."""
        screen = self._screen
        rows = screen.rows
        default = screen.pens.default
        kept = min(count, screen.lines - 1)
        start = 0
        if count > kept:
            start = len(block)
            for _ in range(kept + 1):
                start = block.rfind("\r\n", 0, start)
            start += 2
        leaving = rows[:kept] if count == kept else rows[:-1]
        if screen.keeps_scrollback:
            screen.scrollback.extend(leaving)
            if start:
                screen.scrollback.append_block(block[:start], count - kept, screen.pen)
        pen = screen.pen.after(block[:start]) if start else screen.pen
        arriving: list[Line] = []
        for raw in block[start:].split("\r\n")[:-1]:
            arriving.append(Line.from_raw(raw, pen, default))
            pen = pen.after(raw)
        rows[:] = [*rows[len(leaving) : -1], *arriving, Line(default)]
        screen.pen = pen
        screen.printer.last = ""


def _is_plain(text: str) -> bool:
    return text.isprintable() if text.isascii() else SINGLE_WIDTH.fullmatch(text) is not None


def _lines_end_reset(block: str) -> bool:
    """Whether the last SGR of each line that has one puts everything back."""
    return all(
        line.startswith(("\x1b[0m", "\x1b[m"), line.rfind("\x1b")) for line in block.split("\r\n") if "\x1b" in line
    )
