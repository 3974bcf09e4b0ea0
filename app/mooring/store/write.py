"""Write files so that a reader sees the old content or the new, never half of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from mooring.store.paths import make_private_directory


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace the file at `path` by `data`, or create it.

    A new file gets mode 0600 in a directory of mode 0700; an existing one keeps its mode. A symbolic link is followed,
    so that settings kept in a dotfiles repository stay there. Without `durable` a power cut may bring the old content
    back, or an empty file, and nobody waits for the disk. Raises OSError; the old file is then untouched.
    """
    destination = path.resolve()
    make_private_directory(destination.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{destination.name}.", dir=destination.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(descriptor, destination.stat().st_mode & 0o777)
            file.write(data)
            if durable:
                file.flush()
                os.fsync(descriptor)
        Path(name).replace(destination)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if durable:
        _sync_directory(destination.parent)


def set_aside(path: Path) -> None:
    """Keep a file that nobody can read under another name, before a new one takes its place; see what was in it later.

    Raises OSError. What is no file (a folder, a link that leads nowhere) stays where it is, and so does no file.
    """
    if path.is_file():
        path.replace(path.with_name(f"{path.name}.broken"))


def _sync_directory(directory: Path) -> None:
    """Make the new name survive a power cut too."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
