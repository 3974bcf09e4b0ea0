"""The files of this machine as a side. Everything blocks, so everything is done in threads."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable
from typing import TypeVar

from mooring.files.file_system import PIECE
from mooring.files.paths import last_part, shown
from mooring.model.errors import FileError
from mooring.model.files import FileAttributes, FileEntry, FileKind

T = TypeVar("T")


class LocalFiles:
    """A `FileSystem`."""

    name = ""

    async def real_path(self, path: bytes) -> bytes:
        """The absolute path, without links and dots; a leading `~` is the home folder."""
        return await _in_thread(path, lambda: os.path.realpath(os.path.expanduser(path) or b"."))

    async def look(self, path: bytes, *, follow: bool = True) -> FileEntry | None:
        """What is there."""

        def look() -> FileEntry | None:
            try:
                return entry_of(last_part(path), os.stat(path or b".", follow_symlinks=follow))
            except (FileNotFoundError, NotADirectoryError):
                return None

        return await _in_thread(path, look)

    async def list_folder(self, path: bytes) -> list[FileEntry]:
        """What is in a folder."""

        def listed() -> list[FileEntry]:
            with os.scandir(path or b".") as found:
                return [_listed(each) for each in found]

        return await _in_thread(path, listed)

    async def open_reader(self, path: bytes) -> LocalFile:
        """Read a file; one that is none (a device, a pipe) is refused rather than waited for."""

        def opened() -> LocalFile:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.close(descriptor)
                raise FileError(f"{shown(path)}: not a regular file")
            return LocalFile(descriptor, path, window=2)

        return await _in_thread(path, opened)

    async def open_writer(
        self, path: bytes, mode: int, *, keep: bool = False, new: bool = False, follow: bool = True
    ) -> LocalFile:
        """Write a file."""

        def opened() -> LocalFile:
            flags = os.O_RDWR if keep else os.O_WRONLY | os.O_TRUNC
            flags |= (
                os.O_CREAT | (os.O_EXCL if new else 0) | os.O_CLOEXEC | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
            )
            # Written one piece after the other: what is there after an interruption has no holes.
            return LocalFile(os.open(path, flags, mode & 0o777), path, window=1)

        return await _in_thread(path, opened)

    async def make_folder(self, path: bytes, mode: int = 0o777) -> None:
        """Make a folder."""
        await _in_thread(path, lambda: os.mkdir(path, mode & 0o777))

    async def set_folder_attributes(self, path: bytes, attributes: FileAttributes, *, follow: bool = True) -> None:
        """Give a folder permissions and times."""

        def set_them() -> None:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
            descriptor = os.open(path, flags)
            try:
                _set_attributes(descriptor, attributes)
            finally:
                os.close(descriptor)

        await _in_thread(path, set_them)

    async def remove_file(self, path: bytes) -> None:
        """Take a file or a link away."""
        await _in_thread(path, lambda: os.unlink(path))

    async def remove_folder(self, path: bytes) -> None:
        """Take an empty folder away."""
        await _in_thread(path, lambda: os.rmdir(path))

    async def rename(self, before: bytes, after: bytes) -> None:
        """Give another name."""

        def rename() -> None:
            if os.path.lexists(after):
                raise FileError(f"{shown(after)}: file exists")
            os.rename(before, after)

        await _in_thread(before, rename)


class LocalFile:
    """An open file, as a `FileReader` and a `FileWriter`."""

    def __init__(self, descriptor: int, path: bytes, *, window: int) -> None:
        self.piece = PIECE
        self.window = window
        self._descriptor = descriptor
        self._path = path

    async def read(self, count: int, offset: int) -> bytes:
        """Read from a place on."""
        return await _in_thread(self._path, lambda: os.pread(self._descriptor, count, offset))

    async def write(self, data: bytes, offset: int) -> None:
        """Write at a place."""

        def write() -> None:
            rest, place = memoryview(data), offset
            while rest:
                count = os.pwrite(self._descriptor, rest, place)
                rest, place = rest[count:], place + count

        await _in_thread(self._path, write)

    async def truncate(self, size: int) -> None:
        """Cut it off."""
        await _in_thread(self._path, lambda: os.ftruncate(self._descriptor, size))

    async def set_attributes(self, attributes: FileAttributes) -> None:
        """Give it permissions and times."""
        await _in_thread(self._path, lambda: _set_attributes(self._descriptor, attributes))

    async def close(self) -> None:
        """Close it."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            await _in_thread(self._path, lambda: os.close(descriptor))


def entry_of(name: bytes, status: os.stat_result, leads_to: FileKind | None = None) -> FileEntry:
    """What the status of something tells."""
    mode, size = status.st_mode, status.st_size
    return FileEntry(name, kind_of(mode), size, stat.S_IMODE(mode), status.st_mtime, leads_to, status.st_atime)


def kind_of(mode: int) -> FileKind:
    """The kind that the bits of a mode tell."""
    match stat.S_IFMT(mode):
        case stat.S_IFREG:
            return FileKind.FILE
        case stat.S_IFDIR:
            return FileKind.FOLDER
        case stat.S_IFLNK:
            return FileKind.LINK
        case _:
            return FileKind.OTHER


def _set_attributes(descriptor: int, attributes: FileAttributes) -> None:
    if attributes.mode is not None:
        os.fchmod(descriptor, attributes.mode & 0o777)
    if attributes.accessed is not None and attributes.modified is not None:
        os.utime(descriptor, (attributes.accessed, attributes.modified))


def _listed(found: os.DirEntry[bytes]) -> FileEntry:
    leads_to = None
    if found.is_symlink():
        try:
            leads_to = kind_of(found.stat().st_mode)
        except OSError:
            leads_to = None
    return entry_of(found.name, found.stat(follow_symlinks=False), leads_to)


async def _in_thread(path: bytes, act: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(act)
    except OSError as error:
        raise FileError(f"{shown(path)}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:
        raise FileError(f"{shown(path)}: no path: it holds a zero byte") from error
