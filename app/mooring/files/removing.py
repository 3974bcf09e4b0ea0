"""Taking files away, and folders with all that is in them; links are taken away themselves, never followed."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.files.file_system import FileSystem
from mooring.files.paths import join, shown
from mooring.model.errors import FileError
from mooring.model.files import FileEntry, FileKind


async def remove_all(files: FileSystem, paths: Sequence[bytes]) -> list[str]:
    """Remove, and return what could not be removed, with the reason. Raises ConnectionLostError."""
    problems: list[str] = []
    for path in paths:
        try:
            entry = await files.look(path, follow=False)
        except FileError as error:
            problems.append(error.message)
            continue
        if entry is None:
            problems.append(f"{files.name}{shown(path)}: no such file or directory")
        else:
            await _remove(files, path, entry, problems)
    return problems


async def _remove(files: FileSystem, path: bytes, entry: FileEntry, problems: list[str]) -> None:
    try:
        if entry.kind is not FileKind.FOLDER:
            await files.remove_file(path)
            return
        before = len(problems)
        for child in await files.list_folder(path):
            await _remove(files, join(path, child.name), child, problems)
        if len(problems) == before:
            await files.remove_folder(path)
    except FileError as error:
        problems.append(error.message)
