"""A command that runs apart, as its owner in the UI's process sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

from mooring.engine.client import EngineClient
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import MooringError
from mooring.model.files import CopyProgress
from mooring.model.machine import Target
from mooring.model.prompts import Answer, Question
from mooring.model.recording import RecordingState
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session.credit import CREDIT, Consumption
from mooring.session.engine_link import EngineLink
from mooring.session.session import SessionState


class RunListener(Protocol):
    """Whoever shows a run. Called in the event loop, in the order in which things happened."""

    def run_changed(self, run: Run) -> None:
        """State or step are new."""
        ...

    def run_output(self, run: Run, data: bytes) -> None:
        """Standard output, or all output of one with a terminal; `run.consumed(len(data))` has to follow."""
        ...

    def run_error_output(self, run: Run, data: bytes) -> None:
        """Standard error; `run.consumed(len(data))` has to follow."""
        ...

    def run_notice(self, run: Run, text: str) -> None:
        """Text to show that is not the command's: a banner, a warning."""
        ...

    def run_asked(self, run: Run, question_id: int, question: Question) -> None:
        """Ask the person; `Runs.answer` has to follow, unless the question lapses."""
        ...

    def run_question_lapsed(self, run: Run, question_id: int) -> None:
        """Nobody waits for this answer any more."""
        ...


class Run:
    """One command on one machine, from the wish until after its end. Made by `Runs.start` alone.

    Its methods return at once, and do nothing once it is over.
    """

    def __init__(self, link: EngineLink, target: Target, command: str, listener: RunListener) -> None:
        self.id = link.next_number()
        self.target = target
        self.command = command
        self.state = SessionState.CONNECTING
        self.step = Step.RESOLVING
        self.hop = target.host
        self.facts: ConnectionFacts | None = None
        self.result: ExitResult | None = None
        self.failure: MooringError | None = None
        self.started = datetime.now(UTC)
        self.over_since: datetime | None = None
        self._link = link
        self._listener = listener
        self._engine: EngineClient | None = None
        self._consumption = Consumption()
        self._input = bytearray()
        self._input_closed = False
        self._input_credit = 0
        self._over = asyncio.Event()
        self._input_sent = asyncio.Event()
        self._input_sent.set()
        link.own(self.id, self)

    def __repr__(self) -> str:
        return f"Run({self.id}, {self.target.host!r}, {self.state})"

    @property
    def is_live(self) -> bool:
        """Whether it is connecting or runs."""
        return not self._over.is_set()

    async def wait(self) -> ExitResult:
        """Wait for its end. Raises the error that kept it from running or cut it off."""
        await self._over.wait()
        if self.failure is not None:
            raise self.failure
        return self.result or ExitResult()

    def consumed(self, count: int) -> None:
        """Say that `count` bytes of output have been dealt with, so that as many may come."""
        if self._engine is not None:
            self._consumption.consumed(self.id, count, self._engine)

    def write(self, data: bytes) -> None:
        """Feed its standard input; `drain` waits where that is much."""
        if self.is_live and not self._input_closed:
            self._input += data
            self._feed()

    async def drain(self) -> None:
        """Wait until all that was written has gone to the engine, or the run is over."""
        await self._input_sent.wait()

    def close_input(self) -> None:
        """Say that its standard input is at its end."""
        self._input_closed = True
        self._feed()

    def resize(self, size: TerminalSize) -> None:
        """Follow the size of the terminal that shows it, where it has one."""
        if self._engine is not None:
            self._engine.resize(self.id, size)

    def cancel(self) -> None:
        """End it: SIGTERM, and the channel is closed. `RunListener.run_changed` follows when it is over."""
        if self._engine is not None:
            self._engine.close_session(self.id)
        elif self.is_live:
            self._link.finish(self.id, ExitResult(message="closed"))

    def begin(self, engine: EngineClient) -> None:
        """The engine knows it from now on."""
        self._engine = engine

    # What the engine tells.

    def progressed(self, step: Step, hop: str) -> None:
        """The way there has come as far as `step`, with `hop`."""
        self.step = step
        self.hop = hop
        self._listener.run_changed(self)

    def opened(self, facts: ConnectionFacts) -> None:
        """It runs."""
        self.facts = facts
        self.state = SessionState.OPEN
        self._listener.run_changed(self)

    def reconnecting(self, failure: MooringError, attempt: int, seconds: float) -> None:
        """A command that was cut off is not run again by itself."""

    def forwards_changed(self, standing: int, failed: int) -> None:
        """It has none."""

    def fell_silent(self, silent: bool) -> None:
        """Nobody types into it."""

    def output(self, data: bytes) -> None:
        """Standard output."""
        self._listener.run_output(self, data)

    def error_output(self, data: bytes) -> None:
        """Standard error."""
        self._listener.run_error_output(self, data)

    def input_granted(self, count: int) -> None:
        """So many more bytes may be fed."""
        self._input_credit += count
        self._feed()

    def noticed(self, text: str) -> None:
        """A banner or a warning."""
        self._listener.run_notice(self, text)

    def recorded(self, state: RecordingState | None) -> None:
        """Only terminals in tabs are recorded."""

    def copy_told(self, progress: CopyProgress) -> None:
        """It copies nothing."""

    def asked(self, question_id: int, question: Question) -> None:
        """Ask the person."""
        self._listener.run_asked(self, question_id, question)

    def lapsed(self, question_id: int) -> None:
        """A question lapsed."""
        self._listener.run_question_lapsed(self, question_id)

    def ended(self, outcome: ExitResult | MooringError) -> None:
        """It is over."""
        self._engine = None
        self._input.clear()
        self._input_sent.set()
        self.over_since = datetime.now(UTC)
        if isinstance(outcome, MooringError):
            self.failure = outcome
            self.state = SessionState.FAILED
        else:
            self.result = outcome
            self.state = SessionState.ENDED
        self._over.set()
        self._listener.run_changed(self)

    def _feed(self) -> None:
        """Send as much of the input as may go; its end behind it, once."""
        if self._engine is None:
            return
        count = min(self._input_credit, len(self._input))
        if count:
            self._engine.send(self.id, bytes(self._input[:count]))
            del self._input[:count]
            self._input_credit -= count
        if self._input:
            self._input_sent.clear()
            return
        self._input_sent.set()
        if self._input_closed and self._input_credit:
            self._engine.close_input(self.id)
            self._input_credit = 0


class Runs:
    """Starts commands that run apart, on the engine of `link`."""

    def __init__(self, link: EngineLink) -> None:
        self._link = link

    def start(
        self,
        target: Target,
        command: str,
        listener: RunListener,
        *,
        size: TerminalSize | None = None,
        terminal_type: str = "",
        environment: Mapping[str, str] | None = None,
        takes_input: bool = False,
    ) -> Run:
        """Run `command` on `target`, on the connection that its tabs use; returns at once, and tells `listener`.

        With a `size` it has a terminal of that size (and `terminal_type` and `environment` count), else its standard
        error comes apart. With `takes_input` it may be written to, and `close_input` has to follow; else its standard
        input is empty.
        """
        run = Run(self._link, target, command, listener)

        def begin(engine: EngineClient) -> None:
            engine.run(
                run.id,
                target,
                command,
                CREDIT,
                size=size,
                terminal_type=terminal_type,
                environment=environment,
                takes_input=takes_input,
            )
            run.begin(engine)

        self._link.open(run.id, begin)
        return run

    def answer(self, question_id: int, answer: Answer) -> None:
        """Answer a question; None is "leave it". One that has lapsed is ignored."""
        self._link.answer(question_id, answer)
