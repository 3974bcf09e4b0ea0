"""One machine's part of a run, from its first step to its result."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Protocol

from mooring.fleet.capture import CaptureStore
from mooring.fleet.clock import Clock
from mooring.fleet.executor import Executor, Program
from mooring.fleet.plan import Job
from mooring.fleet.questions import SUDO_PROMPT, SharedQuestions
from mooring.fleet.reasons import reason_kind
from mooring.fleet.result import MachineResult, State
from mooring.fleet.spool import Input
from mooring.fleet.sudo import SudoEvent, SudoMarks, SudoWatch
from mooring.model.connection import Step
from mooring.model.errors import MooringError
from mooring.model.prompts import SecretQuestion
from mooring.model.terminal import ExitResult

GRACE = 1.0
"""Seconds that a program gets to end by itself after a signal, before it is hung up on."""

_logger = logging.getLogger(__name__)

_CLOSING = 3.0
"""Seconds for the connection to close; a peer that does not answer holds nobody up."""


class MachineListener(Protocol):
    """Whoever is told how a machine comes along."""

    def machine_changed(self, result: MachineResult) -> None:
        """The machine's state is another: a provisional result, or the final one."""
        ...

    def output_received(self, machine: str, data: bytes) -> None:
        """Standard output, as it comes."""
        ...

    def errors_received(self, machine: str, data: bytes) -> None:
        """Standard error, as it comes."""
        ...


@dataclass(frozen=True, slots=True)
class Common:
    """What all machines of a run share. `marks` is there for a run by sudo."""

    executor: Executor
    questions: SharedQuestions
    store: CaptureStore
    listener: MachineListener
    timeout: float | None = None
    stdin: Input | None = None
    marks: SudoMarks | None = None


