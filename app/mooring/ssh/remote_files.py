"""The files of a machine as a side, over SFTP (draft-ietf-secsh-filexfer-02, which is what OpenSSH speaks)."""

from __future__ import annotations

import stat
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import asyncssh
from asyncssh.constants import FILEXFER_TYPE_DIRECTORY, FILEXFER_TYPE_REGULAR, FILEXFER_TYPE_SYMLINK

from mooring.files.file_system import PIECE
from mooring.files.local_files import kind_of
from mooring.files.paths import is_name, last_part, shown
from mooring.model.errors import ConnectionLostError, FileError, MooringError
from mooring.model.files import FileAttributes, FileEntry, FileKind
from mooring.ssh.failures import terminal_safe

T = TypeVar("T")

_ON_THE_WAY = 4 * 1024 * 1024
"""Bytes of a file on their way at once; on a round trip of 100 ms they allow 40 MB/s."""

_MOST_REQUESTS = 128
"""Pieces on their way at once; where a server takes small ones alone, there are many."""

_MOST_ENTRIES = 500_000
"""In one folder; a server may tell names without end."""

_LARGEST = 1 << 53
"""Bytes of a file: more than there are anywhere, and less than what numbers in messages hold in sum."""

_LATEST = (1 << 32) - 1
"""Unix time that the protocol can say."""

_LOST = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost, asyncssh.DisconnectError)
_TYPES = {
    FILEXFER_TYPE_REGULAR: FileKind.FILE,
    FILEXFER_TYPE_DIRECTORY: FileKind.FOLDER,
    FILEXFER_TYPE_SYMLINK: FileKind.LINK,
}
_WORDS: tuple[tuple[type[asyncssh.SFTPError], str], ...] = (
    (asyncssh.SFTPNoSuchFile, "no such file or directory"),
    (asyncssh.SFTPNoSuchPath, "no such file or directory"),
    (asyncssh.SFTPPermissionDenied, "permission denied"),
    (asyncssh.SFTPFileAlreadyExists, "file exists"),
    (asyncssh.SFTPOpUnsupported, "the server can't do that"),
)


class RemoteFiles:
    """A `FileSystem` on one SFTP session; `close` ends that."""

    def __init__(self, client: asyncssh.SFTPClient, machine: str, *, when_closed: Callable[[], None]) -> None:
        self.name = f"{machine}:"
        self._client = client
        self._machine = machine
        self._when_closed = when_closed
        self.piece = min(PIECE, client.limits.max_read_len, client.limits.max_write_len)

    async def real_path(self, path: bytes) -> bytes:
        """The absolute path."""
        return _bytes(await self._told(path, self._client.realpath(_from_home(path))))

    async def look(self, path: bytes, *, follow: bool = True) -> FileEntry | None:
        """What is there."""
        path = _from_home(path)
        try:
            attributes = await (self._client.stat(path) if follow else self._client.lstat(path))
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            return None
        except (asyncssh.Error, OSError) as error:
            raise self._error(path, error) from error
        return _entry(last_part(path), attributes)

    async def list_folder(self, path: bytes) -> list[FileEntry]:
        """What is in a folder; one request more for each link in it."""
        path = _from_home(path)
        entries: list[FileEntry] = []
        try:
            async for each in self._client.scandir(path):
                name = _bytes(each.filename)
                if not is_name(name):
                    continue
                if len(entries) >= _MOST_ENTRIES:
                    raise self.error(path, f"more than {_MOST_ENTRIES} entries")
                entries.append(_entry(name, each.attrs))
        except (asyncssh.Error, OSError) as error:
            raise self._error(path, error) from error
        return [await self._resolved(path, entry) if entry.kind is FileKind.LINK else entry for entry in entries]

    async def open_reader(self, path: bytes) -> RemoteFile:
        """Read a file."""
        path = _from_home(path)
        file = await self._told(path, self._client.open(path, asyncssh.FXF_READ, encoding=None, block_size=0))
        return RemoteFile(file, path, self)

    async def open_writer(
        self, path: bytes, mode: int, *, keep: bool = False, new: bool = False, follow: bool = True
    ) -> RemoteFile:
        """Write a file; the protocol has no word for links that are not to be followed, so one is looked for before."""
        path = _from_home(path)
        if not follow:
            await self._refuse_link(path)
        flags = asyncssh.FXF_WRITE | asyncssh.FXF_CREAT | (asyncssh.FXF_READ if keep else asyncssh.FXF_TRUNC)
        if new:
            flags |= asyncssh.FXF_EXCL
        attributes = asyncssh.SFTPAttrs(permissions=mode & 0o777)
        file = await self._told(path, self._client.open(path, flags, attributes, encoding=None, block_size=0))
        return RemoteFile(file, path, self)

    async def make_folder(self, path: bytes, mode: int = 0o777) -> None:
        """Make a folder."""
        await self._told(path, self._client.mkdir(path, asyncssh.SFTPAttrs(permissions=mode & 0o777)))

    async def set_folder_attributes(self, path: bytes, attributes: FileAttributes, *, follow: bool = True) -> None:
        """Give a folder permissions and times."""
        path = _from_home(path)
        if not follow:
            await self._refuse_link(path)
        await self._told(path, self._client.setstat(path, _sftp_attributes(attributes)))

    async def remove_file(self, path: bytes) -> None:
        """Take a file or a link away."""
        await self._told(path, self._client.remove(path))

    async def remove_folder(self, path: bytes) -> None:
        """Take an empty folder away."""
        await self._told(path, self._client.rmdir(path))

    async def rename(self, before: bytes, after: bytes) -> None:
        """Give another name. The protocol's own way, unlike OpenSSH's, fails where there is something already."""
        if await self.look(after, follow=False) is not None:
            raise self.error(after, "file exists")
        await self._told(before, self._client.rename(before, after))

    async def close(self) -> None:
        """End the session."""
        try:
            self._client.exit()
            await self._client.wait_closed()
        finally:
            self._when_closed()

    def error(self, path: bytes, reason: str) -> FileError:
        """What is wrong with a path, with the machine's name before it."""
        return FileError(f"{self.name}{shown(path)}: {reason}")

    async def _refuse_link(self, path: bytes) -> None:
        there = await self.look(path, follow=False)
        if there is not None and there.kind is FileKind.LINK:
            raise self.error(path, "a link, which is not written through")

    async def _resolved(self, folder: bytes, link: FileEntry) -> FileEntry:
        """A link with what it leads to; where that can't be seen, to nothing."""
        try:
            attributes = await self._client.stat(folder + b"/" + link.name)
        except asyncssh.SFTPError:
            return link
        leads_to = _entry(link.name, attributes).kind
        return replace(link, leads_to=leads_to)

    async def _told(self, path: bytes, answer: Awaitable[T]) -> T:
        try:
            return await answer
        except (asyncssh.Error, OSError) as error:
            raise self._error(path, error) from error

    def _error(self, path: bytes, error: Exception) -> MooringError:
        if isinstance(error, _LOST) or not isinstance(error, asyncssh.Error):
            return ConnectionLostError(f"Connection to {self._machine} closed by remote host.")
        known = next((words for kind, words in _WORDS if isinstance(error, kind)), None)
        # What the server says may be in any words; OpenSSH says "Failure" to a full disk as to anything else.
        return self.error(path, known or terminal_safe(getattr(error, "reason", "")).lower() or "failure")


