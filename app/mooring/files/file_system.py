"""What a side is to whoever lists and copies: the same for this machine and, over SFTP, for others.

Paths are bytes with `/` between their parts; one that is not absolute begins in the home folder of the side (here: in
the current folder). All methods raise FileError, and ConnectionLostError where the machine is gone.
"""

from __future__ import annotations

from typing import Protocol

from mooring.model.files import FileAttributes, FileEntry

PIECE = 256 * 1024
"""Bytes that are asked for at once, at most."""


class FileReader(Protocol):
    """A file that is open for reading. Of pieces of at most `piece` bytes, `window` may be asked for at once."""

    piece: int
    window: int

    async def read(self, count: int, offset: int) -> bytes:
        """Up to `count` bytes from a place on; fewer at the end alone."""
        ...

    async def close(self) -> None:
        """Close it."""
        ...


class FileWriter(Protocol):
    """A file that is open for writing. Of pieces of at most `piece` bytes, `window` may be on their way at once."""

    piece: int
    window: int

    async def read(self, count: int, offset: int) -> bytes:
        """What is there already, to compare it."""
        ...

    async def write(self, data: bytes, offset: int) -> None:
        """Write all of it."""
        ...

    async def truncate(self, size: int) -> None:
        """Cut it off."""
        ...

    async def set_attributes(self, attributes: FileAttributes) -> None:
        """Give it permissions and times, once all of it is written."""
        ...

    async def close(self) -> None:
        """Close it; what can't be written after all is said now."""
        ...


class FileSystem(Protocol):
    """One side. `name` is put before its paths in messages: "web-1:", or nothing."""

    name: str

    async def real_path(self, path: bytes) -> bytes:
        """The absolute path, without links and dots."""
        ...

    async def look(self, path: bytes, *, follow: bool = True) -> FileEntry | None:
        """What is there, the name being the path's last part; None for nothing. A link is followed, or not."""
        ...

    async def list_folder(self, path: bytes) -> list[FileEntry]:
        """What is in a folder, without `.` and `..`, in no order. Names that can't be such are left out."""
        ...

    async def open_reader(self, path: bytes) -> FileReader:
        """Read a file."""
        ...

    async def open_writer(
        self, path: bytes, mode: int, *, keep: bool = False, new: bool = False, follow: bool = True
    ) -> FileWriter:
        """Write a file: a new one with the permissions `mode` (the umask is taken off), or one that is there.

        That is emptied first unless it is to be kept; with `new` it must not be there. Without `follow` one that is a
        link is not written through.
        """
        ...

    async def make_folder(self, path: bytes, mode: int = 0o777) -> None:
        """Make a folder."""
        ...

    async def set_folder_attributes(self, path: bytes, attributes: FileAttributes, *, follow: bool = True) -> None:
        """Give a folder permissions and times, once all is in it; without `follow` not one that a link leads to."""
        ...

    async def remove_file(self, path: bytes) -> None:
        """Take a file or a link away."""
        ...

    async def remove_folder(self, path: bytes) -> None:
        """Take an empty folder away."""
        ...

    async def rename(self, before: bytes, after: bytes) -> None:
        """Give another name or place; fails where there is something already."""
        ...
