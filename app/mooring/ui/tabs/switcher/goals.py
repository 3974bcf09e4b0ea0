"""Where one can go, and what of it fits a few letters. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mooring_widgets.fuzzy import fold, fuzzy_match

MOST_SHOWN = 100
"""More than that nobody looks through."""

_OPEN_FIRST = 32
"""What an open tab is ahead of a machine that is not open: two letters' worth."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A tab, or a machine to open one on: `key` is the tab's key, or the machine's name.

    `detail` is found by its letters too. `sign` is the sign of a tab's state, `number` its number.
    """

    key: str
    title: str
    detail: str = ""
    sign: str = ""
    number: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is a tab."""
        return self.number is not None

    @property
    def text(self) -> str:
        """What letters are looked for in."""
        return f"{self.title} {self.detail}"


@dataclass(frozen=True, slots=True)
class Fit:
    """A goal, and which characters of its text were meant (indices)."""

    goal: Goal
    positions: Sequence[int] = ()


def find(needle: str, goals: Iterable[Goal]) -> list[Fit]:
    """The goals that fit, the best first, at most `MOST_SHOWN`; without letters all of them as they come."""
    words = fold(needle).split()
    found: list[tuple[int, int, Fit]] = []
    for index, goal in enumerate(goals):
        if (fit := _fit(words, goal)) is not None:
            score, positions = fit
            found.append((-score if words else 0, index, Fit(goal, positions)))
    found.sort(key=lambda each: each[:2])
    return [fit for _score, _index, fit in found[:MOST_SHOWN]]


def _fit(words: Sequence[str], goal: Goal) -> tuple[int, list[int]] | None:
    """Each word has to fit somewhere; the scores of all are added."""
    text = fold(goal.text)
    score = _OPEN_FIRST if goal.is_open else 0
    positions: list[int] = []
    for word in words:
        match = fuzzy_match(word, goal.text, text)
        if match is None:
            return None
        score += match.score
        positions += match.positions
    return score, positions
