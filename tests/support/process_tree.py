"""A process and its descendants, from Linux's /proc: which they are, and what they have used of the processor."""

from __future__ import annotations

import os
from pathlib import Path


def processor_seconds(process_id: int) -> float:
    """Seconds in user and system mode of a process and of its descendants, as far as they run or were waited for."""
    stat = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    ticks = sum(int(field) for field in stat[11:15])
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return ticks / os.sysconf("SC_CLK_TCK") + sum(processor_seconds(int(child)) for child in children)


def descendants(process_id: int) -> set[int]:
    """The processes below one, whichever of its threads started them; one that has just ended has none."""
    found: set[int] = set()
    tasks = Path(f"/proc/{process_id}/task")
    try:
        threads = [thread.name for thread in tasks.iterdir()]
    except OSError:
        return found
    for thread in threads:
        try:
            children = [int(child) for child in (tasks / thread / "children").read_text().split()]
        except OSError:
            continue
        for child in children:
            found |= {child} | descendants(child)
    return found
