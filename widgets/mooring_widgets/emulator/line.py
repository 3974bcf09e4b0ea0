"""A line of the terminal in the cheapest form that can hold what is on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mooring_widgets.emulator.line_size import LineSize
from mooring_widgets.emulator.pens import SGR_PATTERN, Pen

SGR_TOKEN = re.compile(f"({SGR_PATTERN})")


class Line:
    """One line, in one of three states.

    - raw: `raw` holds the text with its SGR sequences as they came and `head` the pen at its start; nothing else is
      known until somebody looks (a flood scrolls past in this state);
    - compact: `text` holds one character a column, `runs` the (first column, pen) pairs; it is only appended to;
    - exploded: `cells` and `pens` are parallel lists; "" is the second half of a wide character.

    In each state the columns beyond what is held are blank in the pen `fill`, so erasing to the end and widening cost
    nothing. `wide` says that some cell is not one character in one column, `wrapped` that autowrap went on in the next
    line, `size` how large its characters are. `version` is 0 after a change; `damage.Versions` gives the line a number
    when somebody asks.
    """

    __slots__ = ("cells", "fill", "head", "pens", "raw", "runs", "size", "text", "version", "wide", "wrapped")

    def __init__(self, fill: Pen) -> None:
        self.text: str | None = ""
        self.runs: list[tuple[int, Pen]] = []
        self.cells: list[str] | None = None
        self.pens: list[Pen]
        self.raw: str
        self.head: Pen
        self.fill = fill
        self.wide = False
        self.wrapped = False
        self.size = LineSize.SINGLE
        self.version = 0

    @classmethod
    def from_raw(cls, raw: str, head: Pen, fill: Pen) -> Line:
        """Make a line of single-width text that fits and holds no control but SGR, without looking at it."""
        line = cls.__new__(cls)
        line.text = None
        line.cells = None
        line.raw = raw
        line.head = head
        line.fill = fill
        line.wide = False
        line.wrapped = False
        line.size = LineSize.SINGLE
        line.version = 0
        return line

    @classmethod
    def from_cells(cls, cells: list[str], pens: list[Pen], fill: Pen) -> Line:
        """Make a line of parallel lists, which it keeps."""
        line = cls(fill)
        line.text = None
        line.cells = cells
        line.pens = pens
        line.wide = any(len(cell) != 1 for cell in cells)
        return line

    def settle(self) -> str:
        """Turn a raw line into a compact one and return its text."""
        pen = self.head
        runs = self.runs = []
        parts: list[str] = []
        column = 0
        for index, piece in enumerate(SGR_TOKEN.split(self.raw)):
            if index & 1:
                pen = pen.following.get(piece) or pen.step(piece)
            elif piece:
                if not runs or runs[-1][1] is not pen:
                    runs.append((column, pen))
                parts.append(piece)
                column += len(piece)
        self.raw = ""
        self.text = "".join(parts)
        return self.text

    def explode(self) -> list[str]:
        """Turn the line into parallel lists and return the cells."""
        cells = self.cells
        if cells is None:
            text = self.settle() if self.text is None else self.text
            cells = self.cells = list(text)
            pens: list[Pen] = []
            ends = [start for start, _pen in self.runs[1:]]
            ends.append(len(text))
            for (start, pen), end in zip(self.runs, ends, strict=False):
                pens += [pen] * (end - start)
            self.pens = pens
            self.text = None
            self.runs = []
        return cells

    @property
    def is_raw(self) -> bool:
        """Whether nobody has looked yet: `raw` and `head` are what is known."""
        return self.text is None and self.cells is None

    @property
    def length(self) -> int:
        """How many columns are held; beyond are blanks in `fill`."""
        if self.cells is not None:
            return len(self.cells)
        return len(self.settle() if self.text is None else self.text)

    @property
    def plain(self) -> str:
        """The text of the columns that are held."""
        if self.cells is not None:
            return "".join(self.cells)
        return self.settle() if self.text is None else self.text

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen on the line."""
        if self.fill.attributes.background is not None:
            return False
        default = self.fill.table.default
        cells = self.explode() if self.length else []
        return not any(
            cell != " " or pen is not default for cell, pen in zip(cells, self.pens if cells else [], strict=True)
        )

    @property
    def has_protected(self) -> bool:
        """Whether DECSCA or SPA protects some cell."""
        if self.text is None and self.cells is None:
            self.settle()
        pens = {pen for _start, pen in self.runs} if self.cells is None else set(self.pens)
        return any(pen.protected for pen in pens)

    def write(self, x: int, text: str, pen: Pen) -> None:
        """Overwrite from column `x` with characters that take one column each."""
        self.version = 0
        cells = self.cells
        if cells is None:
            known = self.text
            if known is None:
                known = self.settle()
            length = len(known)
            if x == length:
                runs = self.runs
                if not runs or runs[-1][1] is not pen:
                    runs.append((x, pen))
                self.text = known + text
                return
            if x > length:
                runs = self.runs
                fill = self.fill
                if not runs or runs[-1][1] is not fill:
                    runs.append((length, fill))
                if fill is not pen:
                    runs.append((x, pen))
                self.text = known + " " * (x - length) + text
                return
            if not x and len(text) >= length:
                self.text = text
                self.runs = [(0, pen)]
                return
            cells = self.explode()
        end = x + len(text)
        if x > len(cells):
            self._pad(x)
        if self.wide:
            self.mend(x, pen.blank)
            self.mend(end, pen.blank)
        cells[x:end] = text
        self.pens[x:end] = [pen] * (end - x)

    def write_cells(self, x: int, new: Sequence[str], pen: Pen) -> None:
        """Overwrite from column `x` with cells of which some are wide ("" follows) or several characters long."""
        self.version = 0
        cells = self.explode()
        self._pad(x)
        end = x + len(new)
        if self.wide:
            self.mend(x, pen.blank)
            self.mend(end, pen.blank)
        cells[x:end] = new
        self.pens[x:end] = [pen] * (end - x)
        self.wide = True

    def put(self, x: int, cells: Sequence[str], pens: Sequence[Pen]) -> None:
        """Overwrite from column `x` with cells that each have a pen of their own."""
        self.version = 0
        own = self.explode()
        self._pad(x)
        end = x + len(cells)
        self.mend(x)
        self.mend(end)
        own[x:end] = cells
        self.pens[x:end] = pens
        self.wide = self.wide or any(len(cell) != 1 for cell in cells)

    def take(self, start: int, end: int) -> tuple[list[str], list[Pen]]:
        """Copy the columns from `start` to before `end`; halves of wide characters that are cut become blanks."""
        cells = self.explode()
        padding = max(0, end - max(start, len(cells)))
        taken = cells[start:end] + [" "] * padding
        if taken and taken[0] == "":
            taken[0] = " "
        if end < len(cells) and cells[end] == "":
            taken[-1] = " "
        return taken, self.pens[start:end] + [self.fill] * padding

    def restyle(self, start: int, end: int, changed: Callable[[Pen], Pen]) -> None:
        """Change the pens of the columns from `start` to before `end`, and no character."""
        self.version = 0
        self.explode()
        self._pad(end)
        stretch = self.pens[start:end]
        pens = {pen: changed(pen) for pen in set(stretch)}
        self.pens[start:end] = [pens[pen] for pen in stretch]

    def cell(self, x: int) -> tuple[str, Pen]:
        """One column's character and pen."""
        cells = self.explode()
        return (cells[x], self.pens[x]) if x < len(cells) else (" ", self.fill)

    def erase(self, start: int, end: int, blank: Pen) -> None:
        """Blank the columns from `start` to before `end`."""
        if start >= end:
            return
        self.version = 0
        cells = self.explode()
        self._pad(start)
        if self.wide:
            self.mend(start, blank)
            self.mend(end, blank)
        count = end - start
        cells[start:end] = [" "] * count
        self.pens[start:end] = [blank] * count

    def erase_span(self, start: int, end: int, columns: int, blank: Pen) -> None:
        """Blank some columns of a line that is `columns` wide, the cheap way where they reach its end."""
        if end >= columns:
            self.truncate(start, blank)
        else:
            self.erase(start, end, blank)

    def truncate(self, x: int, blank: Pen) -> None:
        """Blank everything from column `x` on."""
        self.version = 0
        self.wrapped = False
        cells = self.cells
        if cells is None:
            known = self.text
            if known is None:
                known = self.settle()
            length = len(known)
            if x < length:
                self.text = known[:x]
                runs = self.runs
                while runs and runs[-1][0] >= x:
                    runs.pop()
            elif x > length and blank is not self.fill:
                if not self.runs or self.runs[-1][1] is not self.fill:
                    self.runs.append((length, self.fill))
                self.text = known + " " * (x - length)
        elif x < len(cells):
            if self.wide:
                self.mend(x, blank)
            del cells[x:]
            del self.pens[x:]
        elif blank is not self.fill:
            self._pad(x)
        self.fill = blank

    def insert(self, x: int, count: int, limit: int, blank: Pen) -> None:
        """Push the columns from `x` to before `limit` to the right by `count` blanks; what passes `limit` is lost."""
        self.version = 0
        cells = self.explode()
        count = min(count, limit - x)
        self._pad(limit)
        if self.wide:
            self.mend(x, blank)
            self.mend(limit - count, blank)
            self.mend(limit, blank)
        pens = self.pens
        cells[x:limit] = [" "] * count + cells[x : limit - count]
        pens[x:limit] = [blank] * count + pens[x : limit - count]

    def delete(self, x: int, count: int, limit: int, blank: Pen) -> None:
        """Pull the columns before `limit` to the left over `count` columns at `x`; blanks come in at `limit`."""
        self.version = 0
        cells = self.explode()
        count = min(count, limit - x)
        self._pad(limit)
        if self.wide:
            self.mend(x, blank)
            self.mend(x + count, blank)
            self.mend(limit, blank)
        pens = self.pens
        cells[x:limit] = cells[x + count : limit] + [" "] * count
        pens[x:limit] = pens[x + count : limit] + [blank] * count

    @property
    def weight(self) -> int:
        """Bytes of what is held, about, without the object itself."""
        if self.cells is not None:
            return 16 * len(self.cells)
        if self.text is None:
            return len(self.raw)
        return len(self.text) * (1 if self.text.isascii() else 2) + 64 * len(self.runs)

    def pack(self) -> None:
        """Go back to the compact form where it can say the same."""
        cells = self.cells
        if cells is None or self.wide:
            return
        pens = self.pens
        runs: list[tuple[int, Pen]] = []
        last: Pen | None = None
        for column, pen in enumerate(pens):
            if pen is not last:
                runs.append((column, pen))
                last = pen
        self.text = "".join(cells)
        self.runs = runs
        self.cells = None
        self.pens = []

    def resize(self, size: LineSize) -> None:
        """Give the characters another size."""
        if size is not self.size:
            self.size = size
            self.version = 0

    def crop(self, columns: int) -> None:
        """Forget what lies beyond `columns`."""
        if self.length > columns:
            self.cut(columns, self.fill)

    def cut(self, columns: int, fill: Pen) -> None:
        """Keep `columns` as they are, blanks among them, and have another fill beyond."""
        wrapped = self.wrapped
        self.truncate(columns, fill)
        self.wrapped = wrapped

    def mend(self, x: int, blank: Pen | None = None) -> None:
        """Blank both halves, in `blank` if given, of a wide character that a cut before column `x` would part."""
        cells = self.explode()
        if 0 < x < len(cells) and cells[x] == "":
            cells[x - 1 : x + 1] = [" ", " "]
            if blank is not None:
                self.pens[x - 1 : x + 1] = [blank, blank]

    def _pad(self, length: int) -> None:
        cells = self.explode()
        missing = length - len(cells)
        if missing > 0:
            cells += [" "] * missing
            self.pens += [self.fill] * missing
