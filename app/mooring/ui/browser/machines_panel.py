"""The left panel: the list of machines, and what was wrong with its sources."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.model.errors import MooringError
from mooring.ui.problems import problem_lines
from mooring_widgets.machine_list import MachineList


class MachinesPanel(MachineList):
    """`MachineList` in this application: it knows problems."""

    def show_problems(self, problems: Sequence[MooringError]) -> None:
        """Say what could not be read, with the place to mend."""
        told = [" ".join(problem_lines(problem)) for problem in problems]
        self.set_failures(told, more="more: S tells them all")
