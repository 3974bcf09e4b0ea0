"""The content of one file from one side to another: pieces in order, several of them on their way."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from mooring.files.file_system import FileReader, FileWriter

T = TypeVar("T")


async def pump(reader: FileReader, writer: FileWriter, start: int, size: int, copied: Callable[[int], None]) -> int:
    """Copy from the place `start` to the end, and return where that was.

    `size` is how long the file is thought to be; one of /proc says 0 and is read to its end all the same. Pieces are
    written in order, so that what is there after an interruption is a beginning.
    """
    piece = min(reader.piece, writer.piece)
    reads: deque[tuple[int, asyncio.Task[bytes]]] = deque()
    writes: deque[tuple[int, asyncio.Task[None]]] = deque()
    asked = written = start
    try:
        while True:
            while len(reads) < reader.window and (asked < size or not reads):
                # No more than there is: else a server is asked once more for the end of each file.
                wanted = min(piece, size - asked) if asked < size else piece
                reads.append((wanted, _task(reader.read(wanted, asked))))
                asked += wanted
                if asked >= size:
                    break
            wanted, read = reads.popleft()
            data = await read
            if data:
                writes.append((len(data), _task(writer.write(data, written))))
                written += len(data)
            ended = len(data) < wanted or (written >= size > 0)
            while writes and (ended or len(writes) >= writer.window):
                count, write = writes.popleft()
                await write
                copied(count)
            if ended:
                return written
    finally:
        rest = [task for _count, task in (*reads, *writes)]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


def _task(act: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    return asyncio.create_task(act, name="a piece of a file")
