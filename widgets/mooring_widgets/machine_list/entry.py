"""Machines made ready to be sorted and filtered: what every key in the filter would else work out anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice
from operator import attrgetter

from mooring_widgets.fuzzy import fold
from mooring_widgets.machine_list.natural_order import natural_key
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.work import PIECE, Work, pieces
from mooring_widgets.plain_text import plain_text


@dataclass(slots=True, eq=False)
class Entry:
    """One machine, compared by identity. Not frozen: that makes a dataclass three times as slow to build.

    `name` is the name as it is shown; `other` holds the other columns that text is looked for in, folded, each between
    two line ends; `order_key` sorts by name; among machines that fit a filter equally well a lower `handicap` goes
    first, which favourites and what was used before have, and short names before long ones.
    """

    row: MachineRow
    name: str
    other: str
    order_key: str
    handicap: int

    @classmethod
    def of(cls, row: MachineRow) -> Entry:
        """Work out what is asked for at every key."""
        name = plain_text(row.name)
        handicap = 1 if row.favourite or row.score > 0 else len(name) + 2
        return cls(row, name, fold(other_text(row)), natural_key(name), handicap)


class Batch:
    """Some entries together, so that one call of the interpreter's own works on all of them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.handicaps = [entry.handicap for entry in entries]
        self.others = [entry.other for entry in entries]
        self.joined_names = "\n".join([entry.name for entry in entries])
        self.joined_others = "".join(self.others)


def other_text(row: MachineRow) -> str:
    """The columns beside the name that a word is looked for in, as they are shown, each between two line ends."""
    return f"\n{plain_text(row.address)}{_shared_text((row.user, row.driver), row.groups, row.tags, row.sources)}"


def entries_of(rows: Sequence[MachineRow], known: Mapping[str, Entry]) -> Work[dict[str, Entry]]:
    """Return the entries of `rows` by key, in natural order; those in `known` serve again where their row is the same.

    One sort of a hundred thousand would stand in the way for a tenth of a second, so runs of them are sorted, and the
    runs merged in pieces.
    """
    runs: list[list[Entry]] = []
    run: list[Entry] = []
    for number, piece in enumerate(pieces(rows)):
        if number:
            yield
        for row in piece:
            entry = known.get(row.key)
            run.append(entry if entry is not None and entry.row == row else Entry.of(row))
        if len(run) >= _RUN:
            runs.append(sorted(run, key=_order_key))
            run = []
    runs.append(sorted(run, key=_order_key))
    merged = merge(*runs, key=_order_key) if len(runs) > 1 else iter(runs[0])
    entries: dict[str, Entry] = {}
    while more := list(islice(merged, PIECE)):
        if entries:
            yield
        entries.update((entry.row.key, entry) for entry in more)
    return entries


def batches_of(entries: Sequence[Entry]) -> Work[list[Batch]]:
    """Put entries together by the size of a piece of work."""
    batches: list[Batch] = []
    for number, piece in enumerate(pieces(entries)):
        if number:
            yield
        batches.append(Batch(piece))
    return batches


_RUN = 4000
"""How many entries are sorted in one go, which takes a few milliseconds."""

_order_key = attrgetter("order_key")


@lru_cache(maxsize=4096)
def _shared_text(*columns: tuple[str, ...]) -> str:
    """What many machines have in common, worked out once."""
    return "\n".join(("", *(plain_text(text) for column in columns for text in column if text), ""))
