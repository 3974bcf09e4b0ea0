"""A TCP path on loopback that can be cut, restored, and let nothing through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class CutPath:
    """Relays `port` to another port of loopback, as long as it is whole."""

    def __init__(self, behind: int) -> None:
        self.port = 0
        self.accepted = 0
        self._behind = behind
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()

    async def restore(self) -> None:
        """Take connections, and let everything through."""
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]
        self._flowing = asyncio.Event()
        self._flowing.set()

    async def cut(self) -> None:
        """Break what is open, and refuse what comes."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        await self._gather()

    def freeze(self) -> None:
        """What is open stays open, and nothing passes on it any more; what comes later passes."""
        self._flowing.clear()
        self._flowing = asyncio.Event()
        self._flowing.set()

    async def close(self) -> None:
        """End all of it."""
        await self.cut()

    async def _gather(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._behind)
        flowing = self._flowing
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            self._writers.add(sink)
            task = asyncio.create_task(self._relay(source, sink, flowing), name="relay")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _relay(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, flowing: asyncio.Event) -> None:
        try:
            while chunk := await source.read(65536):
                await flowing.wait()
                sink.write(chunk)
        except ConnectionError:
            pass
        finally:
            self._writers.discard(sink)
            sink.close()


@asynccontextmanager
async def cut_path(behind: int) -> AsyncIterator[CutPath]:
    """A path that is whole at first."""
    path = CutPath(behind)
    await path.restore()
    try:
        yield path
    finally:
        await path.close()
