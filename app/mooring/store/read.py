"""Read a text file that a person or another program wrote, without trusting what lies at that path."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin


def read_text_file(path: Path, *, limit: int) -> str:
    """Return the text of a regular UTF-8 file of at most `limit` bytes.

    Raises ConfigError that says what is wrong, FileNotFoundError where there is nothing at `path`.
    """
    origin = Origin(str(path))
    try:
        file = io.FileIO(path, "rb", opener=_open_without_waiting)
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror}", origin) from error
    with file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise ConfigError("is not a regular file", origin)
        try:
            data = io.BufferedReader(file).read(limit + 1)
        except OSError as error:
            raise ConfigError(f"can't be read: {error.strerror}", origin) from error
    if len(data) > limit:
        raise ConfigError(f"is larger than {limit} bytes", origin)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("is not UTF-8 text", Origin(str(path), line)) from error


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file; a FIFO at its place must not hang the program until somebody writes."""
    return os.open(path, flags | os.O_NONBLOCK)
