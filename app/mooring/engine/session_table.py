"""All sessions of the engine, by number: those that live, and those that ended while no UI was there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from mooring.engine.protocol import TakeUpSession
from mooring.engine.session import EngineSession
from mooring.engine.shell_session import ShellSession
from mooring.model.errors import EngineError

CLOSE_LIMIT = 3.0
"""Seconds for all sessions to close at the end; a peer that does not answer holds nobody up."""

MOST_ENDED = 50
"""Sessions that ended while nobody looked, and are still shown to the next UI."""

_logger = logging.getLogger(__name__)


class SessionTable:
    """Starts sessions and knows when they are over; `when_one_ends` is called then."""

    def __init__(self, when_one_ends: Callable[[], None]) -> None:
        self._when_one_ends = when_one_ends
        self._live: dict[int, EngineSession] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ended: dict[int, ShellSession] = {}
        self._telling: set[asyncio.Task[None]] = set()
        self._is_seen = True

    @property
    def live_shells(self) -> list[ShellSession]:
        """The shells that are open or on their way, oldest first."""
        return [session for session in self._live.values() if isinstance(session, ShellSession)]

    @property
    def kept_shells(self) -> list[ShellSession]:
        """What the next UI can take up: those that ended first."""
        return [*self._ended.values(), *self.live_shells]

    def get(self, number: int) -> EngineSession | None:
        """The session with a number, if it is there still."""
        return self._live.get(number) or self._ended.get(number)

    def start(self, session: EngineSession) -> None:
        """Let a session live. Raises EngineError where its number is taken."""
        number = session.number
        if self.get(number) is not None:
            raise EngineError(f"the UI opened session {number} twice")
        self._live[number] = session
        self._tasks[number] = task = asyncio.create_task(session.run(), name=f"session {number}")
        task.add_done_callback(lambda _task: self._over(session))

    def close(self, number: int) -> None:
        """Hang up; one that is over is forgotten."""
        if task := self._tasks.get(number):
            task.cancel()
        self._ended.pop(number, None)

    def seen(self) -> None:
        """There is a UI from now on."""
        self._is_seen = True

    def leave(self) -> None:
        """The UI is gone: shells go on, what it alone waited for ends."""
        self._is_seen = False
        for session in self._live.values():
            if isinstance(session, ShellSession):
                session.leave()
            else:
                self._tasks[session.number].cancel()

    def take_up(self, request: TakeUpSession) -> None:
        """Show a kept session on a terminal of the UI."""
        shell = self.get(request.session)
        if not isinstance(shell, ShellSession):
            return
        shell.take_up(request.size, request.credit)
        if request.session in self._ended:
            telling = asyncio.create_task(self._tell_end(shell), name=f"tell the end of session {shell.number}")
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def close_all(self) -> None:
        """Hang up everywhere, and wait for it as long as that makes sense."""
        tasks = [*self._tasks.values(), *self._telling]
        for task in tasks:
            task.cancel()
        if tasks:
            _done, late = await asyncio.wait(tasks, timeout=CLOSE_LIMIT)
            if late:
                _logger.warning("%d sessions did not close within %.0f seconds", len(late), CLOSE_LIMIT)

    async def _tell_end(self, shell: ShellSession) -> None:
        await shell.tell_outcome()
        if self._is_seen:
            self._ended.pop(shell.number, None)

    def _over(self, session: EngineSession) -> None:
        del self._live[session.number], self._tasks[session.number]
        if isinstance(session, ShellSession) and not self._is_seen:
            self._ended[session.number] = session
            while len(self._ended) > MOST_ENDED:
                del self._ended[next(iter(self._ended))]
        self._when_one_ends()
