"""A shell, a command or a subsystem on the remote side, with this terminal in front of it."""

from __future__ import annotations

import asyncio
import os
import signal

from mooring.cli.errors import FAILURE
from mooring.cli.native.background import Release
from mooring.cli.native.escape_commands import EscapeCommands
from mooring.cli.native.escapes import EscapeFilter
from mooring.cli.native.foreground import Foreground
from mooring.cli.native.log import ClientLog, Level
from mooring.cli.native.plan import Plan
from mooring.cli.native.raw_mode import RawMode, terminal_size
from mooring.cli.native.relay import Output, send_input
from mooring.cli.native.streams import InputReader
from mooring.cli.native.tasks import cancel, until_first
from mooring.cli.native.terminal_modes import local_terminal_modes
from mooring.model.errors import ConnectionLostError, NoAnswerError
from mooring.ssh import Connection, PtyRequest, Shell


class RemoteProgram:
    """One program: started, given what is typed, and watched to its end.

    `leave` is set when the person wants to go before that. `release` is called once it runs and the client may go to
    the background.
    """

    def __init__(
        self,
        plan: Plan,
        connection: Connection,
        log: ClientLog,
        foreground: Foreground,
        leave: asyncio.Event,
        release: Release | None,
    ) -> None:
        self._plan = plan
        self._connection = connection
        self._log = log
        self._foreground = foreground
        self._leave = leave
        self._release = release
        self._output = Output()
        # A copy, as the output's: what happens to 0 when the client goes to the background does not touch it.
        self._input = None if plan.stdin_null else InputReader(os.dup(0))
        self._raw = RawMode()

    async def run(self) -> int:
        """Start it, stay to its end or until `leave` is set, and return the status to end with.

        Raises MooringError when it can't be started, and NoAnswerError when the other side is given up.
        """
        await self._foreground.wait_free()
        with self._foreground.used_by(self._output, *([] if self._input is None else [self._input])):
            shell = await self._open()
            self._output.attach(shell)
            if self._release is not None:
                self._release()
            if not self._plan.terminal:
                return await self._stay(shell, None, None)
            await self._foreground.wait_free()
            return await self._run_at_terminal(shell)

    async def _run_at_terminal(self, shell: Shell) -> int:
        plan, loop = self._plan, asyncio.get_running_loop()
        with self._raw as raw, self._foreground.used_by(raw):
            loop.add_signal_handler(signal.SIGWINCH, lambda: shell.resize(terminal_size()))
            try:
                escapes = None if plan.escape is None else EscapeFilter(plan.escape)
                commands = EscapeCommands(plan, self._connection, shell, self._log, raw, self._foreground, self._leave)
                status = await self._stay(shell, escapes, commands)
            finally:
                loop.remove_signal_handler(signal.SIGWINCH)
            if self._log.level >= Level.INFO:
                ClientLog().say(f"Connection to {plan.resolved.text('hostname')} closed.")
        return status

    async def _open(self) -> Shell:
        plan, connection, output = self._plan, self._connection, self._output
        if plan.session_type == "subsystem" and plan.command:
            return await connection.open_subsystem(plan.command, output)
        pty = None
        if plan.terminal:
            pty = PtyRequest(os.environ.get("TERM", ""), terminal_size(), modes=local_terminal_modes(0))
        if plan.command:
            return await connection.execute(plan.command, output, pty=pty)
        if pty is None:
            return await connection.open_shell_without_terminal(output)
        return await connection.open_shell(pty, output)

    async def _stay(self, shell: Shell, escapes: EscapeFilter | None, commands: EscapeCommands | None) -> int:
        """Relay to the end of the program, and to that of all that is open on forwards; the status to end with.

        A connection that breaks is said whatever the log level, as ssh does, unless it was given up.
        """
        try:
            status = await self._relay(shell, escapes, commands)
            # The terminal is the person's own again: nobody reads it any more, and ^C has to end what is left.
            self._raw.pause()
            return status if self._leave.is_set() else await self._outstay(status)
        except NoAnswerError:
            raise
        except ConnectionLostError as error:
            ClientLog().say(error.message)
            return FAILURE

    async def _relay(self, shell: Shell, escapes: EscapeFilter | None, commands: EscapeCommands | None) -> int:
        sending: asyncio.Task[None] | None = None
        if self._input is None:
            shell.write_eof()
        else:
            sending = asyncio.create_task(send_input(self._input, shell, escapes, commands), name="standard input")
        ending = asyncio.create_task(shell.wait(), name="end of the remote program")
        try:
            await until_first(ending, self._leave, beside=sending)
            await self._output.finish()
            return ending.result().exit_code if ending.done() else FAILURE
        finally:
            await cancel(ending, *([] if sending is None else [sending]))

    async def _outstay(self, status: int) -> int:
        """Stay while connections on forwards are open, or until `leave` is set, as ssh does; the status to end with."""
        idle = asyncio.create_task(self._connection.wait_idle(), name="end of forwarded connections")
        try:
            await until_first(idle, self._leave)
            if not idle.done():
                return FAILURE
            idle.result()
            return status
        finally:
            await cancel(idle)
