"""Who has the terminal: the remote program, or for a while a question of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol


class Pausable(Protocol):
    """What has to keep still while a line is read from the terminal."""

    def pause(self) -> None:
        """Keep still."""
        ...

    def resume(self) -> None:
        """Go on."""
        ...


class Foreground:
    """The parts of a session that use the terminal: raw mode, what is typed, what is printed.

    Questions that come in the middle of a session (the command line behind ~C, changed host keys) take it from them.
    """

    def __init__(self) -> None:
        self._parts: tuple[Pausable, ...] = ()
        self._question = asyncio.Lock()

    @contextmanager
    def used_by(self, *parts: Pausable) -> Iterator[None]:
        """Let these parts use the terminal too, for the length of a block; no question may be open when it begins."""
        before = self._parts
        self._parts = (*before, *parts)
        try:
            yield
        finally:
            self._parts = before

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Take the terminal for a question, for the length of a block."""
        async with self._question:
            parts = self._parts
            for part in parts:
                part.pause()
            try:
                yield
            finally:
                for part in reversed(parts):
                    part.resume()

    async def wait_free(self) -> None:
        """Wait for the end of a question that is open."""
        async with self._question:
            return
