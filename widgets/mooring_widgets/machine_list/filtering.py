"""The filter over the list: which rows stay, how well each fits, and which of its letters to show as matched."""

from __future__ import annotations

from dataclasses import dataclass

from mooring_widgets.machine_list.columns import Column
from mooring_widgets.machine_list.fuzzy import fold, fuzzy_match
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.plain_text import plain_text

Highlights = dict[Column, frozenset[int]]

_FIELD_SCORE = 8
"""What a hit outside the name counts for a letter: half of one inside it, so that names come first."""


@dataclass(frozen=True, slots=True)
class IndexedRow:
    """A row with its text folded once, since the filter reads every row at every key; `position` settles ties."""

    row: MachineRow
    position: int
    name: str
    fields: str

    @classmethod
    def of(cls, row: MachineRow, position: int) -> IndexedRow:
        """Fold what the filter looks at."""
        fields = "\n".join((row.address, row.user, row.driver, row.group, *row.tags))
        return cls(row=row, position=position, name=fold(plain_text(row.name)), fields=fold(fields))


class RowFilter:
    """A pattern as typed: words, all of which have to be found.

    A word is looked for as a subsequence of the name, else as a piece of address, user, driver, group or tags
    (a subsequence there would match almost everything).
    """

    def __init__(self, pattern: str) -> None:
        self._words = tuple(fold(word) for word in pattern.split())

    @property
    def is_empty(self) -> bool:
        """True when every row stays."""
        return not self._words

    def narrows(self, other: RowFilter) -> bool:
        """True when every row that this one keeps is kept by `other` too: then only those need to be looked at."""
        if len(self._words) < len(other._words):
            return False
        return all(mine.startswith(theirs) for mine, theirs in zip(self._words, other._words, strict=False))

    def score(self, indexed: IndexedRow) -> int | None:
        """How well a row fits, higher is better; None when it does not."""
        total = 0
        for word in self._words:
            match = fuzzy_match(word, indexed.name)
            if match is not None:
                total += match.score
            elif word in indexed.fields:
                total += _FIELD_SCORE * len(word)
            else:
                return None
        return total

    def highlights(self, row: MachineRow) -> Highlights:
        """Which characters of which column are matched, as indices into the column's plain text."""
        found: dict[Column, set[int]] = {}
        for word in self._words:
            match = fuzzy_match(word, fold(plain_text(row.name)))
            if match is not None:
                found.setdefault(Column.NAME, set()).update(match.positions)
                continue
            for column in (Column.ADDRESS, Column.USER, Column.DRIVER, Column.TAGS):
                start = fold(column.text(row)).find(word)
                if start >= 0:
                    found.setdefault(column, set()).update(range(start, start + len(word)))
        return {column: frozenset(positions) for column, positions in found.items()}
