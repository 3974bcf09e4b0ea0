"""Commands carried to machines by the engine, on the connections that tabs and panels use: for the screens."""

from __future__ import annotations

import asyncio

from mooring.fleet.executor import ExecutionListener
from mooring.model.connection import Step
from mooring.model.machine import Target
from mooring.model.prompts import Notice, Prompter, Question
from mooring.model.terminal import ExitResult
from mooring.session import Run, Runs, SessionState


class EngineExecutor:
    """An `Executor` over the runs of one UI. A command has to be valid UTF-8 here, as every message to the engine."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    async def execute(
        self, target: Target, command: str, listener: ExecutionListener, prompter: Prompter
    ) -> ExitResult:
        """Let the engine run it. See `Executor`."""
        carrier = _Carrier(self._runs, listener, prompter)
        run = self._runs.start(target, command, carrier, takes_input=True)
        try:
            result = await run.wait()
            listener.eof_received()
            return result
        finally:
            run.cancel()
            await carrier.close()


class _Carrier:
    """Stands between a run of the session layer and one execution: listener of the one, program of the other."""

    def __init__(self, runs: Runs, listener: ExecutionListener, prompter: Prompter) -> None:
        self._runs = runs
        self._listener = listener
        self._prompter = prompter
        self._run: Run | None = None
        self._step: tuple[Step, str] | None = None
        self._paused = False
        self._withheld = 0
        self._asking: dict[int, asyncio.Task[None]] = {}

    async def close(self) -> None:
        """Withdraw the questions."""
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    # What the run tells.

    def run_changed(self, run: Run) -> None:
        """A step is reached, or the command runs."""
        if run.state is SessionState.OPEN and self._run is None:
            self._run = run
            self._listener.started(self)
        elif run.state is SessionState.CONNECTING and self._step != (run.step, run.hop):
            self._step = (run.step, run.hop)
            self._listener.step_reached(run.step, run.hop)

    def run_output(self, run: Run, data: bytes) -> None:
        """Standard output."""
        self._listener.data_received(data)
        self._account(run, len(data))

    def run_error_output(self, run: Run, data: bytes) -> None:
        """Standard error."""
        self._listener.error_received(data)
        self._account(run, len(data))

    def run_notice(self, run: Run, text: str) -> None:
        """A banner or a warning."""
        self._prompter.notify(Notice(run.hop, text))

    def run_asked(self, run: Run, question_id: int, question: Question) -> None:
        """Ask whoever answers for the execution."""
        self._asking[question_id] = asyncio.create_task(
            self._ask(question_id, question), name=f"question {question_id} of {run.hop}"
        )

    def run_question_lapsed(self, run: Run, question_id: int) -> None:
        """The connection that asked is gone."""
        if task := self._asking.pop(question_id, None):
            task.cancel()

    # What the execution wants of its program.

    def write(self, data: bytes) -> None:
        """Feed its standard input."""
        if self._run is not None:
            self._run.write(data)

    async def drain(self) -> None:
        """Wait until that has gone out."""
        if self._run is not None:
            await self._run.drain()

    def write_eof(self) -> None:
        """Its standard input is at its end."""
        if self._run is not None:
            self._run.close_input()

    def send_signal(self, name: str) -> None:
        """End it: the engine knows SIGTERM alone."""
        if self._run is not None:
            self._run.cancel()

    def pause_reading(self) -> None:
        """Give no more credit."""
        self._paused = True

    def resume_reading(self) -> None:
        """Give the credit that was withheld."""
        self._paused = False
        if self._run is not None and self._withheld:
            withheld, self._withheld = self._withheld, 0
            self._run.consumed(withheld)

    def _account(self, run: Run, count: int) -> None:
        if self._paused:
            self._withheld += count
        else:
            run.consumed(count)

    async def _ask(self, question_id: int, question: Question) -> None:
        self._runs.answer(question_id, await self._prompter.ask(question))
        self._asking.pop(question_id, None)
