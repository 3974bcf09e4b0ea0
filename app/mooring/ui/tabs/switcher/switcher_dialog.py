"""The switcher: a line to type into, and below it the tabs and machines that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content, Span
from textual.widgets import OptionList

from mooring.ui.dialogs.finder import FinderDialog
from mooring.ui.tabs.switcher.goals import Fit, Goal, find
from mooring_widgets.plain_text import fit_end, plain_text

_WIDEST = 32
"""Cells of titles, behind which the details stand below each other."""


class GoalList(OptionList):
    """What fits, one goal a line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"goal-list--match", "goal-list--quiet"}


class SwitcherDialog(FinderDialog[Goal]):
    """Returns the goal that was chosen, None for staying."""

    def __init__(self, goals: Sequence[Goal], *, title: str, nothing: str) -> None:
        """`goals` stand in the order in which they are shown at first; `nothing` is said where there are none."""
        options = GoalList(compact=True, markup=False)
        super().__init__(title=title, placeholder="a few letters of its name", options=options)
        self._goals = goals
        self._nothing = nothing

    def find(self, typed: str) -> Sequence[tuple[Goal, Content | str]]:
        """The goals that have these letters, the best first."""
        fits = find(typed, self._goals)
        width = min(_WIDEST, max((cell_len(plain_text(fit.goal.title)) for fit in fits), default=0))
        return [(fit.goal, _line(fit, width)) for fit in fits]

    def hint(self, *, is_empty: bool) -> str:
        """What enter does."""
        if not is_empty:
            return "enter goes there, esc stays"
        return "nothing fits" if self._goals else self._nothing


def _line(fit: Fit, width: int) -> Content:
    """Number and sign of a tab, title, detail, that behind `width` cells; the letters that were meant are marked."""
    goal = fit.goal
    number = "" if goal.number is None else str(goal.number)
    lead = f"{number:>2} {goal.sign or ' '} "
    title, detail = plain_text(goal.title), plain_text(goal.detail)
    gap = " " * max(0, width - cell_len(title))
    text = f"{lead}{title}{gap}  {fit_end(detail, 60)}" if detail else f"{lead}{title}"
    marks = [
        Span(len(lead) + position, len(lead) + position + 1, ".goal-list--match")
        for position in fit.positions
        if position < len(title)
    ]
    quiet = Span(len(lead) + len(title), len(text), ".goal-list--quiet")
    return Content(text, [quiet, *marks])
