"""What stands in the list line by line: headings and machines. Pure.

An outline knows its sections and where each starts, and makes a line when it is asked for one: a list of a hundred
thousand machines is laid out at the cost of its groups.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from mooring_widgets.machine_list.entry import Entry


class HeadingKind(StrEnum):
    """What a heading stands for; a group may have any name, those of the others included."""

    FAVOURITES = "favourites"
    RECENT = "recent"
    GROUP = "group"
    UNGROUPED = "ungrouped"


@dataclass(frozen=True, slots=True)
class Heading:
    """What machines stand under."""

    kind: HeadingKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A heading in the list: how many machines stand under it, and whether they are folded away."""

    heading: Heading
    count: int
    folded: bool


@dataclass(frozen=True, slots=True)
class MachineLine:
    """A machine, under a heading or none."""

    entry: Entry
    heading: Heading | None

    @property
    def key(self) -> str:
        """The machine's key."""
        return self.entry.row.key


Line = GroupLine | MachineLine


@dataclass(frozen=True, slots=True)
class Section:
    """Machines under one heading, or all of them where there is none."""

    heading: Heading | None
    entries: Sequence[Entry]
    folded: bool = False

    @property
    def height(self) -> int:
        """Lines it takes."""
        return (self.heading is not None) + (0 if self.folded else len(self.entries))

    def line(self, index: int) -> Line:
        """Its line at an index from its own top."""
        if self.heading is not None:
            if index == 0:
                return GroupLine(self.heading, len(self.entries), self.folded)
            index -= 1
        return MachineLine(self.entries[index], self.heading)


class Outline:
    """The lines from top to bottom, found by index, by machine and by heading."""

    def __init__(self, sections: Sequence[Section] = ()) -> None:
        self.sections = tuple(sections)
        self._starts = list(accumulate((section.height for section in self.sections), initial=0))

    @property
    def height(self) -> int:
        """How many lines there are."""
        return self._starts[-1]

    def line(self, index: int) -> Line | None:
        """The line at an index, None outside the list."""
        if not 0 <= index < self.height:
            return None
        number = bisect_right(self._starts, index) - 1
        return self.sections[number].line(index - self._starts[number])

    def lines(self, first: int, last: int) -> Iterator[Line]:
        """The lines from `first` up to `last`, which is not among them."""
        for index in range(max(0, first), min(last, self.height)):
            line = self.line(index)
            if line is not None:
                yield line

    def section_at(self, index: int) -> Section | None:
        """The section that a line belongs to."""
        return self.sections[bisect_right(self._starts, index) - 1] if 0 <= index < self.height else None

    def index_of(self, entry: Entry, heading: Heading | None = None) -> int | None:
        """Where a machine stands, under `heading` if it stands there; None when it is not shown."""
        found: int | None = None
        for start, section in zip(self._starts, self.sections, strict=False):
            if section.folded or (found is not None and section.heading != heading):
                continue
            try:
                index = section.entries.index(entry)
            except ValueError:
                continue
            index += start + (section.heading is not None)
            if section.heading == heading:
                return index
            found = index
        return found

    def index_of_heading(self, heading: Heading) -> int | None:
        """Where a heading stands."""
        for start, section in zip(self._starts, self.sections, strict=False):
            if section.heading == heading:
                return start
        return None

    @property
    def first_machine(self) -> int:
        """Where the first machine stands; 0 when none is shown."""
        return self.nearest_machine(0)

    def nearest_machine(self, index: int) -> int:
        """The first line from `index` on that is a machine, else the last before it; 0 when there is none."""
        for number in range(index, self.height):
            if isinstance(self.line(number), MachineLine):
                return number
        for number in range(min(index, self.height) - 1, -1, -1):
            if isinstance(self.line(number), MachineLine):
                return number
        return 0
