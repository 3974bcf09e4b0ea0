"""What a test may not leave behind: tasks, threads, sockets and processes of this process."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

LIMIT = 15.0
"""Seconds for what has been told to end to be gone."""


@asynccontextmanager
async def nothing_left() -> AsyncIterator[None]:
    """Fail where the block leaves more than it found; what ends within LIMIT is fine."""
    before = _everything()
    yield
    deadline = time.monotonic() + LIMIT
    while left := {kind: more for kind, names in _everything().items() if (more := names - before[kind])}:
        if time.monotonic() > deadline:
            raise AssertionError(f"left behind: {left}")
        await asyncio.sleep(0.02)


def open_files() -> int:
    """How many descriptors this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


def _everything() -> dict[str, set[str]]:
    return {
        "tasks": {task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()},
        # Those of asyncio's default executor stay, to be used again.
        "threads": {thread.name for thread in threading.enumerate() if not thread.name.startswith("asyncio_")},
        "sockets": set(_sockets()),
        "processes": set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()),
    }


def _sockets() -> list[str]:
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except OSError:
            continue
        if target.startswith("socket:"):
            found.append(target)
    return found
