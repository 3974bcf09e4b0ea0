"""An engine in the test's own process, so that what it leaves behind can be seen: tasks, threads, sockets."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from pathlib import Path

from mooring.engine.server import EngineServer


class EngineHere:
    """Has what `mooring.engine.process.StartedProcess` has. Give `start` in place of `start_engine_process`."""

    def __init__(self, serving: asyncio.Task[None]) -> None:
        self._serving = serving

    @classmethod
    def start(cls, channel: socket.socket, _log_file: Path, runtime: Path | None = None) -> EngineHere:
        """Serve on a copy of the channel, which the caller closes."""
        return cls(asyncio.create_task(EngineServer().serve(channel.dup(), runtime), name="the engine"))

    @property
    def process_id(self) -> int:
        """That of the test."""
        return os.getpid()

    def signal_group(self, number: signal.Signals) -> None:
        """Nobody to be signalled."""

    async def end(self, *, patience: float) -> None:
        """Wait for its end."""
        await asyncio.wait_for(self._serving, patience + 10)
