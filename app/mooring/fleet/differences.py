"""How one answer differs from another, unified or side by side, in bounded time."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mooring.fleet.answers import AnswerGroup, lines_of
from mooring.fleet.capture import Capture
from mooring.fleet.masks import Mask, masked

LARGEST = 2000
"""Lines of each side that are compared; comparing takes time with the square of their number."""

_CONTEXT = 3
_LONGEST = 2000
"""Bytes of a line that are shown."""


class Change(StrEnum):
    """What a row of a comparison is."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One row side by side; None where a side has no line. A `skipped` row stands for `count` equal lines left out."""

    change: Change
    left: str | None = None
    right: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts compared line by line. `cut`: only the first lines were, there are more."""

    rows: tuple[DiffRow, ...]
    cut: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether no line differs."""
        return all(row.change in (Change.SAME, Change.SKIPPED) for row in self.rows)

    def unified(self) -> Iterator[str]:
        """The rows one below the other, with the signs of diff(1): what goes before what comes."""
        removed: list[str] = []
        added: list[str] = []
        for row in self.rows:
            if row.change in (Change.SAME, Change.SKIPPED):
                yield from (*removed, *added)
                removed, added = [], []
                yield f" {row.left}" if row.change is Change.SAME else f"@@ {row.count} equal lines @@"
                continue
            if row.left is not None:
                removed.append(f"-{row.left}")
            if row.right is not None:
                added.append(f"+{row.right}")
        yield from (*removed, *added)
        if self.cut:
            yield f"@@ only the first {LARGEST} lines were compared @@"


def compare_groups(reference: AnswerGroup, other: AnswerGroup, masks: Collection[Mask] = ()) -> Comparison:
    """Compare all that `other` wrote, standard output and then standard error, with what `reference` wrote.

    Blocks while it reads and compares; raises OSError.
    """
    left, right = reference.sample, other.sample
    outputs = compare(left.output, right.output, masks)
    errors = compare(left.errors, right.errors, masks)
    return Comparison((*outputs.rows, *errors.rows), outputs.cut or errors.cut)


def compare(left: Capture, right: Capture, masks: Collection[Mask] = ()) -> Comparison:
    """Compare two captures; lines that differ only in what `masks` name count as equal, and are shown as on the left.

    Lines that come again and again are no anchors (difflib calls them junk), or the time would grow with their cube.
    """
    ours, ours_cut = _lines(left)
    theirs, theirs_cut = _lines(right)
    our_keys = [masked(line, masks) for line in ours]
    their_keys = [masked(line, masks) for line in theirs]
    matcher = difflib.SequenceMatcher(None, our_keys, their_keys)
    rows: list[DiffRow] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            rows += _equal(ours[start:end], first=not start, last=end == len(ours) and other_end == len(theirs))
        else:
            rows += _changed(ours[start:end], theirs[other_start:other_end])
    return Comparison(tuple(rows), ours_cut or theirs_cut)


def _lines(capture: Capture) -> tuple[list[bytes], bool]:
    lines = list(lines_of(capture, limit=LARGEST + 1))
    return lines[:LARGEST], len(lines) > LARGEST or not capture.is_whole


def _equal(lines: list[bytes], *, first: bool, last: bool) -> Iterator[DiffRow]:
    """Equal lines, with those far from any change left out."""
    before = 0 if first else _CONTEXT
    after = 0 if last else _CONTEXT
    if len(lines) <= before + after + 1:
        before, after = len(lines), 0
    for line in lines[:before]:
        yield DiffRow(Change.SAME, _shown(line), _shown(line))
    if skipped := len(lines) - before - after:
        yield DiffRow(Change.SKIPPED, count=skipped)
    for line in lines[len(lines) - after :] if after else []:
        yield DiffRow(Change.SAME, _shown(line), _shown(line))


def _changed(left: list[bytes], right: list[bytes]) -> Iterator[DiffRow]:
    for index in range(max(len(left), len(right))):
        ours = _shown(left[index]) if index < len(left) else None
        theirs = _shown(right[index]) if index < len(right) else None
        change = Change.ADDED if ours is None else Change.REMOVED if theirs is None else Change.CHANGED
        yield DiffRow(change, ours, theirs)


def _shown(line: bytes) -> str:
    return line[:_LONGEST].decode("utf-8", "backslashreplace")
