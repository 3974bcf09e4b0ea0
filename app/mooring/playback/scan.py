"""How long a recording is: a look at all of it, for its progress line. It blocks; a thread does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mooring.model.errors import RecordingError
from mooring.playback.clock import Clock
from mooring.playback.recording import Recording


@dataclass(frozen=True, slots=True)
class Length:
    """How many seconds it lasts, pauses cut; and what is wrong behind that, "" for nothing."""

    seconds: float
    problem: str = ""


def measure(recording: Recording, idle_limit: float | None, go_on: Callable[[], bool] = lambda: True) -> Length:
    """Read all events, as long as `go_on` says so."""
    clock = Clock(idle_limit)
    try:
        for event in recording.events(recording.start):
            clock.take(event.time)
            if not go_on():
                break
    except RecordingError as error:
        return Length(clock.position, error.message)
    return Length(clock.position)
