"""A command that runs apart: on its machine's connection, beside the tabs, with or without a terminal."""

from __future__ import annotations

import asyncio

from mooring.engine.protocol import GrantInput, RunCommand
from mooring.engine.session import EngineSession, Surroundings
from mooring.model.connection import Step
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import DEFAULT_WINDOW, PtyRequest, Shell

INPUT_CREDIT = 256 * 1024
"""Bytes that the UI may have fed and the channel has not passed on."""


class CommandRun(EngineSession):
    """A command in a channel of its own; standard error comes apart unless there is a terminal."""

    def __init__(self, request: RunCommand, surroundings: Surroundings) -> None:
        super().__init__(request.session, request.credit, surroundings, joined=request.size is not None)
        self._request = request
        self._size = request.size
        self._fed: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._shell: Shell | None = None

    def type(self, data: bytes) -> None:
        """Feed its standard input; the UI feeds no more than it was granted."""
        self._fed.put_nowait(data)

    def close_input(self) -> None:
        """Standard input is at its end."""
        self._fed.put_nowait(None)

    def resize(self, size: TerminalSize) -> None:
        """Give its terminal a new size, where it has one."""
        if self._size is None:
            return
        self._size = size
        if self._shell is not None:
            self._shell.resize(size)

    async def _live(self) -> ExitResult:
        request = self._request
        leased = self._surroundings.pool.lease(request.target, self._prompter, progress=self._progress)
        async with leased as connection:
            self._progress(Step.STARTING, request.target.host)
            pty = None
            if self._size is not None:
                pty = PtyRequest(request.terminal_type, self._size, request.environment)
            shell = await connection.execute(request.command, self._outlet, pty=pty, window=DEFAULT_WINDOW)
            self._shell = shell
            self._tell_opened(connection.facts)
            self._outlet.open(shell)
            feeding = asyncio.create_task(self._feed(shell), name=f"input of session {self.number}")
            try:
                return await self._end_of(shell)
            except asyncio.CancelledError:
                # Without a terminal nothing tells a program that nobody waits for it: sshd only closes its streams.
                shell.send_signal("TERM")
                raise
            finally:
                feeding.cancel()
                self._outlet.close()

    async def _feed(self, shell: Shell) -> None:
        """Pass on what is fed as fast as the channel takes it, and let as much follow."""
        if not self._request.takes_input:
            if self._request.size is None:
                shell.write_eof()
            return
        self._surroundings.send_message(GrantInput(self.number, INPUT_CREDIT))
        while (data := await self._fed.get()) is not None:
            shell.write(data)
            await shell.drain()
            self._surroundings.send_message(GrantInput(self.number, len(data)))
        shell.write_eof()