class Execution:
    """Runs one job; also the listener of its execution."""

    def __init__(self, job: Job, common: Common) -> None:
        self.machine = job.machine.name
        self._job = job
        self._common = common
        self._state = State.WAITING
        self._program: Program | None = None
        self._paused = False
        self._output = common.store.open()
        self._errors = common.store.open()
        self._clock = Clock(common.timeout, self._timed_out)
        self._questions = common.questions.of_machine(self.machine)
        self._held = False
        self._watch = None if common.marks is None else SudoWatch(common.marks)
        self._admitted = asyncio.Event()
        self._password_attempts = 0
        self._asked_early = False
        self._stopped: asyncio.Future[tuple[State, str, str]] = asyncio.get_running_loop().create_future()
        self._helpers: set[asyncio.Task[None]] = set()

    async def run(self) -> MachineResult:
        """Go to the end, whatever it is. Raises nothing but what is a fault of ours."""
        command = self._job.command
        if self._common.marks is not None:
            command = self._common.marks.wrap(command)
        execution = asyncio.ensure_future(
            self._common.executor.execute(self._job.machine.target, command, self, self._questions)
        )
        try:
            await asyncio.wait((execution, self._stopped), return_when=asyncio.FIRST_COMPLETED)
            if not execution.done():
                await self._end_early(execution)
            return self._result(execution)
        finally:
            self._clock.stop()
            execution.cancel()
            await asyncio.gather(execution, return_exceptions=True)
            await self._end_helpers()

    def stop(self, state: State, reason: str, kind: str = "") -> None:
        """End early: the program is sent a signal, and hung up on when it does not heed it."""
        if not self._stopped.done():
            self._stopped.set_result((state, reason, kind or reason))

    def pause_reading(self) -> None:
        """Let the machine wait with its output."""
        self._paused = True
        if self._program is not None:
            self._program.pause_reading()

    def resume_reading(self) -> None:
        """Take output again."""
        self._paused = False
        if self._program is not None:
            self._program.resume_reading()

    def person_thinks(self, thinking: bool) -> None:
        """Let the clock stand still on the way to the machine while the person is asked something: by whom, who knows?

        A jump host's question is put once, and all machines behind it wait for the answer.
        """
        if thinking == self._held or (thinking and self._program is not None):
            return
        self._held = thinking
        if thinking:
            self._clock.hold()
        else:
            self._clock.go_on()

    def step_reached(self, step: Step, hop: str) -> None:
        """Called on the way. Resolving costs the machine nothing yet, and neither does waiting for a turn."""
        if step is not Step.RESOLVING and self._state is State.WAITING:
            self._clock.start()
            self._change(State.CONNECTING)

    def started(self, program: Program) -> None:
        """Called when the command runs."""
        self.person_thinks(False)
        self._clock.start()
        self._program = program
        if self._paused:
            program.pause_reading()
        self._change(State.RUNNING)
        if self._watch is None:
            self._admitted.set()
        self._help(self._send_input(program), "standard input")
        if self._asked_early:
            self._hear_sudo(SudoEvent.ASKS)

    def data_received(self, data: bytes) -> None:
        """Called with standard output."""
        self._output.write(data)
        self._common.listener.output_received(self.machine, data)

    def error_received(self, data: bytes) -> None:
        """Called with standard error, in which sudo speaks too."""
        if self._watch is not None:
            data, events = self._watch.feed(data)
            for event in events:
                self._hear_sudo(event)
        self._take_errors(data)

    def eof_received(self) -> None:
        """Called when nothing more will be written."""
        if self._watch is not None:
            self._take_errors(self._watch.rest())

    def _take_errors(self, data: bytes) -> None:
        if data:
            self._errors.write(data)
            self._common.listener.errors_received(self.machine, data)

    def _hear_sudo(self, event: SudoEvent) -> None:
        if event is SudoEvent.ADMITTED:
            self._admitted.set()
        elif self._program is not None:
            self._help(self._give_password(self._program), "sudo's password")
        else:
            self._asked_early = True

    async def _give_password(self, program: Program) -> None:
        self._password_attempts += 1
        self._clock.hold()
        try:
            answer = await self._questions.ask(SecretQuestion(self.machine, SUDO_PROMPT, self._password_attempts))
        finally:
            self._clock.go_on()
        if not answer:
            program.write_eof()
        else:
            program.write(answer[0].encode("utf-8", "surrogateescape") + b"\n")

    async def _send_input(self, program: Program) -> None:
        await self._admitted.wait()
        if self._job.secret_lines:
            program.write(self._job.secret_lines)
        if self._common.stdin is not None:
            async for chunk in self._common.stdin.chunks():
                program.write(chunk)
                await program.drain()
        program.write_eof()

    async def _end_helpers(self) -> None:
        for helper in self._helpers:
            helper.cancel()
        for outcome in await asyncio.gather(*self._helpers, return_exceptions=True):
            if isinstance(outcome, Exception):
                _logger.error("input for a machine was not sent: %s", type(outcome).__name__)

    async def _end_early(self, execution: asyncio.Future[ExitResult]) -> None:
        if self._program is not None:
            state, _reason, _kind = self._stopped.result()
            self._program.resume_reading()
            self._program.send_signal("INT" if state is State.CANCELLED else "TERM")
            await asyncio.wait((execution,), timeout=GRACE)
        if not execution.done():
            execution.cancel()
            await asyncio.wait((execution,), timeout=_CLOSING)

    def _result(self, execution: asyncio.Future[ExitResult]) -> MachineResult:
        """What came of it; being stopped goes before whatever the program made of the signal."""
        ended: ExitResult | None = None
        if self._stopped.done():
            state, reason, kind = self._stopped.result()
        else:
            try:
                ended = execution.result()
            except MooringError as error:
                state = State.UNREACHABLE if self._program is None else State.LOST
                reason, kind = error.message, reason_kind(error)
            except Exception as error:
                # A fault of ours with one machine must not end the others.
                _logger.exception("while running a command on a machine")
                state = State.UNREACHABLE if self._program is None else State.LOST
                reason = kind = f"a fault in Mooring: {type(error).__name__}"
            else:
                state = State.DONE if ended.exit_code == 0 else State.FAILED
                reason = kind = ""
        if self._watch is not None:
            self._take_errors(self._watch.rest())
        return MachineResult(
            self.machine,
            state,
            ended,
            reason,
            kind,
            self._output.finish(),
            self._errors.finish(),
            self._clock.seconds,
        )

    def _change(self, state: State) -> None:
        self._state = state
        self._common.listener.machine_changed(MachineResult(self.machine, state, seconds=self._clock.seconds))

    def _timed_out(self) -> None:
        limit = f"{self._common.timeout:g} s"
        what = "not connected within" if self._program is None else "still running after"
        self.stop(State.TIMED_OUT, f"{what} {limit}")

    def _help(self, work: Coroutine[None, None, None], name: str) -> None:
        task = asyncio.create_task(work, name=f"{name} of {self.machine}")
        self._helpers.add(task)
