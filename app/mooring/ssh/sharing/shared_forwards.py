"""The forwards of a connection, for all sessions that ask for the same ones."""

from __future__ import annotations

import asyncio

from mooring.model.prompts import Prompter
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.forwards import ForwardOptions, Forwards


class SharedForwards:
    """Opened with the first user and closed with the last, though the connection may go on for others."""

    def __init__(self, hop: str, connection: ClientConnection, options: ForwardOptions, prompter: Prompter) -> None:
        self.forwards = Forwards(hop, connection, options, prompter)
        self._users = 0
        self._opening: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def can_be_joined(self) -> bool:
        """Whether they stand or are on their way."""
        return not self._closed

    async def join(self) -> Forwards:
        """Count one more user; those of the configuration have been opened when this returns.

        Raises ConnectionFailedError under ExitOnForwardFailure, to everybody who waits. `leave` has to follow also
        then.
        """
        self._users += 1
        if self._opening is None:
            self._opening = asyncio.create_task(self.forwards.open_configured(), name="open the configured forwards")
        await asyncio.wait((self._opening,))
        self._opening.result()
        return self.forwards

    async def leave(self) -> None:
        """Count one user less; the last one closes them."""
        self._users -= 1
        if self._users:
            return
        self._closed = True
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        for forward in self.forwards.active:
            await self.forwards.close(forward)
