"""What the list holds: machines, the filter, folds and marks, and the lines that follow from them. No Textual."""

from __future__ import annotations

from collections.abc import Sequence

from mooring_widgets.machine_list.filtering import IndexedRow, RowFilter
from mooring_widgets.machine_list.outline import GroupLine, Line, MachineLine, Outline, build_outline
from mooring_widgets.machine_list.row import MachineRow


class Contents:
    """Every change makes the outline anew; lines are found in it by their index from the top."""

    def __init__(self) -> None:
        self.outline = Outline((), ())
        self.has_groups = False
        self.filter = RowFilter("")
        self._rows: tuple[IndexedRow, ...] = ()
        self._folded: set[str] = set()
        self._marked: set[str] = set()

    @property
    def total(self) -> int:
        """How many machines there are, shown or not."""
        return len(self._rows)

    @property
    def marked(self) -> frozenset[str]:
        """The marked machines, shown or not."""
        return frozenset(self._marked)

    def is_marked(self, key: str) -> bool:
        """Whether a machine is marked."""
        return key in self._marked

    # Changes.

    def set_rows(self, rows: Sequence[MachineRow]) -> bool:
        """Hold other machines; marks and folds stay as far as their machines do. True when a mark went."""
        self._rows = tuple(IndexedRow.of(row, position) for position, row in enumerate(rows))
        self.has_groups = len({row.group for row in rows}) > 1
        keys = {row.key for row in rows}
        mark_went = not self._marked <= keys
        self._marked &= keys
        self._rebuild(self._rows)
        return mark_went

    def set_filter(self, pattern: str) -> None:
        """Let through what fits `pattern`; an empty one lets everything through."""
        previous, self.filter = self.filter, RowFilter(pattern)
        # Typing on only narrows: what failed before fails now.
        narrows = not self.filter.is_empty and not previous.is_empty and self.filter.narrows(previous)
        self._rebuild(self.outline.kept if narrows else self._rows)

    def set_folded(self, group: str, *, folded: bool) -> None:
        """Fold a group, or unfold it."""
        self._folded = self._folded | {group} if folded else self._folded - {group}
        self._rebuild(self._rows)

    def uncover(self, key: str) -> bool:
        """Unfold the group that a machine is folded away in; False when there was none to unfold."""
        for indexed in self._rows:
            if indexed.row.key == key and indexed.row.group in self._folded:
                self.set_folded(indexed.row.group, folded=False)
                return True
        return False

    def toggle_mark(self, line: Line) -> None:
        """Mark or unmark a machine; of a heading all of its machines, shown or folded away."""
        if isinstance(line, MachineLine):
            self._marked ^= {line.row.key}
            return
        members = {indexed.row.key for indexed in self.outline.kept if indexed.row.group == line.name}
        self._marked = self._marked - members if members <= self._marked else self._marked | members

    # Lines.

    def line(self, index: int) -> Line | None:
        """The line at an index, None outside the list."""
        lines = self.outline.lines
        return lines[index] if 0 <= index < len(lines) else None

    def clamp(self, index: int) -> int:
        """The nearest index that there is; 0 in an empty list."""
        return max(0, min(index, len(self.outline.lines) - 1))

    def index_of(self, key: str | None) -> int | None:
        """Where a machine stands, None when it is not shown."""
        for index, line in enumerate(self.outline.lines):
            if isinstance(line, MachineLine) and line.row.key == key:
                return index
        return None

    def heading(self, group: str) -> int | None:
        """Where a group's heading stands."""
        for index, line in enumerate(self.outline.lines):
            if isinstance(line, GroupLine) and line.name == group:
                return index
        return None

    def group_around(self, index: int) -> GroupLine | None:
        """The heading that the line at an index stands under, or is."""
        for line in reversed(self.outline.lines[: self.clamp(index) + 1]):
            if isinstance(line, GroupLine):
                return line
        return None

    @property
    def first_machine(self) -> int:
        """Where the first machine stands; 0 when none is shown."""
        lines = self.outline.lines
        return next((index for index, line in enumerate(lines) if isinstance(line, MachineLine)), 0)

    def _rebuild(self, source: Sequence[IndexedRow]) -> None:
        self.outline = build_outline(source, self.filter, self._folded, has_groups=self.has_groups)
