"""A host that is far away: a TCP relay on loopback that delivers everything late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def distant(port: int, round_trip: float) -> AsyncIterator[int]:
    """Relay a loopback port to `port`, each direction `round_trip` / 2 seconds late; yield the relay's port."""
    tasks: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.create_task(_relay(source, sink, round_trip / 2))
            tasks.add(task)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _relay(source: asyncio.StreamReader, sink: asyncio.StreamWriter, delay: float) -> None:
    """Pass chunks on, each `delay` seconds after it came, at any rate."""
    loop = asyncio.get_running_loop()
    try:
        while chunk := await source.read(65536):
            loop.call_later(delay, sink.write, chunk)
    finally:
        loop.call_later(delay, sink.close)
