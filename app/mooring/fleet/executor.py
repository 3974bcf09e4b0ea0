"""The seam between a fleet run and whatever carries its commands to machines.

`mooring.fleet.direct` goes over `mooring.ssh` in the same loop; the screens have one that goes through the engine.
"""

from __future__ import annotations

from typing import Protocol

from mooring.model.connection import Step
from mooring.model.machine import Target
from mooring.model.prompts import Prompter
from mooring.model.terminal import ExitResult


class Program(Protocol):
    """A running remote program, as far as a run deals with it. After its end, what is said to it goes nowhere."""

    def write(self, data: bytes) -> None:
        """Send bytes to its standard input."""
        ...

    async def drain(self) -> None:
        """Wait until there is room for more."""
        ...

    def write_eof(self) -> None:
        """Say that nothing more will be sent."""
        ...

    def send_signal(self, name: str) -> None:
        """Send a signal by its name without SIG; the server may ignore it."""
        ...

    def pause_reading(self) -> None:
        """Take no more output for now: the machine has to wait."""
        ...

    def resume_reading(self) -> None:
        """Take output again."""
        ...


class ExecutionListener(Protocol):
    """Whoever is told of one execution, in the event loop and in order. Output may come before `started` is called."""

    def step_reached(self, step: Step, hop: str) -> None:
        """The way to the machine: `hop` is the host that it is about."""
        ...

    def started(self, program: Program) -> None:
        """The command runs."""
        ...

    def data_received(self, data: bytes) -> None:
        """Take standard output."""
        ...

    def error_received(self, data: bytes) -> None:
        """Take standard error."""
        ...

    def eof_received(self) -> None:
        """Nothing more will be written."""
        ...


class Executor(Protocol):
    """Runs commands on machines. One object serves a whole run, many executions at once."""

    async def execute(
        self, target: Target, command: str, listener: ExecutionListener, prompter: Prompter
    ) -> ExitResult:
        """Run `command` without a terminal and wait for its end; all output has been delivered when this returns.

        `command` may hold surrogates, which stand for bytes that are no UTF-8. Raises MooringError: before `started`
        was called the machine could not be reached, afterwards the connection was lost. When the caller cancels, the
        program is hung up on.
        """
        ...
