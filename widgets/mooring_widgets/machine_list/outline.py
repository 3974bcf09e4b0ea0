"""What stands in the list line by line: headings and machines, after folding and filtering. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mooring_widgets.machine_list.filtering import IndexedRow, RowFilter
from mooring_widgets.machine_list.row import MachineRow


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A heading: how many machines stand under it, and whether they are folded away."""

    name: str
    count: int
    folded: bool


@dataclass(frozen=True, slots=True)
class MachineLine:
    """A machine."""

    row: MachineRow


Line = GroupLine | MachineLine


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines from top to bottom; `kept` are the rows that passed the filter, folded ones included."""

    lines: tuple[Line, ...]
    kept: tuple[IndexedRow, ...]


def build_outline(
    rows: Sequence[IndexedRow], row_filter: RowFilter, folded: Collection[str], *, has_groups: bool
) -> Outline:
    """Filter `rows`, and put them under headings where `has_groups` says that there are some.

    Without a filter rows keep their order. With one the best stand first, inside their group, and the group that holds
    the best stands first; nothing is folded then, since a hit that can't be seen is none.
    """
    kept = tuple(rows) if row_filter.is_empty else tuple(_ranked(rows, row_filter))
    if not has_groups:
        return Outline(tuple(MachineLine(indexed.row) for indexed in kept), kept)
    groups: dict[str, list[MachineRow]] = {}
    for indexed in kept:
        groups.setdefault(indexed.row.group, []).append(indexed.row)
    lines: list[Line] = []
    for name, members in groups.items():
        is_folded = row_filter.is_empty and name in folded
        lines.append(GroupLine(name, len(members), is_folded))
        if not is_folded:
            lines.extend(map(MachineLine, members))
    return Outline(tuple(lines), kept)


def _ranked(rows: Sequence[IndexedRow], row_filter: RowFilter) -> Iterable[IndexedRow]:
    scored: list[tuple[int, int, int, IndexedRow]] = []
    for indexed in rows:
        score = row_filter.score(indexed)
        if score is not None:
            scored.append((-score, len(indexed.name), indexed.position, indexed))
    scored.sort(key=lambda item: item[:3])
    return (item[3] for item in scored)
