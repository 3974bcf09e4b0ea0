"""What a source looked at on disk, so that somebody can tell later whether it has to be read again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

FileState = tuple[int, int, int, int] | None
"""Device, inode, size in bytes and time of the last change of content (ns); None for what is not there."""


class Looks:
    """Notes each file and folder *before* it is read: what changes meanwhile then counts as changed since."""

    def __init__(self) -> None:
        self._states: dict[str, FileState] = {}

    def note(self, path: str | Path) -> None:
        """Remember how `path` looks now; the first look counts. Of a folder, its names coming and going change it."""
        text = str(path)
        if text not in self._states:
            self._states[text] = file_state(text)

    @property
    def states(self) -> Mapping[str, FileState]:
        """What was noted so far, by path."""
        return self._states


def file_state(path: str) -> FileState:
    """How a file or folder looks from outside; links are followed."""
    try:
        status = os.stat(path)  # noqa: PTH116 (a Path for each of ten thousand files would cost more than the call)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
