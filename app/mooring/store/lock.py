"""One writer at a time, among the windows of this program."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from mooring.store.paths import make_private_directory


@contextlib.contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Hold a lock on `folder`, which is made where it is missing; waits for whoever holds it. Raises OSError.

    The folder itself is locked (flock(2)), so that no lock file is left behind and a file in it may be replaced.
    """
    descriptor = os.open(make_private_directory(folder), os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
