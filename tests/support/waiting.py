"""Waiting for a state with a deadline, where a sleep would be a guess."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

POLL_SECONDS = 0.02


def wait_until(ready: Callable[[], bool], *, what: str, limit: float = 20.0, poll: float = POLL_SECONDS) -> None:
    """Return as soon as `ready()`, asked every `poll` seconds; fail with `what` after `limit` seconds."""
    deadline = time.monotonic() + limit
    while not ready():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {limit:.0f} s: {what}")
        time.sleep(poll)


def process_runs(process_id: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def resident_bytes(process_id: int) -> int:
    """How much memory a process holds at this moment."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError(f"process {process_id} has no memory of its own")
