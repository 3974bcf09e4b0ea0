"""Waiting for the first of several things, with no exception lost on the way."""

from __future__ import annotations

import asyncio
from typing import Any


async def until_first(
    ending: asyncio.Task[Any], leave: asyncio.Event, *, beside: asyncio.Task[None] | None = None
) -> None:
    """Wait until `ending` is done or `leave` is set. A failure of `beside` is raised at once."""
    leaving = asyncio.create_task(leave.wait(), name="leave")
    waiting: set[asyncio.Task[Any]] = {ending, leaving}
    if beside is not None:
        waiting.add(beside)
    try:
        while True:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if ending in done or leaving in done:
                return
            for task in done:
                task.result()
    finally:
        leaving.cancel()


async def cancel(*tasks: asyncio.Task[Any]) -> None:
    """Cancel what still runs and wait for its end; failures of what had ended are the caller's, who saw the task."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
