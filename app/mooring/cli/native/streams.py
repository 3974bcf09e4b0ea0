"""Standard input and output beside an event loop: neither may stop it, and neither may fill the memory.

The descriptors stay blocking, for they are shared with the shell and with whoever else writes to them.
"""

from __future__ import annotations

import asyncio
import os
import queue
import select
import threading
from collections.abc import Callable

CHUNK = 64 * 1024
"""Bytes for one read."""

HIGH_WATER = 1024 * 1024
"""Bytes waiting to be written at which the remote side is made to wait."""

LOW_WATER = 256 * 1024
"""Bytes waiting at which it may go on."""


class InputReader:
    """Reads a descriptor chunk by chunk; between `pause` and `resume` it leaves what is typed to others."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting: asyncio.Future[None] | None = None
        self._paused = False

    def pause(self) -> None:
        """Read nothing."""
        self._paused = True
        if self._waiting is not None:
            asyncio.get_running_loop().remove_reader(self._descriptor)

    def resume(self) -> None:
        """Read again."""
        self._paused = False
        if self._waiting is not None:
            self._watch(self._waiting)

    async def read(self) -> bytes:
        """Return what is there, waiting for it; empty at the end of input, also when the terminal hung up."""
        while True:
            try:
                waited = await self._readable()
                if waited:
                    return os.read(self._descriptor, CHUNK)
                return await asyncio.get_running_loop().run_in_executor(None, os.read, self._descriptor, CHUNK)
            except BlockingIOError:
                # Somebody else made the shared descriptor non-blocking, and was quicker.
                continue
            except OSError:
                return b""

    async def _readable(self) -> bool:
        """Wait for input; False for what epoll can't watch (files, /dev/null), where a read does not block for long."""
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        try:
            if not self._paused:
                self._watch(ready)
        except PermissionError:
            return False
        self._waiting = ready
        try:
            await ready
        finally:
            self._waiting = None
            loop.remove_reader(self._descriptor)
        return True

    def _watch(self, ready: asyncio.Future[None]) -> None:
        def set_ready() -> None:
            if not ready.done():
                ready.set_result(None)

        asyncio.get_running_loop().add_reader(self._descriptor, set_ready)


class OutputWriter:
    """Writes to a descriptor in a thread of its own.

    `on_full` is called when more than HIGH_WATER bytes wait, `on_drained` when few are left, `on_failed` when nobody
    reads any more (what is written afterwards is dropped): all of them on the loop.
    """

    def __init__(
        self,
        descriptor: int,
        *,
        on_full: Callable[[], None],
        on_drained: Callable[[], None],
        on_failed: Callable[[], None],
    ) -> None:
        self._descriptor = descriptor
        self._on_full = on_full
        self._on_drained = on_drained
        self._on_failed = on_failed
        self._loop = asyncio.get_running_loop()
        self._chunks: queue.SimpleQueue[bytes | asyncio.Event | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0
        self._full = False
        self._failed = False
        self._finished = asyncio.Event()
        # A daemon: a reader who never reads must not keep a finished client alive.
        self._thread = threading.Thread(target=self._run, name=f"writer of {descriptor}", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Take bytes to write; returns at once."""
        if not data:
            return
        with self._lock:
            self._waiting += len(data)
            filled = not self._full and self._waiting > HIGH_WATER
            self._full = self._full or filled
        self._chunks.put(data)
        if filled:
            self._on_full()

    async def flush(self) -> None:
        """Wait until what was given so far is written (or can't be)."""
        written = asyncio.Event()
        self._chunks.put(written)
        await written.wait()

    async def finish(self) -> None:
        """Wait until everything is written (or can't be)."""
        self._chunks.put(None)
        await self._finished.wait()

    def _run(self) -> None:
        while (chunk := self._chunks.get()) is not None:
            if isinstance(chunk, asyncio.Event):
                self._call(chunk.set)
                continue
            if not self._failed:
                self._write_all(chunk)
            with self._lock:
                self._waiting -= len(chunk)
                drained = self._full and self._waiting < LOW_WATER
                self._full = self._full and not drained
            if drained:
                self._call(self._on_drained)
        self._call(self._finished.set)

    def _write_all(self, chunk: bytes) -> None:
        view = memoryview(chunk)
        try:
            while view:
                try:
                    view = view[os.write(self._descriptor, view) :]
                except BlockingIOError:
                    _wait_writable(self._descriptor)
        except OSError:
            self._failed = True
            self._call(self._on_failed)

    def _call(self, function: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(function)
        except RuntimeError:
            # The loop is closed: nobody is left who wants to know.
            return


def _wait_writable(descriptor: int) -> None:
    """Block this thread until `descriptor` takes bytes again, where somebody else made it non-blocking."""
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    poll.poll()
