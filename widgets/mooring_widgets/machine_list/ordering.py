"""In which order machines stand, and under which headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from heapq import nlargest

from mooring_widgets.machine_list.entry import Entry
from mooring_widgets.machine_list.natural_order import natural_key
from mooring_widgets.machine_list.outline import Heading, HeadingKind, Section
from mooring_widgets.machine_list.state import Condition, RowState
from mooring_widgets.machine_list.work import Work, pieces

RECENT_SHOWN = 5
"""How many of the machines that were used lately are repeated above the groups."""

_STATES_IN_ORDER = (
    RowState.OPEN,
    RowState.CONNECTING,
    RowState.KEY_CHANGED,
    RowState.KEY_UNKNOWN,
    RowState.FAILED,
    RowState.REFUSED,
    RowState.TIMED_OUT,
    RowState.DNS_FAILED,
    RowState.NO_ROUTE,
    RowState.UP,
    RowState.CHECKING,
    RowState.IDLE,
)
_STATE_RANKS = {state: rank for rank, state in enumerate(_STATES_IN_ORDER)}


class SortOrder(StrEnum):
    """What decides the order; where it leaves two machines equal, they go by name as people count."""

    RECENCY = "recency"
    """Favourites first, then what was used most and last."""
    NAME = "name"
    STATE = "state"
    """Open sessions first, then what needs a look, then the rest."""


def in_order(by_name: Sequence[Entry], order: SortOrder, conditions: Mapping[str, Condition]) -> Work[list[Entry]]:
    """Put entries that are sorted by name in another order."""
    rank: Callable[[Entry], float]
    match order:
        case SortOrder.NAME:
            return list(by_name)
        case SortOrder.RECENCY:
            rank = _recency_rank
        case SortOrder.STATE:

            def rank(entry: Entry) -> float:
                condition = conditions.get(entry.row.key)
                return _STATE_RANKS[entry.row.state if condition is None else condition.state]

    ranks: dict[float, list[Entry]] = {}
    for number, piece in enumerate(pieces(by_name)):
        if number:
            yield
        for entry in piece:
            ranks.setdefault(rank(entry), []).append(entry)
    ordered: list[Entry] = []
    for place in sorted(ranks):
        ordered.extend(ranks[place])
    return ordered


def _recency_rank(entry: Entry) -> float:
    """Lower comes first: favourites, each as if it was just used, then by score."""
    return -entry.row.score if not entry.row.favourite else float("-inf")


def in_groups(entries: Sequence[Entry]) -> Work[tuple[Section, ...]]:
    """Put entries under the headings of their groups, in each that they have, in the order that they come in.

    Favourites, and the few that were used most and last, are repeated above. Where one heading would hold everything
    there is none.
    """
    groups: dict[str, list[Entry]] = {}
    ungrouped: list[Entry] = []
    favourites: list[Entry] = []
    used: list[Entry] = []
    for number, piece in enumerate(pieces(entries)):
        if number:
            yield
        for entry in piece:
            row = entry.row
            for group in row.groups:
                groups.setdefault(group, []).append(entry)
            if not row.groups:
                ungrouped.append(entry)
            if row.favourite:
                favourites.append(entry)
            elif row.score > 0:
                used.append(entry)
    if len(groups) + bool(ungrouped) < 2:
        return (Section(None, entries),)
    sections = [
        Section(Heading(HeadingKind.FAVOURITES), favourites),
        Section(Heading(HeadingKind.RECENT), nlargest(RECENT_SHOWN, used, key=lambda entry: entry.row.score)),
        *(Section(Heading(HeadingKind.GROUP, name), groups[name]) for name in sorted(groups, key=natural_key)),
        Section(Heading(HeadingKind.UNGROUPED), ungrouped),
    ]
    return tuple(section for section in sections if section.entries)
