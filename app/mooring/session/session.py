"""A session as the person sees it: a machine, how far the way there has come, and what can be done with it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic
from typing import Protocol

from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.recording import RecordingPlan, RecordingState
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session.credit import Consumption


class SessionState(StrEnum):
    """Where a session stands. ENDED is the remote program's own end; FAILED says why in `Session.failure`.

    RECONNECTING was open, and is made again by itself; `Session.retry` says when.
    """

    CONNECTING = "connecting"
    OPEN = "open"
    RECONNECTING = "reconnecting"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Retry:
    """Why a session is made again, and when: `due` is on the clock of `time.monotonic`, None once it is under way."""

    failure: MooringError
    attempt: int
    due: float | None

    @property
    def seconds_left(self) -> int:
        """Until the attempt, as a countdown shows it; 0 while it is under way."""
        return 0 if self.due is None else max(0, math.ceil(self.due - monotonic()))


@dataclass(frozen=True, slots=True)
class ForwardCount:
    """Forwards of a session's machine: those that stand, and those that could not be opened."""

    standing: int = 0
    failed: int = 0


class SessionLink(Protocol):
    """What a session needs of the engine (`mooring.engine.client.EngineClient` has it)."""

    def send(self, session: int, data: bytes) -> None:
        """Type `data`."""
        ...

    def resize(self, session: int, size: TerminalSize, after: int = 0) -> None:
        """Tell the remote terminal's new size, and how many bytes of output it had shown by then."""
        ...

    def grant(self, session: int, count: int) -> None:
        """Let `count` more bytes of output come."""
        ...

    def record(self, session: int, plan: RecordingPlan | None) -> None:
        """Record output from now on, or no more."""
        ...

    def close_session(self, session: int) -> None:
        """Hang up."""
        ...

    def reconnect(self, session: int) -> None:
        """Try at once, or look whether the other side still answers."""
        ...


class Session:
    """One session, from the wish to connect until after its end. Made and moved on by `Sessions` alone.

    Its methods return at once and do nothing once it is over, so that a late key press needs no care.
    """

    def __init__(self, number: int, machine: Machine, size: TerminalSize, *, started: datetime | None = None) -> None:
        self.id = number
        self.machine = machine
        self.size = size
        self.title = machine.name
        self.state = SessionState.CONNECTING
        self.step = Step.RESOLVING
        self.hop = machine.target.host
        self.facts: ConnectionFacts | None = None
        self.result: ExitResult | None = None
        self.failure: MooringError | None = None
        self.retry: Retry | None = None
        self.forwards = ForwardCount()
        self.is_silent = False
        """Whether the other side owes an answer: it may be gone, and nobody can know yet."""
        self.started = started or datetime.now(UTC)
        self.ended: datetime | None = None
        self.recording: RecordingState | None = None
        self.close_wanted = False
        self.is_kept = False
        """Whether it was kept by an engine, and waits for `Sessions.take_up` or `close`."""
        self._link: SessionLink | None = None
        # As if the person had typed them first.
        self._typed_ahead = bytearray("".join(f"{line}\r" for line in machine.on_connect).encode())
        self._consumption = Consumption()
        self._shown = 0

    def __repr__(self) -> str:
        return f"Session({self.id}, {self.machine.name!r}, {self.state})"

    @property
    def is_live(self) -> bool:
        """Whether it is connecting or open, or made again."""
        return self.state in (SessionState.CONNECTING, SessionState.OPEN, SessionState.RECONNECTING)

    def send(self, data: bytes) -> None:
        """Type `data`. What is typed before the first shell runs is kept for it; while it is made again, nothing is."""
        if not self.is_live or self.state is SessionState.RECONNECTING:
            return
        if self._link is None:
            self._typed_ahead += data
        else:
            self._link.send(self.id, data)

    def resize(self, size: TerminalSize) -> None:
        """Follow the size of the terminal that shows this session."""
        if size == self.size:
            return
        self.size = size
        if self._link is not None and not self.is_kept:
            self._link.resize(self.id, size, self._shown)

    def record(self, plan: RecordingPlan | None) -> None:
        """Record what is written from now on, or no more; `recording` says what comes of it."""
        if self._link is not None and self.is_live:
            self._link.record(self.id, plan)

    @property
    def is_recorded(self) -> bool:
        """Whether its output goes to a file now."""
        return self.is_live and self.recording is not None and self.recording.is_running

    def consumed(self, count: int) -> None:
        """Say that `count` bytes of output have been dealt with, so that as many may come. Granted in batches."""
        self._shown += count
        if self._link is not None:
            self._consumption.consumed(self.id, count, self._link)

    def reconnect_now(self) -> None:
        """Wait no longer for the next attempt; where it is open, see whether the other side is there."""
        if self._link is not None:
            self._link.reconnect(self.id)

    def close(self) -> None:
        """Hang up; `SessionListener.session_changed` follows when it is over."""
        if self._link is not None:
            self._link.close_session(self.id)
        self.close_wanted = True

    def attach(self, link: SessionLink) -> None:
        """The engine knows this session from now on."""
        self._link = link
        if self._typed_ahead:
            link.send(self.id, bytes(self._typed_ahead))
            self._typed_ahead.clear()

    def progress(self, step: Step, hop: str) -> None:
        """The way there has come as far as `step`, with `hop`."""
        self.step = step
        self.hop = hop
        if self.retry is not None:
            self.retry = replace(self.retry, due=None)

    def lose(self, failure: MooringError, attempt: int, seconds: float) -> None:
        """The connection is gone, and is made again."""
        self.state = SessionState.RECONNECTING
        self.retry = Retry(failure, attempt, monotonic() + seconds)
        self.is_silent = False

    def open(self, facts: ConnectionFacts) -> None:
        """The shell runs."""
        self.facts = facts
        self.state = SessionState.OPEN
        self.retry = None
        self.is_silent = False

    def end(self, result: ExitResult) -> None:
        """The remote program is gone."""
        self.result = result
        self._finish(SessionState.ENDED)

    def fail(self, failure: MooringError) -> None:
        """It never opened, or was lost."""
        self.failure = failure
        self._finish(SessionState.FAILED)

    def _finish(self, state: SessionState) -> None:
        self.recording = None
        self.state = state
        self.ended = datetime.now(UTC)
        self.retry = None
        self.is_silent = False
        self._link = None
        self._typed_ahead.clear()
