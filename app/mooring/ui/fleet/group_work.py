"""Grouping a run's answers beside the screen: again and again while it goes on, and once more when it is over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic

from mooring.fleet.answers import AnswerGroup, Grouping
from mooring.fleet.folding import fold
from mooring.fleet.masks import Mask
from mooring.fleet.result import MachineResult
from mooring.ui.fleet.newest_work import Done, NewestWork
from mooring.ui.fleet.progress_lines import Unfinished, furthest

_KIND = "group"

_REST = 5
"""How many times as long as grouping took it rests, while a run goes on."""

Results = tuple[MachineResult, ...]
Grouped = Callable[[tuple[AnswerGroup, ...], Unfinished | None], None]


class GroupWork:
    """Groups in threads, one at a time; `grouped` is called on the screen with what came of it."""

    def __init__(self, work: NewestWork, grouped: Grouped) -> None:
        self._work = work
        self._grouped = grouped
        self._grouping = Grouping()
        self._ended = -1
        self._rests_until = 0.0

    def begin_anew(self, results: Results, masks: frozenset[Mask], *, is_live: bool) -> None:
        """Group all of them, without what `masks` name."""
        self._grouping = Grouping(masks)
        self._start(results, is_live=is_live)

    def follow(self, results: Results) -> None:
        """Put those where they belong that have ended since, unless it is too soon for that. For being called often."""
        ended = sum(result.state.is_final for result in results)
        if ended != self._ended and not self._work.is_busy(_KIND) and monotonic() >= self._rests_until:
            self._start(results, is_live=True)

    def _start(self, results: Results, *, is_live: bool) -> None:
        self._work.start(_KIND, partial(self._group, self._grouping, results, is_live))

    def _group(self, grouping: Grouping, results: Results, is_live: bool) -> Done:
        started = monotonic()
        grouping.add(result for result in results if result.state.is_final)
        groups = grouping.by_arrival if is_live else grouping.smallest_first
        names = tuple(result.machine for result in results if not result.state.is_final)
        state = furthest(results)
        unfinished = None if state is None else Unfinished(names, fold(names), state)
        return partial(self._tell, groups, unfinished, len(results) - len(names), monotonic() - started)

    def _tell(self, groups: tuple[AnswerGroup, ...], unfinished: Unfinished | None, ended: int, seconds: float) -> None:
        self._ended = ended
        self._rests_until = monotonic() + _REST * seconds
        self._grouped(groups, unfinished)
