"""One connection of the native client: made, used, and ended as ssh ends it."""

from __future__ import annotations

import asyncio
import os
import signal

from mooring.cli.errors import FAILURE
from mooring.cli.native.background import Release
from mooring.cli.native.foreground import Foreground
from mooring.cli.native.log import ClientLog, Level
from mooring.cli.native.plan import Plan
from mooring.cli.native.prompter import TerminalPrompter
from mooring.cli.native.relay import Output, send_input
from mooring.cli.native.remote_program import RemoteProgram
from mooring.cli.native.streams import InputReader
from mooring.cli.native.tasks import cancel, until_first
from mooring.cli.splash import show_splash
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Machine, Target
from mooring.ssh import Connection, connect
from mooring.sshconfig import ResolvedHost, resolve

_ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
_CLOSING_SECONDS = 1.0


class ClientSession:
    """Connects, runs what the plan says, and gives the status.

    `splash_for` is the machine to show a splash for. `release` is called when the client may go to the background.
    """

    def __init__(
        self, plan: Plan, log: ClientLog, *, splash_for: Machine | None = None, release: Release | None = None
    ) -> None:
        self._plan = plan
        self._log = log
        self._splash_for = splash_for
        self._release = release
        self._ended_by: signal.Signals | None = None
        self._foreground = Foreground()

    async def run(self) -> int:
        """Connect and stay until the end; raises MooringError when the connection fails or is lost."""
        prompter = TerminalPrompter(self._log, os.environ, self._foreground)
        connection = await connect(self._plan.target, prompter, resolver=self._resolve)
        try:
            return await self._use(connection)
        finally:
            await self._close(connection)

    def _resolve(self, target: Target) -> ResolvedHost:
        """The target itself is resolved already (`Match exec` must not run twice); the hops are not."""
        return self._plan.resolved if target == self._plan.target else resolve(target)

    async def _use(self, connection: Connection) -> int:
        if self._splash_for is not None:
            show_splash(self._splash_for, connection.facts)
        leave = asyncio.Event()
        loop = asyncio.get_running_loop()

        def end(number: signal.Signals) -> None:
            self._ended_by = number
            leave.set()

        watched = [number for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        for number in watched:
            loop.add_signal_handler(number, end, number)
        try:
            if self._plan.stdio is not None:
                return await self._forward_stdio(connection, self._plan.stdio, leave)
            if self._plan.session_type == "none":
                return await self._only_forward(connection, leave)
            program = RemoteProgram(self._plan, connection, self._log, self._foreground, leave, self._release)
            return await program.run()
        finally:
            for number in watched:
                loop.remove_signal_handler(number)
            if self._ended_by is not None and not self._ends_well:
                self._log.write(Level.VERBOSE, f"Killed by signal {self._ended_by.value}.")

    async def _forward_stdio(self, connection: Connection, place: ForwardSpecification, leave: asyncio.Event) -> int:
        """`-W`: standard input and output are the connection to a place beyond the host."""
        output = Output()
        stream = await connection.open_direct(place, output)
        output.attach(stream)
        sending = asyncio.create_task(send_input(InputReader(0), stream), name="standard input")
        ending = asyncio.create_task(stream.wait(), name="end of the stream")
        try:
            await until_first(ending, leave, beside=sending)
            await output.finish()
            if not ending.done():
                return FAILURE
            ending.result()
            return 0
        finally:
            await cancel(sending, ending)

    async def _only_forward(self, connection: Connection, leave: asyncio.Event) -> int:
        """`-N`: nothing runs there; stay until somebody ends it."""
        if self._release is not None:
            self._release()
        ending = asyncio.create_task(connection.wait_closed(), name="end of the connection")
        try:
            await until_first(ending, leave)
        finally:
            await cancel(ending)
        if self._ended_by is None:
            ClientLog().say(f"Connection to {self._plan.resolved.text('hostname')} closed by remote host.")
        return 0 if self._ends_well else FAILURE

    @property
    def _ends_well(self) -> bool:
        """Whether a signal ended what only forwards: SIGTERM is how one ends that, as in ssh."""
        return self._plan.session_type == "none" and self._ended_by is signal.SIGTERM

    async def _close(self, connection: Connection) -> None:
        """Close the connection, but wait no longer for a dead peer than a person would."""
        try:
            await asyncio.wait_for(connection.close(), _CLOSING_SECONDS)
        except TimeoutError:
            self._log.debug("The other side does not answer the end of the connection.")
