"""Where a pattern was found: sorted, and small enough to keep hundreds of thousands."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from mooring_widgets.terminal.place import Place

KEPT = 500_000
"""Matches that are kept, 16 bytes each; the oldest go first."""

_COLUMNS = 1 << 16

Found = tuple[Place, Place]
"""The first and the last cell of a match."""


class Matches:
    """Matches in the order of the text."""

    def __init__(self) -> None:
        self._firsts = array("q")
        self._lasts = array("q")

    def __len__(self) -> int:
        return len(self._firsts)

    def __getitem__(self, index: int) -> Found:
        return _place(self._firsts[index]), _place(self._lasts[index])

    @property
    def is_full(self) -> bool:
        """Whether older ones would not be kept."""
        return len(self) >= KEPT

    def put_before(self, found: Sequence[Found]) -> None:
        """Add matches that are older than all others, in their order."""
        self._firsts[:0] = array("q", (_key(first) for first, _last in found))
        self._lasts[:0] = array("q", (_key(last) for _first, last in found))

    def replace_from(self, line: int, found: Iterable[Found]) -> None:
        """Take these in place of those that begin on `line` or behind it."""
        at = bisect_left(self._firsts, line * _COLUMNS)
        del self._firsts[at:]
        del self._lasts[at:]
        for first, last in found:
            self._firsts.append(_key(first))
            self._lasts.append(_key(last))
        self._drop(len(self) - KEPT)

    def drop_before(self, line: int) -> None:
        """Forget those on lines that are there no more."""
        self._drop(bisect_left(self._firsts, line * _COLUMNS))

    def index_at(self, place: Place) -> int | None:
        """The number of the match that begins there."""
        at = bisect_left(self._firsts, _key(place))
        return at if at < len(self) and self._firsts[at] == _key(place) else None

    def index_before(self, place: Place) -> int | None:
        """The number of the last match that begins before a place, None where there is none."""
        at = bisect_left(self._firsts, _key(place)) - 1
        return at if at >= 0 else None

    def index_after(self, place: Place) -> int | None:
        """The number of the first match that begins behind a place, None where there is none."""
        at = bisect_right(self._firsts, _key(place))
        return at if at < len(self) else None

    def touching(self, start: int, end: int) -> Iterator[Found]:
        """Those of which something is on the lines from `start` to before `end`."""
        at = bisect_left(self._lasts, start * _COLUMNS)
        while at < len(self) and self._firsts[at] < end * _COLUMNS:
            yield self[at]
            at += 1

    def _drop(self, count: int) -> None:
        if count > 0:
            del self._firsts[:count]
            del self._lasts[:count]


def _key(place: Place) -> int:
    return place.line * _COLUMNS + place.column


def _place(key: int) -> Place:
    return Place(*divmod(key, _COLUMNS))
