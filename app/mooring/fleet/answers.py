"""Answers that a person can read: machines that say the same are one group, and the outliers come first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mooring.fleet.capture import Capture
from mooring.fleet.folding import fold
from mooring.fleet.masks import Mask, masked
from mooring.fleet.result import MachineResult
from mooring.inventory.natural_order import natural_key

_LONGEST_LINE = 64 * 1024
"""Bytes of a line that are masked together; a longer one is cut there."""


GroupKey = tuple[object, ...]
"""What machines have in common that are one group: it stays the same while a group grows."""


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Machines (in natural order) that ended alike and wrote the same, with one of their results to show for all.

    `names` are theirs, folded.
    """

    machines: tuple[str, ...]
    sample: MachineResult
    names: str
    key: GroupKey = field(repr=False)

    @property
    def ending(self) -> str:
        """How they ended: "done", "status 2", a reason; in full where it is one machine's."""
        sample = self.sample
        return sample.reason if len(self.machines) == 1 and sample.reason else sample.ending


class Grouping:
    """Groups that grow as machines end: by state, ending, standard output and standard error.

    With `masks` outputs are read again, which blocks where they lie on disk. What was not kept counts by its digest
    only without masks.
    """

    def __init__(self, masks: Collection[Mask] = ()) -> None:
        self._masks = masks
        self._seen: set[str] = set()
        self._members: dict[GroupKey, list[MachineResult]] = {}
        self._groups: dict[GroupKey, AnswerGroup] = {}

    def add(self, results: Iterable[MachineResult]) -> None:
        """Put results where they belong; those of machines that are there already are left out. Raises OSError."""
        for result in results:
            if result.machine not in self._seen:
                streams = (_digest(result.output, self._masks), _digest(result.errors, self._masks))
                self._seen.add(result.machine)
                self._members.setdefault((result.state, result.ending, *streams), []).append(result)

    @property
    def by_arrival(self) -> tuple[AnswerGroup, ...]:
        """The groups in the order in which they came up: none changes its place while others grow."""
        return tuple(self._group(key, members) for key, members in self._members.items())

    @property
    def smallest_first(self) -> tuple[AnswerGroup, ...]:
        """The outliers first, then in natural order."""
        return tuple(sorted(self.by_arrival, key=lambda group: (len(group.machines), natural_key(group.machines[0]))))

    def _group(self, key: GroupKey, members: Sequence[MachineResult]) -> AnswerGroup:
        """A group that has not grown is not made again: of thousands of machines only the new ones are dealt with."""
        group = self._groups.get(key)
        if group is None or len(group.machines) != len(members):
            ordered = sorted(members, key=lambda result: natural_key(result.machine))
            names = tuple(result.machine for result in ordered)
            group = self._groups[key] = AnswerGroup(names, ordered[0], fold(names), key)
        return group


def group_answers(results: Iterable[MachineResult], masks: Collection[Mask] = ()) -> tuple[AnswerGroup, ...]:
    """Group as `Grouping` does; the smallest group first, then in natural order. Raises OSError."""
    grouping = Grouping(masks)
    grouping.add(results)
    return grouping.smallest_first


def largest(groups: Sequence[AnswerGroup]) -> AnswerGroup | None:
    """The group that the others are compared with: the largest of those that have output, else of all."""
    speaking = [group for group in groups if group.sample.output.size or group.sample.errors.size]
    return max(speaking or groups, key=lambda group: len(group.machines), default=None)


def lines_of(capture: Capture, *, limit: int | None = None) -> Iterator[bytes]:
    """The kept lines without their line feeds, at most `limit`. Blocks where they lie on disk; raises OSError."""
    rest = b""
    count = 0
    for chunk in capture.chunks():
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            lines.append(rest[:_LONGEST_LINE])
            rest = rest[_LONGEST_LINE:]
        for line in lines:
            if limit is not None and count >= limit:
                return
            count += 1
            yield line
    if rest and (limit is None or count < limit):
        yield rest


def _digest(capture: Capture, masks: Collection[Mask]) -> str:
    if not masks or not capture.size:
        return capture.digest
    digest = hashlib.blake2b(digest_size=16)
    for line in lines_of(capture):
        digest.update(masked(line, masks) + b"\n")
    return digest.hexdigest()
