"""One run from its plan to the record that is kept of it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from mooring.fleet.capture import CaptureStore
from mooring.fleet.executor import Executor
from mooring.fleet.history import RunHistory, RunRecord
from mooring.fleet.plan import RunPlan
from mooring.fleet.questions import FleetPrompter
from mooring.fleet.result import MachineResult, State
from mooring.fleet.run import FleetRun, RunListener, RunOptions


class LiveRun:
    """Runs a plan once, and keeps what came in the history of runs.

    Cancelling keeps what has arrived; so does an end of the person's own (`FleetRun.cancel`).
    """

    def __init__(
        self,
        plan: RunPlan,
        executor: Executor,
        prompter: FleetPrompter,
        listener: RunListener,
        history: RunHistory,
        options: RunOptions,
    ) -> None:
        self.plan = plan
        self.record: RunRecord | None = None
        self._executor = executor
        self._prompter = prompter
        self._listener = listener
        self._history = history
        self._options = options
        self._run: FleetRun | None = None
        self._started = time.monotonic()
        self._seconds: float | None = None
        self._results: tuple[MachineResult, ...] = ()
        self._cancelled = False

    @property
    def is_live(self) -> bool:
        """Whether something may still come."""
        return self._seconds is None

    @property
    def seconds(self) -> float:
        """How long it takes, or took."""
        return time.monotonic() - self._started if self._seconds is None else self._seconds

    @property
    def results(self) -> tuple[MachineResult, ...]:
        """Where every machine stands, in the plan's order."""
        if self.record is not None:
            return self.record.results
        if self._run is not None:
            return self._run.results
        if self._results:
            return self._results
        return tuple(MachineResult(job.machine.name, State.WAITING) for job in self.plan.jobs)

    async def run(self) -> RunRecord:
        """Run on all machines. Raises OSError where nothing can be kept on disk."""
        self._started = time.monotonic()
        try:
            folder = await asyncio.to_thread(self._history.begin)
            try:
                return await self._run_in(CaptureStore(folder))
            except BaseException:
                self._history.discard(folder)
                raise
        finally:
            if self._seconds is None:
                self._seconds = self.seconds
            self._results = self.results
            # Whoever keeps this keeps no secret by it.
            self._run, self.plan = None, without_secrets(self.plan)

    def cancel(self) -> None:
        """End it; what has come is kept."""
        self._cancelled = True
        if self._run is not None:
            self._run.cancel()

    def cancel_machine(self, name: str) -> None:
        """End one machine's part."""
        if self._run is not None:
            self._run.cancel_machine(name)

    def pause_output(self) -> None:
        """Let the machines wait with their output."""
        if self._run is not None:
            self._run.pause_output()

    def resume_output(self) -> None:
        """Take output again."""
        if self._run is not None:
            self._run.resume_output()

    async def _run_in(self, store: CaptureStore) -> RunRecord:
        self._run = FleetRun(self.plan, self._executor, self._prompter, self._listener, store, self._options)
        if self._cancelled:
            self._run.cancel()
        results = await self._run.run()
        self._seconds = self.seconds
        self.record = await asyncio.to_thread(self._history.save, store.folder, self.plan, results, self._seconds)
        return self.record


def without_secrets(plan: RunPlan) -> RunPlan:
    """A plan to look at: it can't be run again where it had secrets."""
    return replace(plan, jobs=tuple(replace(job, secret_lines=b"") for job in plan.jobs))
