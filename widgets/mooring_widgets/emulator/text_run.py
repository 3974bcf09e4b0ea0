"""The text of neighbouring lines without their looks: what searching and copying read, a whole run at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TextRun:
    """Lines in their order; `first` is the number of the first one, counted from the first line that ever was.

    `texts` hold what is written on each, as far as it is written: what is blank behind it is left out. `wrapped` are
    the numbers of the lines that autowrap broke at their end. `cells` has the lines in which a character does not
    simply take a column, by number: one string a column, "" for the second half of a wide character.
    """

    first: int
    texts: Sequence[str]
    wrapped: frozenset[int] = frozenset()
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def end(self) -> int:
        """The number of the line behind the last."""
        return self.first + len(self.texts)

    def columns_of(self, line: int) -> Sequence[str]:
        """One line by columns: a slice of it, joined, is the text of those columns."""
        return self.cells.get(line) or self.texts[line - self.first]

    def clipped(self, first: int, end: int) -> TextRun:
        """The same without the lines before `first` and from `end` on."""
        if first <= self.first and end >= self.end:
            return self
        first = max(first, self.first)
        return TextRun(first, self.texts[first - self.first : max(end, first) - self.first], self.wrapped, self.cells)
