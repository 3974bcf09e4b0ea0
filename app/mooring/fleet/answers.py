"""Answers that a person can read: machines that say the same are one group, and the outliers come first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mooring.fleet.capture import Capture
from mooring.fleet.folding import fold
from mooring.fleet.masks import Mask, masked
from mooring.fleet.result import MachineResult
from mooring.inventory.natural_order import natural_key

_LONGEST_LINE = 64 * 1024
"""Bytes of a line that are masked together; a longer one is cut there."""


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Machines (in natural order) that ended alike and wrote the same, with one of their results to show for all."""

    machines: tuple[str, ...]
    sample: MachineResult

    @property
    def names(self) -> str:
        """The machines' names, folded."""
        return fold(self.machines)

    @property
    def ending(self) -> str:
        """How they ended: "done", "status 2", a reason; in full where it is one machine's."""
        sample = self.sample
        return sample.reason if len(self.machines) == 1 and sample.reason else sample.ending


def group_answers(results: Iterable[MachineResult], masks: Collection[Mask] = ()) -> tuple[AnswerGroup, ...]:
    """Group by state, ending, standard output and standard error; the smallest group first, then in natural order.

    With `masks` outputs are read again, which blocks where they lie on disk. What was not kept counts by its digest
    only without masks. Raises OSError.
    """
    groups: dict[tuple[object, ...], list[MachineResult]] = {}
    for result in results:
        streams = (_digest(result.output, masks), _digest(result.errors, masks))
        groups.setdefault((result.state, result.ending, *streams), []).append(result)
    found = []
    for same in groups.values():
        names = tuple(sorted((result.machine for result in same), key=natural_key))
        sample = min(same, key=lambda result: natural_key(result.machine))
        found.append(AnswerGroup(names, sample))
    return tuple(sorted(found, key=lambda group: (len(group.machines), natural_key(group.machines[0]))))


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
