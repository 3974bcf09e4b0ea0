"""Opening a recording, whatever kind it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mooring.model.errors import RecordingError
from mooring.playback.recording import LONGEST_LINE, Recording


def open_recording(path: Path) -> Recording:
    """Look at a file and say what reads it: an asciicast v2 or a text. Raises RecordingError."""
    # Here, since both need what is below.
    from mooring.playback.asciicast import Asciicast
    from mooring.playback.text_log import TextLog

    with reading(path) as file:
        first = file.readline(LONGEST_LINE)
    return Asciicast.from_header(path, first) if first.lstrip().startswith(b"{") else TextLog(path)


@contextmanager
def reading(path: Path, offset: int = 0) -> Iterator[BinaryIO]:
    """A regular file from a place on; what goes wrong with it is a RecordingError."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise RecordingError(f"{path}: is not a regular file")
            file.seek(offset)
            yield file
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror or error}") from error
