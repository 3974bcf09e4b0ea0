"""The line of progress: how many machines are where, and who is waited for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mooring.cli.errors import printable
from mooring.fleet.folding import fold
from mooring.fleet.result import MachineResult, State

_MOST_NAMED = 20
"""Machines that are named: of more nobody would read the names."""

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


def progress_line(results: Sequence[MachineResult]) -> str:
    """`12 of 200: 11 done, 1 failed, 20 running, 168 waiting`; the last few are named: `2 running: web-[03-04]`."""
    counts = Counter(result.state for result in results)
    parts = ", ".join(f"{counts[state]} {state}" for state in _SHOWN if counts.get(state))
    rest = [result.machine for result in results if not result.state.is_final]
    names = f": {printable(fold(rest))}" if rest and len(rest) <= _MOST_NAMED else ""
    return f"{len(results) - len(rest)} of {len(results)}: {parts}{names}"
