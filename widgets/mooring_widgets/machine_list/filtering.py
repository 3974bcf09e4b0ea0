"""The filter over the list: which machines stay, in which order, and which of their letters to show as matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mooring_widgets.machine_list.columns import Column
from mooring_widgets.machine_list.entry import Batch, Entry
from mooring_widgets.machine_list.matching import Scores, match_text, matcher_of
from mooring_widgets.machine_list.pattern import Field, Term, parse_pattern
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import Condition
from mooring_widgets.machine_list.work import Work
from mooring_widgets.plain_text import MAXIMUM_LENGTH

Highlights = Mapping[Column, frozenset[int]]

_HANDICAPS = MAXIMUM_LENGTH + 3
"""More than an entry's handicap ever is, so that one number holds score and handicap."""

_FIELD_COLUMNS = {
    Field.NAME: Column.NAME,
    Field.TAG: Column.TAGS,
    Field.GROUP: Column.GROUPS,
    Field.DRIVER: Column.DRIVER,
    Field.SOURCE: Column.SOURCES,
    Field.USER: Column.USER,
    Field.STATE: Column.STATE,
}
_OTHER_COLUMNS = (Column.ADDRESS, Column.USER, Column.DRIVER, Column.GROUPS, Column.TAGS, Column.SOURCES)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a filter let through: in the order that it came in, and the best first."""

    in_order: Sequence[Entry]
    ranked: Sequence[Entry]


class RowFilter:
    """A pattern as typed, ready to be held against machines. `conditions` are the states told by machine."""

    def __init__(self, pattern: str, conditions: Mapping[str, Condition]) -> None:
        self._terms = parse_pattern(pattern)
        self._matchers = [matcher_of(term, conditions) for term in self._terms]

    @property
    def is_empty(self) -> bool:
        """True when every machine stays, in its place."""
        return not self._terms

    @property
    def asks_for_states(self) -> bool:
        """True when a machine may come and go as its state changes."""
        return any(term.field is Field.STATE for term in self._terms)

    def narrows(self, other: RowFilter) -> bool:
        """True when every machine that this one keeps is kept by `other` too: then only those need to be looked at."""
        if len(self._terms) < len(other._terms):
            return False
        return all(mine.narrows(theirs) for mine, theirs in zip(self._terms, other._terms, strict=False))

    def kept(self, batches: Sequence[Batch]) -> Work[Kept]:
        """The entries that fit every term.

        As in fzf equal scores go by the length of the name, and then by the order that the entries come in, and nothing
        is ranked by terms that only leave out. Favourites and what was used before come first among equals, whatever
        their length, but for a name that is typed out.
        """
        in_order: list[Entry] = []
        ranks: defaultdict[int, list[Entry]] = defaultdict(list)
        for number, batch in enumerate(batches):
            if number:
                yield
            fitting = [
                (handicap - score * _HANDICAPS, entry)
                for score, handicap, entry in zip(self._scores(batch), batch.handicaps, batch.entries, strict=True)
                if score is not None
            ]
            for rank, entry in fitting:
                ranks[rank].append(entry)
            in_order.extend([entry for _rank, entry in fitting])
        if not any(term.is_ranked for term in self._terms):
            return Kept(in_order, in_order)
        ranked: list[Entry] = []
        for rank in sorted(ranks):
            ranked.extend(ranks[rank])
        self._put_first_what_is_typed_out(ranked)
        return Kept(in_order, ranked)

    def highlights(self, row: MachineRow, condition: Condition) -> Highlights:
        """Which characters of which column are matched, as indices into the column's text."""
        found: dict[Column, frozenset[int]] = {}
        for term in self._terms:
            if term.negated:
                continue
            for column in _columns_of(term):
                match = match_text(term, column.text(row, condition))
                if match is not None:
                    found[column] = found.get(column, frozenset()).union(match.positions)
                    if column is Column.NAME:
                        break
        return found

    def _put_first_what_is_typed_out(self, ranked: list[Entry]) -> None:
        """A name that is the only term itself goes before favourites that only begin with it.

        Nothing scores higher, so it can be found behind no more than these.
        """
        wanted = [term for term in self._terms if term.is_ranked]
        if len(wanted) > 1:
            return
        length = len(wanted[0].text)
        for index, entry in enumerate(ranked):
            if len(entry.name) == length:
                ranked.insert(0, ranked.pop(index))
                return
            if entry.handicap > length + 2:
                return

    def _scores(self, batch: Batch) -> Scores:
        scores = self._matchers[0].scores(batch)
        for matcher in self._matchers[1:]:
            more = matcher.scores(batch)
            scores = [a + b if a is not None and b is not None else None for a, b in zip(scores, more, strict=True)]
        return scores


def _columns_of(term: Term) -> tuple[Column, ...]:
    """Where a term may be found, the first place that counts first."""
    return (Column.NAME, *_OTHER_COLUMNS) if term.field is None else (_FIELD_COLUMNS[term.field],)
