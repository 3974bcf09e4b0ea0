"""Standard input for all machines: read once, kept in a file that has no name, and given to each from its beginning."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

CHUNK = 64 * 1024


class Input(Protocol):
    """What every machine is sent."""

    def chunks(self) -> AsyncIterator[bytes]:
        """All of it, from the beginning; waits where more is to come."""
        ...


class InputSpool:
    """Bytes that come once and are read by many. It lies on disk, so that a machine that starts late misses nothing."""

    def __init__(self) -> None:
        self._descriptor, name = tempfile.mkstemp(prefix="mooring-input-")
        Path(name).unlink()
        self._size = 0
        self._ended = False
        self._grown = asyncio.Event()

    def feed(self, data: bytes) -> None:
        """Add bytes. Raises OSError when the disk is full."""
        view = memoryview(data)
        while view:
            written = os.pwrite(self._descriptor, view, self._size)
            view = view[written:]
            self._size += written
        self._wake()

    def end(self) -> None:
        """Nothing more will come."""
        self._ended = True
        self._wake()

    async def chunks(self) -> AsyncIterator[bytes]:
        """Read from the beginning to the end."""
        position = 0
        while True:
            while position == self._size and not self._ended:
                await self._grown.wait()
            if position == self._size:
                return
            data = os.pread(self._descriptor, CHUNK, position)
            position += len(data)
            yield data

    def close(self) -> None:
        """Give the disk back."""
        os.close(self._descriptor)

    def _wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()
