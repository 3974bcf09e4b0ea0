"""Engines and the sessions that they keep, as `mooring sessions` tells of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionReport:
    """One session: `state` is "connecting", "open", "reconnecting", "ended" or "failed"; `started` is in Unix time."""

    number: int
    machine: str
    address: str
    state: str
    started: float


@dataclass(frozen=True, slots=True)
class EngineReport:
    """One engine. `ui` is the process that is attached, None where nobody is.

    Without a UI, `detached` says since when (Unix time), and `ends` when the sessions will be ended; None is never.
    """

    process_id: int
    sessions: tuple[SessionReport, ...]
    ui: int | None
    detached: float | None = None
    ends: float | None = None
