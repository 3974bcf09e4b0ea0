"""The commands that ran apart, the newest in front; the older ones are gone back to."""

from __future__ import annotations

from textual.containers import Container

from mooring.ui.commands.run_view import RunView

MOST_KEPT = 6
"""Runs whose output is kept in the panel; all of them are in the history of runs."""


class RunStack(Container):
    """Shows one run at a time. It has no place on the screen while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[RunView] = []
        self._shown = -1

    @property
    def current(self) -> RunView | None:
        """The run that is shown."""
        return self._runs[self._shown] if self._runs else None

    @property
    def runs(self) -> tuple[RunView, ...]:
        """All that are kept, the oldest first."""
        return tuple(self._runs)

    @property
    def has_room(self) -> bool:
        """Whether another may begin: one that still runs is never put away for it."""
        return len(self._runs) < MOST_KEPT or any(not run.is_live for run in self._runs)

    @property
    def at_stake(self) -> tuple[str, ...]:
        """The runs that would end with the program, in words."""
        return tuple(f"{run.title} on {run.machine_name}" for run in self._runs if run.is_live)

    async def add(self, run: RunView) -> None:
        """Begin a run, and show it; the oldest that is over goes where there are too many."""
        if len(self._runs) >= MOST_KEPT:
            gone = next(run for run in self._runs if not run.is_live)
            self._runs.remove(gone)
            await gone.remove()
        self._runs.append(run)
        await self.mount(run)
        self._show(len(self._runs) - 1)
        self.add_class("-shown")

    def step(self, step: int) -> None:
        """Show the neighbour."""
        if self._runs:
            self._show(min(max(self._shown + step, 0), len(self._runs) - 1))

    def _show(self, index: int) -> None:
        had_focus = self.has_focus_within
        self._shown = index
        for place, run in enumerate(self._runs):
            run.display = place == index
        if had_focus:
            self._runs[index].take_focus()