class RemoteFile:
    """An open file, as a `FileReader` and a `FileWriter`.

    A piece is one request: asyncssh would make several of it, in tasks that it leaves alone where one fails.
    """

    def __init__(self, file: asyncssh.SFTPClientFile, path: bytes, files: RemoteFiles) -> None:
        self._file = file
        self._path = path
        self._files = files
        self.piece = files.piece
        self.window = min(_ON_THE_WAY // self.piece, _MOST_REQUESTS)

    async def read(self, count: int, offset: int) -> bytes:
        """Read from a place on; a server may give less than it was asked for."""
        parts: list[bytes] = []
        missing = count
        while missing > 0:
            wanted = min(missing, self.piece)
            part = _bytes(await self._files._told(self._path, self._file.read(wanted, offset + count - missing)))
            if not part:
                break
            parts.append(part[:wanted])
            missing -= len(parts[-1])
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def write(self, data: bytes, offset: int) -> None:
        """Write at a place."""
        await self._files._told(self._path, self._file.write(data, offset))

    async def truncate(self, size: int) -> None:
        """Cut it off."""
        await self._files._told(self._path, self._file.truncate(size))

    async def set_attributes(self, attributes: FileAttributes) -> None:
        """Give it permissions and times."""
        await self._files._told(self._path, self._file.setstat(_sftp_attributes(attributes)))

    async def close(self) -> None:
        """Close it."""
        await self._files._told(self._path, self._file.close())


def _entry(name: bytes, attributes: asyncssh.SFTPAttrs) -> FileEntry:
    mode = attributes.permissions
    # By the type where the server tells no permissions.
    kind = kind_of(mode) if mode is not None and stat.S_IFMT(mode) else _TYPES.get(attributes.type, FileKind.OTHER)
    modified = None if attributes.mtime is None else float(attributes.mtime)
    accessed = None if attributes.atime is None else float(attributes.atime)
    size = min(attributes.size or 0, _LARGEST)
    return FileEntry(name, kind, size, stat.S_IMODE(mode or 0), modified, accessed=accessed)


def _sftp_attributes(attributes: FileAttributes) -> asyncssh.SFTPAttrs:
    """As the protocol has them: whole seconds without a sign, in 32 bits."""
    mode, times = attributes.mode, (attributes.accessed, attributes.modified)
    accessed, modified = (None if each is None else min(max(int(each), 0), _LATEST) for each in times)
    return asyncssh.SFTPAttrs(permissions=None if mode is None else mode & 0o777, atime=accessed, mtime=modified)


def _from_home(path: bytes) -> bytes:
    """A path as the server takes it: what is not absolute begins in the home folder anyway."""
    if path in (b"", b"~"):
        return b"."
    return path[2:].lstrip(b"/") or b"." if path.startswith(b"~/") else path


def _bytes(path: bytes | str) -> bytes:
    return path if isinstance(path, bytes) else path.encode("utf-8", "surrogateescape")
