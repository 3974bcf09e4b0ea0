"""A recording's file: made for one person alone, never over another, and noticed when it is gone. Blocks."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from mooring.model.errors import RecordingError
from mooring.store.paths import make_private_directory

_LOOK_EVERY = 1.0
"""Seconds between two looks whether the file still has its name."""

_UNFIT = re.compile(r"[^A-Za-z0-9._@+-]+")
_LONGEST_NAME = 80
_MOST_ALIKE = 1000


class RecordingFile:
    """An open file. Everything here raises RecordingError where the file can't be made or written."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self.path = path
        self._descriptor = descriptor
        self._looked = time.monotonic()

    @classmethod
    def create(cls, folder: Path, machine: str, suffix: str, started: float) -> RecordingFile:
        """Make the file, with mode 0600, in a folder that is made where it is missing: MACHINE-DATE-TIME.cast."""
        stem = f"{_fit(machine)}-{time.strftime('%Y%m%d-%H%M%S', time.localtime(started))}"
        try:
            make_private_directory(folder)
            for number in range(1, _MOST_ALIKE):
                path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
                try:
                    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
                    return cls(os.open(path, flags, 0o600), path)
                except FileExistsError:
                    continue
        except OSError as error:
            raise _failure(folder, error) from error
        raise RecordingError(f"{folder}: there are {_MOST_ALIKE - 1} recordings of this second")

    def write(self, data: bytes) -> None:
        """Write all of it."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            if time.monotonic() - self._looked >= _LOOK_EVERY:
                self._look()
        except OSError as error:
            raise _failure(self.path, error) from error

    def close(self) -> None:
        """Close it."""
        try:
            os.close(self._descriptor)
        except OSError as error:
            raise _failure(self.path, error) from error

    def _look(self) -> None:
        """A file that was deleted, or whose folder was, would be written to for nobody."""
        self._looked = time.monotonic()
        if os.fstat(self._descriptor).st_nlink == 0:
            raise RecordingError(f"{self.path} was deleted")


def _fit(machine: str) -> str:
    """A machine's name as a part of a file's: one that begins with a dot would be hidden, with a dash an option."""
    return _UNFIT.sub("_", machine).lstrip(".-")[:_LONGEST_NAME] or "machine"


def _failure(path: Path, error: OSError) -> RecordingError:
    return RecordingError(f"{path}: {(error.strerror or str(error)).lower()}")
