"""The left panel: the list of machines, and what was wrong with its sources."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mooring.model.errors import MooringError
from mooring.ui.problems import problem_lines
from mooring_widgets.machine_list import MachineList

_PROBLEMS_SHOWN = 3


class MachinesPanel(MachineList):
    """`MachineList` in this application: problems stand below it."""

    def compose(self) -> ComposeResult:
        """The list, and the problems below it."""
        yield from super().compose()
        yield Static(id="problems", markup=False)

    def show_problems(self, problems: Sequence[MooringError]) -> None:
        """Say what could not be read, with the place to mend."""
        told = [f"! {' '.join(problem_lines(problem))}" for problem in problems[:_PROBLEMS_SHOWN]]
        if len(problems) > _PROBLEMS_SHOWN:
            told.append(f"! and {len(problems) - _PROBLEMS_SHOWN} more: mooring ls tells them all")
        self.query_one("#problems", Static).update(Content("\n".join(told)))
        self.set_class(bool(problems), "-problems")
