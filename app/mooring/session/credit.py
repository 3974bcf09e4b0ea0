"""Credit for a session's output: how much may be on its way, and when as much more is granted."""

from __future__ import annotations

from typing import Protocol

CREDIT = 256 * 1024
"""Bytes of output that may be on the way to the UI or wait in it, for each session."""

_BATCH = CREDIT // 4


class Grantor(Protocol):
    """What grants (`mooring.engine.client.EngineClient` has it)."""

    def grant(self, session: int, count: int) -> None:
        """Let `count` more bytes of output come."""
        ...


class Consumption:
    """What the UI has dealt with of one session's output, granted anew in batches."""

    def __init__(self) -> None:
        self._ungranted = 0

    def consumed(self, session: int, count: int, grantor: Grantor) -> None:
        """Book `count` bytes that have been dealt with."""
        self._ungranted += count
        if self._ungranted >= _BATCH:
            grantor.grant(session, self._ungranted)
            self._ungranted = 0
