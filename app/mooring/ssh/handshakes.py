"""How many connections of one process may be in their key exchange at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

LIMIT = 10
"""sshd drops connections at random when more than so many have not logged in yet (MaxStartups in sshd_config(5))."""

PATIENCE = 5.0
"""Seconds after which one more goes ahead all the same: hosts that never answer must not keep the others waiting."""


class Handshakes:
    """Hands out turns. A turn covers connecting and the key exchange, no prompt and no login."""

    def __init__(self, limit: int = LIMIT, patience: float = PATIENCE) -> None:
        self._slots = asyncio.Semaphore(limit)
        self._patience = patience

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and give it back at the end of the block."""
        granted = False
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                granted = await self._slots.acquire()
        try:
            yield
        finally:
            if granted:
                self._slots.release()
