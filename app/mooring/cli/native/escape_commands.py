"""What the escape characters do in a native session."""

from __future__ import annotations

import asyncio
import signal

from mooring.cli.native.escapes import EscapeCommand, help_text, shown
from mooring.cli.native.foreground import Foreground
from mooring.cli.native.forward_commands import run_forward_command
from mooring.cli.native.log import ClientLog, Level
from mooring.cli.native.plan import Plan
from mooring.cli.native.raw_mode import RawMode, terminal_size
from mooring.cli.native.terminal_line import read_line
from mooring.ssh import Connection, Shell
from mooring.ssh.local_programs import run_local_command

_DEEPEST = Level.DEBUG3


class EscapeCommands:
    """Handles the commands of one session; `leave` is set when the person wants to end it."""

    def __init__(
        self,
        plan: Plan,
        connection: Connection,
        shell: Shell,
        log: ClientLog,
        raw: RawMode,
        foreground: Foreground,
        leave: asyncio.Event,
    ) -> None:
        self._connection = connection
        self._shell = shell
        self._log = log
        self._terminal = ClientLog()
        self._raw = raw
        self._foreground = foreground
        self._leave = leave
        self._sign = shown(plan.escape) if plan.escape is not None else ""
        self._has_command_line = plan.resolved.flag("enableescapecommandline")
        self._permits_local = plan.resolved.flag("permitlocalcommand")

    async def handle(self, command: EscapeCommand) -> None:
        """Do what was asked; messages go to standard error, where the person who typed it looks."""
        match command:
            case EscapeCommand.DISCONNECT:
                self._leave.set()
            case EscapeCommand.SUSPEND:
                self._say(f"{self._sign}^Z [suspend ssh]")
                self._suspend()
            case EscapeCommand.BREAK:
                self._say(f"{self._sign}B")
                self._shell.send_break()
            case EscapeCommand.HELP:
                self._say(help_text(self._sign, command_line=self._has_command_line))
            case EscapeCommand.LIST_CONNECTIONS:
                self._say(f"{self._sign}#")
                self._list_connections()
            case EscapeCommand.LESS_VERBOSE | EscapeCommand.MORE_VERBOSE:
                self._change_level(command)
            case EscapeCommand.COMMAND_LINE:
                await self._command_line()
            case EscapeCommand.REKEY:
                self._connection.rekey()
            case EscapeCommand.BACKGROUND:
                self._say(f"{self._sign}& [the native client can't leave its terminal]")

    def _say(self, text: str) -> None:
        """Answer on the terminal, wherever the log goes."""
        self._terminal.say(text)

    def _suspend(self) -> None:
        """Stop this process, and nothing else, with the terminal as the shell left it."""
        self._raw.pause()
        # raise_signal, not kill: it stops here, so that raw mode comes back after the stop and not before it.
        signal.raise_signal(signal.SIGTSTP)
        self._raw.resume()
        self._shell.resize(terminal_size())

    def _list_connections(self) -> None:
        """Also what listens, which ssh leaves out here and tells nowhere."""
        self._say("The following connections are open:")
        for channel in self._connection.open_channels:
            self._say(f"  {channel}")
        for forward in self._connection.forwards.active:
            kind = "remote" if forward.remote else "dynamic" if forward.specification.dynamic else "local"
            place = f"{forward.specification.listen} {forward.specification.connect}".rstrip()
            self._say(f"  {kind} forwarding: {place}")

    def _change_level(self, command: EscapeCommand) -> None:
        step = 1 if command is EscapeCommand.MORE_VERBOSE else -1
        self._log.level = Level(min(max(self._log.level + step, Level.QUIET), _DEEPEST))
        self._say(f"{self._sign}{command.value.decode()} [LogLevel {self._log.level.name}]")

    async def _run(self, line: str) -> str:
        if self._permits_local and line.lstrip().startswith("!"):
            await run_local_command(line.lstrip()[1:], None)
            return ""
        return await run_forward_command(line, self._connection, local=self._permits_local)

    async def _command_line(self) -> None:
        if not self._has_command_line:
            self._say("commandline disabled")
            return
        async with self._foreground.taken():
            line = await read_line("\r\nssh> ", echo=True)
            if line is not None and line.strip():
                self._say(await self._run(line))
