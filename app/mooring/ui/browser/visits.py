"""Connections remembered as they begin, so that the list can tell when a machine was last used, and how much."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from mooring import session as sessions
from mooring.store.recent import Recent, RecentFile

if TYPE_CHECKING:
    from mooring.session import Session


class Visits:
    """Writes to one file, off the loop, and calls `changed` on the loop when something new is in it."""

    def __init__(self, screen: Screen[Any], file: RecentFile | None, changed: Callable[[], None]) -> None:
        """Without a `file` nothing is remembered."""
        self._screen = screen
        self._file = file
        self._changed = changed
        self._began = datetime.now(UTC)
        self._counted: set[int] = set()
        self.recent = Recent()

    def load(self) -> Recent:
        """Read what is remembered, by other windows too. It blocks: call it in a thread."""
        if self._file is not None:
            self.recent = self._file.load()
        return self.recent

    def session_changed(self, session: Session) -> None:
        """Count a session once, when it has come to its shell. One that an engine has kept was counted before."""
        if (
            session.state is sessions.SessionState.OPEN
            and session.id not in self._counted
            and session.started >= self._began
        ):
            self._counted.add(session.id)
            self.record(session.machine.name, "native")

    def record(self, name: str, how: str) -> None:
        """Remember a connection that begins now."""
        if self._file is not None:
            work = partial(self._record, self._file, name, how, time.time())
            self._screen.run_worker(work, thread=True, group="visits", name="remember a connection")

    def _record(self, file: RecentFile, name: str, how: str, when: float) -> None:
        try:
            self.recent = file.record(name, how, when=when)
        except OSError:
            # A full disk or a read-only home: a convenience is lost, and no connection shall be bothered by it.
            return
        self._screen.call_later(self._changed)
