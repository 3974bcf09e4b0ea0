"""Lines as the text and sequences that print them anew, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mooring_widgets.emulator.graphemes import SINGLE_WIDTH_CLASS, ZERO_WIDTH_JOINER
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.line_size import LineSize
from mooring_widgets.emulator.pens import Pen
from mooring_widgets.emulator.sgr import Field, format_sgr

_PLAIN = re.compile(f"[{SINGLE_WIDTH_CLASS}]*")


_SIZES = {
    LineSize.SINGLE: "",
    LineSize.DOUBLE_WIDTH: "\x1b#6",
    LineSize.DOUBLE_HEIGHT_TOP: "\x1b#3",
    LineSize.DOUBLE_HEIGHT_BOTTOM: "\x1b#4",
}


class PenWriter:
    """Knows which pen the reader has, and what leads it to another. It starts with the default one."""

    def __init__(self, default: Pen) -> None:
        self._default = default
        self.pen = default

    def change(self, pen: Pen) -> str:
        """The sequences that lead to `pen`: SGR, DECSCA and OSC 8, as far as they differ."""
        if pen is self.pen:
            return ""
        old, new = self.pen.attributes, pen.attributes
        self.pen = pen
        parts: list[str] = []
        if old[: Field.PROTECTED] != new[: Field.PROTECTED]:
            parts.append(f"\x1b[{format_sgr(new)}m")
        if old.protected != new.protected:
            parts.append(f'\x1b[{int(new.protected)}"q')
        if (old.link, old.link_id) != (new.link, new.link_id):
            identity = f"id={new.link_id}" if new.link_id else ""
            parts.append(f"\x1b]8;{identity};{new.link or ''}\x1b\\")
        return "".join(parts)

    def reset(self) -> str:
        """The sequences that lead to the default pen."""
        return self.change(self._default)

    def took(self, pen: Pen) -> None:
        """Say that the text itself has led the reader to `pen`."""
        self.pen = pen


class LineWriter:
    """Writes lines for a reader whose cursor is at the start of a row, with autowrap on and without margins."""

    def __init__(self, columns: int, pens: PenWriter) -> None:
        self._columns = columns
        self._pens = pens

    def write_block(self, text: str, head: Pen) -> str:
        """Write plain lines as they were sent; the cursor is left at the start of the row below."""
        start = self._pens.change(head)
        self._pens.took(head.after(text))
        return start + text

    def write(self, lines: Sequence[Line], *, more: bool = False) -> Iterator[str]:
        """Write lines one below the other, a piece for each; the cursor is left on the last, or with `more` below it.

        Not written is that the last one, or one of large characters, goes on in the row below; nor is a joiner at the
        end of a cell.
        """
        follows_wrapped = False
        for index, line in enumerate(lines):
            following = lines[index + 1] if index + 1 < len(lines) else None
            wraps = line.wrapped and following is not None and not line.size
            yield self._line(line, following if wraps else None, follows_wrapped)
            if not wraps and (more or following is not None):
                # A line that scrolls in takes the pen's background.
                yield self._pens.reset() + "\r\n"
            follows_wrapped = wraps

    def _line(self, line: Line, continued_by: Line | None, follows_wrapped: bool) -> str:
        if line.is_raw:
            # The text holds its own sequences, and comes after a line's end.
            start = self._pens.change(line.head)
            self._pens.took(line.head.after(line.raw))
            return start + line.raw
        length = line.length
        if not length and follows_wrapped:
            # Something has to be printed for the cursor to wrap; it is taken back.
            return self._pens.change(line.fill) + " \r\x1b[K" + _SIZES[line.size]
        if continued_by is not None:
            return self._wrapping(line, continued_by)
        written = self._cells(line)
        default = line.fill.table.default
        # Behind the text a fresh line is blank in the default pen, or in that of the text which wrapped into it.
        is_fresh = line.fill is default and not (follows_wrapped and line.cell(0)[1].blank is not default)
        if length < self._columns and not is_fresh:
            written += self._pens.change(line.fill) + "\x1b[K"
        return written + _SIZES[line.size]

    def _wrapping(self, line: Line, continued_by: Line) -> str:
        """A line of which all columns are printed, so that what comes next wraps."""
        missing = self._columns - line.length
        written = self._cells(line)
        if missing == 1 and _starts_wide(continued_by):
            return written + self._pens.change(line.fill) + "\x1b[K"
        return written + (self._pens.change(line.fill) + " " * missing if missing > 0 else "")

    def _cells(self, line: Line) -> str:
        """The text that is held, each stretch behind the sequences of its pen."""
        if not line.length:
            return ""
        if line.text is not None and _PLAIN.fullmatch(line.text):
            ends = [*(start for start, _pen in line.runs[1:]), len(line.text)]
            return "".join(
                self._pens.change(pen) + line.text[start:end] for (start, pen), end in zip(line.runs, ends, strict=True)
            )
        cells = line.explode()
        parts: list[str] = []
        for x, (cell, pen) in enumerate(zip(cells, line.pens, strict=True)):
            if not cell:
                continue
            # What is printed behind a joiner would belong to the same cell; at its end it shows nothing.
            parts.append(self._pens.change(pen) + cell.rstrip(ZERO_WIDTH_JOINER))
            after = x + (2 if x + 1 < len(cells) and cells[x + 1] == "" else 1)
            if not _PLAIN.fullmatch(cell) and after < self._columns:
                # Else the next character could join this one.
                parts.append(f"\x1b[{after + 1}G")
        return "".join(parts)


def _starts_wide(line: Line) -> bool:
    return line.length > 1 and line.cell(1)[0] == ""
