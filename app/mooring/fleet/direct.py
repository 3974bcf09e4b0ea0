"""Commands carried to machines over `mooring.ssh`, in the same event loop."""

from __future__ import annotations

from functools import partial

from mooring.fleet.executor import ExecutionListener
from mooring.model.machine import Target
from mooring.model.prompts import Prompter
from mooring.model.terminal import ExitResult
from mooring.ssh import ConnectionPool
from mooring.sshconfig import FileMemory, resolve

WINDOW = 256 * 1024
"""Bytes that each machine may send ahead: what waits in memory while nobody takes output, times the machines."""


class DirectExecutor:
    """An `Executor` for one run: jump hosts, files and opened keys are shared; a machine's connection closes behind
    its command."""

    def __init__(self, pool: ConnectionPool | None = None) -> None:
        self._pool = pool or ConnectionPool(
            resolver=partial(resolve, memory=FileMemory()), tells_programs=True, keeps_keys=True
        )

    async def execute(
        self, target: Target, command: str, listener: ExecutionListener, prompter: Prompter
    ) -> ExitResult:
        """Connect, run the command, and close. See `Executor`."""
        async with self._pool.lease(target, prompter, progress=listener.step_reached) as connection:
            shell = await connection.execute(command, listener, window=WINDOW)
            listener.started(shell)
            return await shell.wait()
