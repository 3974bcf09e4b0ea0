"""A recording in a terminal, at any point in time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from time import perf_counter

from mooring.model.errors import RecordingError
from mooring.playback.clock import Clock
from mooring.playback.recording import Event, Mark, Output, Recording
from mooring_widgets.emulator import Emulator, Settings

SCROLLBACK_LINES = 1000
"""Lines above the screen that a player keeps; each checkpoint has its own."""

_FIRST_INTERVAL = 512 * 1024
_MOST_CHECKPOINTS = 48
_PIECE = 16 * 1024
"""Bytes that are fed between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    position: float
    clock: Clock
    mark: Mark
    emulator: Emulator


class Player:
    """Feeds an emulator with a recording's events up to a position, in seconds from its start with pauses cut.

    On its way it keeps copies of the terminal, every half a megabyte of output at first and rarer in long files, so
    that going back needs no second reading from the start. `emulator` is another object after going back. What can't
    be read ends the recording there, and `problem` says why.
    """

    def __init__(self, recording: Recording, *, idle_limit: float | None = None) -> None:
        self._recording = recording
        self._clock = Clock(idle_limit if idle_limit is not None else recording.idle_limit)
        columns, lines = recording.size
        self.emulator = Emulator(columns, lines, settings=Settings(scrollback_lines=SCROLLBACK_LINES))
        self.position = 0.0
        self.problem = ""
        self.is_over = False
        self._mark = recording.start
        self._events: Iterator[Event] = recording.events(self._mark)
        self._next: Event | None = None
        self._next_position = 0.0
        self._rest = b""
        self._rest_fed = 0
        self._interval = _FIRST_INTERVAL
        self._fed = 0
        self._checkpoints = [self._checkpoint()]
        self._look_ahead()

    @property
    def idle_limit(self) -> float | None:
        """Seconds that a pause lasts at most."""
        return self._clock.idle_limit

    def aim(self, position: float) -> None:
        """Be where `play_to` that position has the least to do: here, or at a copy nearer to it."""
        at = bisect_right(self._checkpoints, position, key=lambda checkpoint: checkpoint.position) - 1
        nearest = self._checkpoints[max(at, 0)]
        if position < self.position or nearest.position > self.position:
            self._restore(nearest)

    def play_to(self, position: float, seconds: float = float("inf")) -> bool:
        """Feed what happened up to a position, for about so long; return whether that is done."""
        end = perf_counter() + seconds
        while self._rest or (self._next is not None and self._next_position <= position):
            self._feed_piece()
            if perf_counter() >= end:
                return False
        self.position = max(self.position, position if not self.is_over else self.position)
        return True

    def step(self) -> None:
        """Go to the next event."""
        if self._next is not None:
            self.play_to(self._next_position)

    def _feed_piece(self) -> None:
        if self._rest:
            piece = self._rest[self._rest_fed : self._rest_fed + _PIECE]
            self.emulator.feed(piece)
            self._fed += len(piece)
            self._rest_fed += len(piece)
            if self._rest_fed >= len(self._rest):
                self._rest, self._rest_fed = b"", 0
        elif (event := self._next) is not None:
            self.position = self._next_position
            self._mark = event.end
            if isinstance(event.what, Output):
                self._rest = event.what.data
            else:
                self.emulator.resize(event.what.columns, event.what.lines)
            self._look_ahead()
        if not self._rest and self._fed >= self._interval:
            self._keep()

    def _look_ahead(self) -> None:
        try:
            self._next = next(self._events, None)
        except RecordingError as error:
            self._next, self.problem = None, error.message
        if self._next is None:
            self.is_over = True
        else:
            self._next_position = self._clock.take(self._next.time)

    def _keep(self) -> None:
        """Keep a copy, if it is farther than those there are; when there are many, every second one goes."""
        self._fed = 0
        if self.position > self._checkpoints[-1].position:
            self._checkpoints.append(self._checkpoint())
        if len(self._checkpoints) > _MOST_CHECKPOINTS:
            del self._checkpoints[1::2]
            self._interval *= 2

    def _checkpoint(self) -> _Checkpoint:
        return _Checkpoint(self.position, replace(self._clock), self._mark, deepcopy(self.emulator))

    def _restore(self, checkpoint: _Checkpoint) -> None:
        self.emulator = deepcopy(checkpoint.emulator)
        self.position, self._mark = checkpoint.position, checkpoint.mark
        self._clock = replace(checkpoint.clock)
        self._events = self._recording.events(self._mark)
        self._rest, self._rest_fed, self._fed = b"", 0, 0
        self.is_over, self.problem = False, ""
        self._look_ahead()
