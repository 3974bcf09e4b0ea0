"""A command that runs apart: on its machine's connection, beside the tabs, with or without a terminal."""

from __future__ import annotations

import asyncio

from mooring.engine.framing import FrameKind
from mooring.engine.outlet import Outlet
from mooring.engine.protocol import GrantInput, RunCommand, SessionNotice, SessionOpened
from mooring.engine.session import EngineSession, Surroundings
from mooring.engine.valve import Valve
from mooring.model.connection import Step
from mooring.model.errors import MooringError
from mooring.model.prompts import Notice
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import PtyRequest, Shell

INPUT_CREDIT = 256 * 1024
"""Bytes that the UI may have fed and the channel has not passed on."""


class CommandRun(EngineSession):
    """A command in a channel of its own; standard error comes apart unless there is a terminal."""

    def __init__(self, request: RunCommand, surroundings: Surroundings) -> None:
        super().__init__(request.session, surroundings)
        self._request = request
        self._size = request.size
        self._valve = Valve()
        self._outlet = Outlet(request.session, request.credit, self._link.send_data, self._valve)
        self._fed: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._shell: Shell | None = None

    def grant(self, count: int) -> None:
        """The UI takes so many bytes more."""
        self._outlet.grant(count)

    def type(self, data: bytes) -> None:
        """Feed its standard input; the UI feeds no more than it was granted."""
        self._fed.put_nowait(data)

    def close_input(self) -> None:
        """Standard input is at its end."""
        self._fed.put_nowait(None)

    def resize(self, size: TerminalSize, after: int) -> None:
        """Give its terminal a new size, where it has one."""
        if self._size is None:
            return
        self._size = size
        if self._shell is not None:
            self._shell.resize(size)

    # The receiver of the channel.

    def data_received(self, data: bytes) -> None:
        """Take standard output."""
        self._outlet.add(data)

    def error_received(self, data: bytes) -> None:
        """Take standard error, which a terminal shows with the rest."""
        self._outlet.add(data, FrameKind.ERROR if self._size is None else FrameKind.OUTPUT)

    def eof_received(self) -> None:
        """Nothing to do: the end comes with the command's result."""

    async def _live(self) -> ExitResult:
        request = self._request
        async with self._pool.lease(request.target, self._prompter, progress=self._progress) as connection:
            self._progress(Step.STARTING, request.target.host)
            pty = None
            if self._size is not None:
                pty = PtyRequest(request.terminal_type, self._size, request.environment)
            shell = await connection.execute(request.command, self, pty=pty)
            self._shell = shell
            self._valve.connect(shell)
            self._link.send_message(SessionOpened(self.number, connection.facts))
            self._outlet.open()
            feeding = asyncio.create_task(self._feed(shell), name=f"input of session {self.number}")
            try:
                return await self._end_of(shell)
            except asyncio.CancelledError:
                # Without a terminal nothing tells a program that nobody waits for it: sshd only closes its streams.
                shell.send_signal("TERM")
                raise
            finally:
                feeding.cancel()
                self._valve.disconnect()

    async def _end_of(self, shell: Shell) -> ExitResult:
        """Wait until it has ended and the UI has taken all of its output, however it ended."""
        try:
            result = await shell.wait()
        except MooringError:
            await self._outlet.drained()
            raise
        await self._outlet.drained()
        return result

    async def _feed(self, shell: Shell) -> None:
        """Pass on what is fed as fast as the channel takes it, and let as much follow."""
        if not self._request.takes_input:
            if self._request.size is None:
                shell.write_eof()
            return
        self._link.send_message(GrantInput(self.number, INPUT_CREDIT))
        while (data := await self._fed.get()) is not None:
            shell.write(data)
            await shell.drain()
            self._link.send_message(GrantInput(self.number, len(data)))
        shell.write_eof()

    def _notice(self, notice: Notice) -> None:
        self._link.send_message(SessionNotice(self.number, notice.hop, notice.text))
