"""Files and folders as they are listed and copied, here and on machines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What something in a folder is."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"
    """A device, a socket, a named pipe: it has no content that could be copied."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One name in a folder. Names are bytes, as in the file systems: they may be no UTF-8 and hold any character.

    `mode` has the permission bits (as in chmod), `modified` is Unix time, None where it is not known. Of a symbolic
    link `leads_to` says what it comes to in the end, None where that is nothing; size and mode are those of the link.
    `accessed` is as `modified`.
    """

    name: bytes
    kind: FileKind
    size: int = 0
    mode: int = 0
    modified: float | None = None
    leads_to: FileKind | None = None
    accessed: float | None = None

    @property
    def is_folder(self) -> bool:
        """Whether one can go into it, by a link too."""
        return FileKind.FOLDER in (self.kind, self.leads_to)


@dataclass(frozen=True, slots=True)
class FileAttributes:
    """What is to be kept of a file or folder beside its content: permission bits, and times as Unix time.

    What is None stays as it is; the times are there both or not at all.
    """

    mode: int | None = None
    accessed: float | None = None
    modified: float | None = None


@dataclass(frozen=True, slots=True)
class CopyProgress:
    """How far copying has come: bytes and files of how many, the file that is copied now, bytes a second of late.

    `left` is the time to the end in seconds, None where it can't be told yet.
    """

    bytes_done: int = 0
    bytes_total: int = 0
    files_done: int = 0
    files_total: int = 0
    current: bytes = b""
    rate: float = 0.0
    left: float | None = None
