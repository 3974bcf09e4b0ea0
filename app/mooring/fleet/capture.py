"""What machines write, kept within bounds: first in memory, then on disk, then counted only.

A flood of one machine costs its own limit and no more; the digest goes over every byte all the same, so that two floods
can be told to be equal.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mooring.store.paths import make_private_directory

KIBI = 1024
MEBI = 1024 * KIBI


@dataclass(frozen=True, slots=True)
class CaptureLimits:
    """Bytes: of one stream in memory, of one stream at all, of a whole run in memory, and of a whole run on disk."""

    stream_memory: int = 64 * KIBI
    stream: int = 32 * MEBI
    memory: int = 32 * MEBI
    disk: int = 1024 * MEBI


@dataclass(frozen=True, slots=True)
class Capture:
    """What one stream of one machine wrote. `size` counts every byte, `kept` those that can be read again.

    The kept bytes are the first ones; they are `data`, or in `path`. `digest` is over all of them (hexadecimal).
    """

    size: int = 0
    kept: int = 0
    digest: str = ""
    data: bytes = field(default=b"", repr=False)
    path: Path | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every byte was kept."""
        return self.kept == self.size

    def read(self, limit: int | None = None) -> bytes:
        """The kept bytes, or the first `limit` of them. Blocks where they lie on disk; raises OSError."""
        if self.path is None:
            return self.data if limit is None else self.data[:limit]
        with self.path.open("rb") as file:
            return file.read(self.kept if limit is None else min(limit, self.kept))

    def chunks(self, size: int = MEBI) -> Iterator[bytes]:
        """The kept bytes, piece by piece. Blocks as `read` does."""
        if self.path is None:
            if self.data:
                yield self.data
            return
        with self.path.open("rb") as file:
            while chunk := file.read(size):
                yield chunk


NOTHING = Capture(digest=hashlib.blake2b(digest_size=16).hexdigest())
"""A stream that wrote nothing."""


class CaptureStore:
    """Makes the captures of one run, which share its bounds. `folder` gets mode 0700 when the first file goes there."""

    def __init__(self, folder: Path, limits: CaptureLimits | None = None) -> None:
        self.folder = folder
        self.limits = limits or CaptureLimits()
        self._memory = 0
        self._disk = 0
        self._files = 0

    def open(self) -> CaptureWriter:
        """A writer for one more stream."""
        return CaptureWriter(self)

    def take_memory(self, count: int) -> bool:
        """Whether so many more bytes may be held in memory; they are booked then."""
        if self._memory + count > self.limits.memory:
            return False
        self._memory += count
        return True

    def release_memory(self, count: int) -> None:
        """Give memory back."""
        self._memory -= count

    def take_disk(self, wanted: int) -> int:
        """How many of `wanted` bytes may go to disk; they are booked."""
        granted = max(min(wanted, self.limits.disk - self._disk), 0)
        self._disk += granted
        return granted

    def new_file(self) -> tuple[Path, int]:
        """Make a file with mode 0600; its path, and a descriptor to write to."""
        make_private_directory(self.folder)
        self._files += 1
        path = self.folder / f"stream-{self._files}"
        return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)


class CaptureWriter:
    """Takes one stream as it comes. A disk that takes no more ends the keeping, not the run."""

    def __init__(self, store: CaptureStore) -> None:
        self._store = store
        self._digest = hashlib.blake2b(digest_size=16)
        self._size = 0
        self._kept = 0
        self._chunks: list[bytes] = []
        self._in_memory = 0
        self._path: Path | None = None
        self._descriptor = -1
        self._full = False

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self._size += len(data)
        self._digest.update(data)
        if self._full:
            return
        limits = self._store.limits
        if self._descriptor < 0:
            fits = self._in_memory + len(data) <= limits.stream_memory
            if fits and self._store.take_memory(len(data)):
                self._chunks.append(data)
                self._in_memory += len(data)
                self._kept += len(data)
                return
            self._spill()
        if not self._full:
            self._append(data)

    def finish(self) -> Capture:
        """The stream is over."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        return Capture(self._size, self._kept, self._digest.hexdigest(), b"".join(self._chunks), self._path)

    def _spill(self) -> None:
        """Move what is in memory to a file."""
        held = b"".join(self._chunks)
        try:
            self._path, self._descriptor = self._store.new_file()
        except OSError:
            self._full = True
            return
        self._chunks = []
        self._store.release_memory(self._in_memory)
        self._in_memory = self._kept = 0
        self._append(held)

    def _append(self, data: bytes) -> None:
        wanted = min(len(data), self._store.limits.stream - self._kept)
        granted = self._store.take_disk(wanted)
        self._full = granted < len(data)
        view = memoryview(data)[:granted]
        try:
            while view:
                written = os.write(self._descriptor, view)
                self._kept += written
                view = view[written:]
        except OSError:
            self._full = True
