"""When the person was on which machine: for the last connections of one, and for sorting many by use."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from mooring.model.errors import ConfigError
from mooring.store.lock import locked_folder
from mooring.store.read import read_text_file
from mooring.store.write import set_aside, write_atomically

MOST_VISITS = 20
"""Connections that are remembered of one machine."""

MOST_MACHINES = 2000
"""Machines that are remembered; the one that was left alone for longest goes first."""

HALF_LIFE = 7 * 24 * 3600.0
"""Seconds after which a connection counts half in the order by use."""

_LIMIT = 16 * 1024 * 1024
_UNREADABLE = (ConfigError, msgspec.MsgspecError, RecursionError)


class Visit(msgspec.Struct, frozen=True, array_like=True):
    """One connection: when it began (seconds since 1970), and by what ("native", "ssh")."""

    when: float
    how: str


@dataclass(frozen=True, slots=True)
class Recent:
    """The connections of each machine, newest first."""

    visits: Mapping[str, tuple[Visit, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Visit, ...]:
        """The last connections to one machine."""
        return self.visits.get(name, ())

    def score(self, name: str, now: float) -> float:
        """How much a machine is in use: each connection counts, and half as much after a week. 0 for none."""
        return sum(math.exp2(-max(0.0, now - visit.when) / HALF_LIFE) for visit in self.of(name))

    def with_visit(self, name: str, visit: Visit) -> Recent:
        """The same with one more connection, and without what is too much."""
        visits = {name: (visit, *self.of(name))[:MOST_VISITS]}
        visits.update((other, found) for other, found in self.visits.items() if other != name and found)
        newest = sorted(visits, key=lambda each: visits[each][0].when, reverse=True)[:MOST_MACHINES]
        return Recent({each: visits[each] for each in newest})


class RecentFile:
    """Keeps `Recent` on disk. Other windows of this program may write at the same time."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def load(self) -> Recent:
        """Read what is remembered. A file that can't be read counts as none: it is ours, and a convenience."""
        try:
            return self._read()
        except _UNREADABLE:
            return Recent()

    def record(self, name: str, how: str, *, when: float | None = None) -> Recent:
        """Remember a connection that begins now, and return all that is remembered then. Raises OSError.

        A file that can't be read is set aside.
        """
        with locked_folder(self._file.parent):
            try:
                known = self._read()
            except _UNREADABLE:
                set_aside(self._file)
                known = Recent()
            recent = known.with_visit(name, Visit(time.time() if when is None else when, how))
            write_atomically(self._file, msgspec.json.encode(recent.visits), durable=False)
        return recent

    def _read(self) -> Recent:
        """No file means nothing is remembered. Raises one of _UNREADABLE."""
        try:
            text = read_text_file(self._file, limit=_LIMIT)
        except FileNotFoundError:
            return Recent()
        return Recent(msgspec.json.decode(text, type=dict[str, tuple[Visit, ...]]))
