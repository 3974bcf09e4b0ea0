"""What the list holds: machines, filter, order, folds and marks, and the outline that follows from them. No Textual.

A change only notes what no longer holds. `arrange` then works that out, in pieces, and `show` puts it in the place of
what was there before. Each stage keeps its result: a key in the filter does not sort again, and a fold does not filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

from mooring_widgets.machine_list.columns import Column, natural_widths
from mooring_widgets.machine_list.entry import Batch, Entry, batches_of, entries_of
from mooring_widgets.machine_list.filtering import Kept, RowFilter
from mooring_widgets.machine_list.marks import Marks
from mooring_widgets.machine_list.ordering import SortOrder, in_groups, in_order
from mooring_widgets.machine_list.outline import Heading, Line, MachineLine, Outline, Section
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import Condition
from mooring_widgets.machine_list.work import Work, finish

NO_FILTER = RowFilter("", {})
"""Lets everything through."""


class _Stage(IntEnum):
    """How far an arrangement has come. Each stage needs those before it."""

    NOTHING = 0
    ENTRIES = 1
    ORDER = 2
    FILTER = 3


class Contents:
    """Machines and how they are to be shown."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.marks = Marks()
        self._rows: tuple[MachineRow, ...] = ()
        self._order = SortOrder.RECENCY
        self._is_flat = False
        self._folded: frozenset[Heading] = frozenset()
        self._conditions: dict[str, Condition] = {}
        self.filter = NO_FILTER

        self._stage = _Stage.NOTHING
        self._known: Mapping[str, Entry] = {}
        self._by_name: Sequence[Entry] = ()
        self._widths: Mapping[Column, int] = finish(natural_widths(()))
        self._ordered: Sequence[Entry] = ()
        self._groups: tuple[Section, ...] = ()
        self._batches: Sequence[Batch] = ()
        self._kept = Kept((), ())
        self._kept_by = self.filter

    # What follows from it, as of the last arrangement.

    @property
    def total(self) -> int:
        """How many machines there are, shown or not."""
        return len(self._by_name)

    @property
    def shown(self) -> int:
        """How many machines pass the filter, folded ones included."""
        return len(self._kept.ranked)

    @property
    def widths(self) -> Mapping[Column, int]:
        """How wide each column wants to be."""
        return self._widths

    @property
    def has_groups(self) -> bool:
        """Whether the machines are of several groups."""
        return len(self._groups) > 1

    @property
    def has_headings(self) -> bool:
        """Whether groups are told by headings at the moment."""
        return any(section.heading is not None for section in self.outline.sections)

    def condition(self, row: MachineRow) -> Condition:
        """The state of a machine: what was told last, else what its row says."""
        return self._conditions.get(row.key) or Condition(row.state, row.detail)

    def index_of(self, key: str, heading: Heading | None = None) -> int | None:
        """Where a machine stands, under `heading` if it stands there; None when it is not shown."""
        entry = self._known.get(key)
        return None if entry is None else self.outline.index_of(entry, heading)

    # Changes, which `arrange` and `show` carry out.

    @property
    def order(self) -> SortOrder:
        """What decides the order."""
        return self._order

    @property
    def is_flat(self) -> bool:
        """Whether machines are listed without their groups. With a filter they always are: the best stands first."""
        return self._is_flat

    def set_rows(self, rows: Iterable[MachineRow]) -> None:
        """Hold other machines; marks stay as far as their machines do, states and folds for when these come back."""
        self._rows = tuple(rows)
        self._stage = _Stage.NOTHING

    def set_order(self, order: SortOrder) -> None:
        """Sort by something else."""
        self._order = order
        self._fall_back_to(_Stage.ENTRIES)

    def set_flat(self, *, flat: bool) -> None:
        """List machines with or without their groups."""
        self._is_flat = flat

    def set_filter(self, pattern: str) -> None:
        """Let through what fits `pattern`; an empty one lets everything through."""
        self.filter = RowFilter(pattern, self._conditions)
        self._fall_back_to(_Stage.ORDER)

    def set_condition(self, key: str, condition: Condition) -> bool:
        """Take what is told of a machine; True when the order or the filter asks for states, so that lines may move."""
        self._conditions[key] = condition
        if self._order is SortOrder.STATE:
            self._fall_back_to(_Stage.ENTRIES)
            return True
        if self.filter.asks_for_states:
            self._kept_by = NO_FILTER  # What was let through then may not be now.
            self._fall_back_to(_Stage.ORDER)
            return True
        return False

    def set_folded(self, headings: Iterable[Heading], *, folded: bool) -> None:
        """Fold groups, or unfold them."""
        self._folded = self._folded.union(headings) if folded else self._folded.difference(headings)

    def set_all_folded(self, *, folded: bool) -> None:
        """Fold every group, or unfold it."""
        self.set_folded([section.heading for section in self._groups if section.heading], folded=folded)

    def uncover(self, key: str) -> bool:
        """Unfold a group that a machine is folded away in; False when it is shown, or not there."""
        entry = self._known.get(key)
        if entry is None or self.outline.index_of(entry) is not None:
            return False
        for section in self.outline.sections:
            if section.folded and section.heading is not None and entry in section.entries:
                self.set_folded([section.heading], folded=False)
                return True
        return False

    def keys_of(self, line: Line) -> Iterator[str]:
        """The machine of a line, or all that stand under a heading, shown or folded away."""
        if isinstance(line, MachineLine):
            yield line.key
            return
        for section in self.outline.sections:
            if section.heading == line.heading:
                yield from (entry.row.key for entry in section.entries)

    def shown_keys(self) -> Iterator[str]:
        """The machines that pass the filter, folded ones included."""
        return (entry.row.key for entry in self._kept.ranked)

    # Arranging.

    def arrange(self) -> Work[None]:
        """Work out what the last changes call for. A change made meanwhile calls for another arrangement instead."""
        if self._stage < _Stage.ENTRIES:
            entries = yield from entries_of(self._rows, self._known)
            self._widths = yield from natural_widths(self._rows)
            self._hold(entries)
        if self._stage < _Stage.ORDER:
            ordered = yield from in_order(self._by_name, self._order, self._conditions)
            self._groups = yield from in_groups(ordered)
            self._batches = yield from batches_of(ordered)
            self._ordered, self._kept_by = ordered, NO_FILTER
            self._stage = _Stage.ORDER
        if self._stage < _Stage.FILTER:
            self._kept = yield from self._filtered()
            self._kept_by = self.filter
            self._stage = _Stage.FILTER

    def show(self) -> None:
        """Let the lines follow from what was arranged, and from folds."""
        self.outline = Outline(tuple(self._sections()))

    def _hold(self, entries: Mapping[str, Entry]) -> None:
        self._known = entries
        self._by_name = list(entries.values())
        self.marks.keep(key for key in self.marks.keys if key in self._known)
        self._stage = _Stage.ENTRIES

    def _filtered(self) -> Work[Kept]:
        if self.filter.is_empty:
            return Kept(self._ordered, self._ordered)
        was_narrow = len(self._kept.in_order) < len(self._ordered) // 2
        if was_narrow and not self._kept_by.is_empty and self.filter.narrows(self._kept_by):
            # Typing on only narrows: what failed before fails now.
            narrowed = yield from batches_of(self._kept.in_order)
            return (yield from self.filter.kept(narrowed))
        return (yield from self.filter.kept(self._batches))

    def _sections(self) -> Iterator[Section]:
        if not self.filter.is_empty or self._is_flat:
            yield Section(None, self._kept.ranked)
            return
        for section in self._groups:
            yield Section(section.heading, section.entries, folded=section.heading in self._folded)

    def _fall_back_to(self, stage: _Stage) -> None:
        self._stage = min(self._stage, stage)
