"""A shell in a tab."""

from __future__ import annotations

from mooring.engine.protocol import OpenSession
from mooring.engine.session import EngineSession, Surroundings
from mooring.engine.window import channel_window
from mooring.model.connection import Step
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import Connection, PtyRequest, Shell

LARGEST_TYPE_AHEAD = 64 * 1024
"""Bytes typed before the shell runs that are kept for it, as a terminal keeps them for `ssh`."""


class ShellSession(EngineSession):
    """A login shell (or RemoteCommand) with a terminal."""

    def __init__(self, request: OpenSession, surroundings: Surroundings) -> None:
        super().__init__(request.session, request.credit, surroundings, joined=True)
        self._request = request
        self._size = request.size
        self._typed_ahead = bytearray()
        self._shell: Shell | None = None

    def type(self, data: bytes) -> None:
        """Send what the person typed."""
        if self._shell is not None:
            self._shell.write(data)
        elif len(self._typed_ahead) + len(data) <= LARGEST_TYPE_AHEAD:
            self._typed_ahead += data

    def close_input(self) -> None:
        """A terminal's end of input is a key, and comes as one."""

    def resize(self, size: TerminalSize) -> None:
        """Give the remote terminal a new size."""
        self._size = size
        if self._shell is not None:
            self._shell.resize(size)

    async def _live(self) -> ExitResult:
        target, pool = self._request.target, self._surroundings.pool
        leased = pool.lease(target, self._prompter, progress=self._progress, in_tab=True, for_session=True)
        async with leased as connection:
            try:
                self._progress(Step.STARTING, target.host)
                size = self._size
                request = PtyRequest(self._request.terminal_type, size, self._request.environment)
                window = channel_window(connection.round_trip)
                self._shell = shell = await connection.open_shell(request, self._outlet, window=window)
                self._start(connection, shell, size)
                return await self._end_of(shell)
            finally:
                self._shell = None
                self._outlet.close()

    def _start(self, connection: Connection, shell: Shell, size: TerminalSize) -> None:
        self._tell_opened(connection.facts)
        if self._size != size:
            shell.resize(self._size)
        if self._typed_ahead:
            shell.write(bytes(self._typed_ahead))
            self._typed_ahead.clear()
        self._outlet.open(shell)
