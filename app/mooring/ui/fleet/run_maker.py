"""What every run of the screens goes through: the engine's connections, and the history of runs."""

from __future__ import annotations

from mooring.fleet.history import RunHistory
from mooring.fleet.plan import RunPlan
from mooring.fleet.questions import FleetPrompter
from mooring.fleet.run import RunListener, RunOptions
from mooring.fleet.through_engine import EngineExecutor
from mooring.session import EngineLink, Runs
from mooring.ui.fleet.live_run import LiveRun


class RunMaker:
    """Makes runs that share one engine and are kept in one history."""

    def __init__(self, link: EngineLink, history: RunHistory) -> None:
        self.history = history
        self._executor = EngineExecutor(Runs(link))

    def make(
        self, plan: RunPlan, prompter: FleetPrompter, listener: RunListener, options: RunOptions | None = None
    ) -> LiveRun:
        """A run that has not begun."""
        return LiveRun(plan, self._executor, prompter, listener, self.history, options or RunOptions())
