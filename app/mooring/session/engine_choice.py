"""Which engine the screens get: one that keeps sessions, or a new one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from mooring.engine.client import EngineClient, EngineListener
from mooring.engine.discovery import find_engines
from mooring.model.errors import EngineError


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """What the person wishes. `runtime` is where engines have their doors.

    With a `process_id` that engine is attached to, and sent from another UI with `take_over`. Else the one that was
    left last, of those that keep sessions and have no UI, and a new one where there is none. `keep_seconds` is how
    long sessions are kept where this process goes without a word.
    """

    runtime: Path
    log_file: Path
    keep_seconds: float = 0.0
    process_id: int | None = None
    take_over: bool = False

    async def __call__(self, listener: EngineListener) -> EngineClient:
        """Attach or start. Raises EngineError where the engine that was asked for can't be had, or none started."""
        if self.process_id is not None:
            return await self._attach(listener, self.process_id)
        for found in await asyncio.to_thread(find_engines, self.runtime):
            if found.waits:
                try:
                    return await self._attach(listener, found.process_id)
                except EngineError:
                    # It ended just now, or another UI was faster: both leave us without.
                    continue
        return await EngineClient.start(
            listener, log_file=self.log_file, runtime=self.runtime, keep_seconds=self.keep_seconds
        )

    async def _attach(self, listener: EngineListener, process_id: int) -> EngineClient:
        return await EngineClient.attach(
            listener,
            process_id,
            runtime=self.runtime,
            log_file=self.log_file,
            keep_seconds=self.keep_seconds,
            take_over=self.take_over,
        )
