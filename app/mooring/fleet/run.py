"""A whole run: one command on many machines, with bounds on everything."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mooring.fleet.capture import CaptureStore
from mooring.fleet.execution import Common, Execution, MachineListener
from mooring.fleet.executor import Executor
from mooring.fleet.plan import Job, RunPlan
from mooring.fleet.questions import FleetPrompter, SharedQuestions
from mooring.fleet.result import MachineResult, State
from mooring.fleet.spool import Input
from mooring.fleet.sudo import SudoMarks

AT_ONCE = 100
"""Machines that are dealt with at one time, unless somebody says otherwise. How many shake hands is the executor's."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The bounds of a run. Times are in seconds; None is no bound.

    `timeout` is for each machine, from the first step towards it; the time that a person takes to answer does not
    count. `total_timeout` is for all of it. `stop_after`: after so many failures no further machine is begun with.
    `canary`: the first machine runs alone, and the others when its answer was confirmed. `one_password`: all password
    prompts of machines are taken for the same one.
    """

    at_once: int = AT_ONCE
    timeout: float | None = None
    total_timeout: float | None = None
    stop_after: int | None = None
    canary: bool = False
    one_password: bool = False


class RunListener(MachineListener, Protocol):
    """Whoever shows a run. Called in the event loop."""

    async def confirm_rest(self, canary: MachineResult, rest: int) -> bool:
        """The canary is through: say whether the other `rest` machines are to follow."""
        ...


class FleetRun:
    """One run. `run` once; `cancel` whenever."""

    def __init__(
        self,
        plan: RunPlan,
        executor: Executor,
        prompter: FleetPrompter,
        listener: RunListener,
        store: CaptureStore,
        options: RunOptions = RunOptions(),
        *,
        stdin: Input | None = None,
    ) -> None:
        self.plan = plan
        self._listener = listener
        self._options = options
        self._questions = SharedQuestions(prompter, self._person_thinks, one_password=options.one_password)
        self._thinking = False
        self._common = Common(
            executor,
            self._questions,
            store,
            self,
            plan.timeout if options.timeout is None else options.timeout,
            stdin,
            SudoMarks() if plan.sudo else None,
        )
        self._results: dict[str, MachineResult] = {
            job.machine.name: MachineResult(job.machine.name, State.WAITING) for job in plan.jobs
        }
        self._live: dict[str, Execution] = {}
        self._halted: tuple[State, str] | None = None
        self._paused = False

    @property
    def results(self) -> tuple[MachineResult, ...]:
        """Where every machine stands, in the plan's order; what is not final has no output yet."""
        return tuple(self._results.values())

    async def run(self) -> tuple[MachineResult, ...]:
        """Run on all machines; the results are final and in the plan's order. Failures of machines are results."""
        timer: asyncio.TimerHandle | None = None
        if (limit := self._options.total_timeout) is not None:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(limit, self._halt, State.TIMED_OUT, f"the run's {limit:g} s are over")
        try:
            jobs = list(self.plan.jobs)
            if self._options.canary and len(jobs) > 1:
                await self._run_jobs(jobs[:1])
                jobs = jobs[1:]
                await self._ask_for_rest(len(jobs))
            await self._run_jobs(jobs)
        finally:
            if timer is not None:
                timer.cancel()
            await self._questions.close()
        return self.results

    def cancel(self) -> None:
        """Begin with no further machine, end what runs, and keep what has arrived. `run` then returns soon."""
        self._halt(State.CANCELLED, "cancelled")

    def cancel_machine(self, name: str) -> None:
        """End one machine's part; one that has not begun is left out."""
        if execution := self._live.get(name):
            execution.stop(State.CANCELLED, "cancelled")
        elif (result := self._results.get(name)) and result.state is State.WAITING:
            self._skip(name, State.CANCELLED, "cancelled")

    def pause_output(self) -> None:
        """Let all machines wait with their output: nobody takes it at the moment."""
        self._paused = True
        for execution in self._live.values():
            execution.pause_reading()

    def resume_output(self) -> None:
        """Take output again."""
        self._paused = False
        for execution in self._live.values():
            execution.resume_reading()

    def machine_changed(self, result: MachineResult) -> None:
        """Called by executions."""
        self._results[result.machine] = result
        self._listener.machine_changed(result)

    def output_received(self, machine: str, data: bytes) -> None:
        """Called by executions."""
        self._listener.output_received(machine, data)

    def errors_received(self, machine: str, data: bytes) -> None:
        """Called by executions."""
        self._listener.errors_received(machine, data)

    async def _ask_for_rest(self, rest: int) -> None:
        canary = self.results[0]
        if self._halted is None and not await self._listener.confirm_rest(canary, rest):
            self._halt(State.CANCELLED, f"not begun: {canary.machine} went first")

    async def _run_jobs(self, jobs: Sequence[Job]) -> None:
        slots = asyncio.Semaphore(self._options.at_once)
        async with asyncio.TaskGroup() as group:
            for job in jobs:
                await slots.acquire()
                if self._results[job.machine.name].state.is_final:
                    slots.release()
                    continue
                task = group.create_task(self._run_job(job), name=f"run on {job.machine.name}")
                task.add_done_callback(lambda _task: slots.release())

    async def _run_job(self, job: Job) -> None:
        name = job.machine.name
        if self._halted is not None:
            self._skip(name, *self._halted)
        elif job.machine.problem is not None:
            self.machine_changed(
                MachineResult(name, State.UNREACHABLE, reason=job.machine.problem, reason_kind="wrong entry")
            )
        else:
            execution = self._live[name] = Execution(job, self._common)
            execution.person_thinks(self._thinking)
            if self._paused:
                execution.pause_reading()
            try:
                result = await execution.run()
            finally:
                del self._live[name]
            self.machine_changed(result)
        self._count_failures()

    def _person_thinks(self, thinking: bool) -> None:
        self._thinking = thinking
        for execution in self._live.values():
            execution.person_thinks(thinking)

    def _count_failures(self) -> None:
        limit = self._options.stop_after
        if limit is None or self._halted is not None:
            return
        if sum(result.state.is_fault for result in self._results.values()) >= limit:
            # Those that run may end: what they do half would be worse.
            self._halted = (State.CANCELLED, f"not begun: {limit} failed before")

    def _halt(self, state: State, reason: str) -> None:
        self._halted = (state, reason)
        for execution in self._live.values():
            execution.stop(state, reason)

    def _skip(self, name: str, state: State, reason: str) -> None:
        self.machine_changed(MachineResult(name, state, reason=reason, reason_kind=reason))
