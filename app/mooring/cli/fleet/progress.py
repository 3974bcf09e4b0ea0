"""The line of progress: how many machines are where."""

from __future__ import annotations

from collections.abc import Mapping

from mooring.fleet.result import State

_SHOWN = (
    State.DONE,
    State.FAILED,
    State.TIMED_OUT,
    State.UNREACHABLE,
    State.LOST,
    State.CANCELLED,
    State.RUNNING,
    State.CONNECTING,
    State.WAITING,
)


def progress_line(counts: Mapping[State, int]) -> str:
    """`12 of 200: 11 done, 1 failed, 20 running, 168 waiting`."""
    ended = sum(count for state, count in counts.items() if state.is_final)
    parts = ", ".join(f"{counts[state]} {state}" for state in _SHOWN if counts.get(state))
    return f"{ended} of {sum(counts.values())}: {parts}"
