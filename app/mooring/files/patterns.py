"""What a pattern of the shell means on a side, found by listing the folders that it goes through."""

from __future__ import annotations

import fnmatch
import posixpath
import re

from mooring.files.file_system import FileSystem
from mooring.model.errors import FileError

_MAGIC = re.compile(rb"[*?\[]")


def is_pattern(path: bytes) -> bool:
    """Whether there is something in it that could mean several names."""
    return _MAGIC.search(path) is not None


async def matches(files: FileSystem, pattern: bytes) -> list[bytes]:
    """The paths that a pattern means, in order; none where it means nothing. Names with a dot before want one."""
    first = b"/" if pattern.startswith(b"/") else b""
    found = [first]
    parts = [part for part in pattern.split(b"/") if part]
    for part in parts:
        if not is_pattern(part):
            found = [posixpath.join(folder, part) for folder in found]
        else:
            found = [path for folder in found for path in await _matches_in(files, folder, part)]
    return [path for path in found if await files.look(path, follow=False) is not None]


async def _matches_in(files: FileSystem, folder: bytes, part: bytes) -> list[bytes]:
    try:
        names = sorted(entry.name for entry in await files.list_folder(folder))
    except FileError:
        return []
    fitting = [name for name in names if part.startswith(b".") or not name.startswith(b".")]
    return [posixpath.join(folder, name) for name in fitting if fnmatch.fnmatchcase(name, part)]
