"""Files on two sides: here, and on the machine of a files session. Paths are bytes.

What a request is about is named by `on_machine`: the side over SFTP, else this machine.
"""

from __future__ import annotations

from enum import StrEnum

from mooring.engine.protocol.message import Message
from mooring.engine.protocol.requests import Reply, Request
from mooring.model.files import CopyProgress, FileEntry
from mooring.model.machine import Target


class Existing(StrEnum):
    """What is done with files that are there already at the target of a copy."""

    ASK = "ask"
    """Nothing is copied, and the answer says which they are."""
    REPLACE = "replace"
    KEEP = "keep"
    RESUME = "resume"
    """What broke off goes on, what is whole is left out, and what is something else is replaced."""


# Towards the engine.


class OpenFiles(Message, frozen=True):
    """Start SFTP on the machine's connection; answered as OpenSession is. `name` stands before its paths."""

    session: int
    target: Target
    name: str


class FileRequest(Request, frozen=True):
    """Something about the files of a files session."""

    session: int


class ListFolder(FileRequest, frozen=True):
    """What is in a folder; answered by FolderListed. `start` goes on with a long list."""

    on_machine: bool
    path: bytes
    start: int = 0


class MakeFolder(FileRequest, frozen=True):
    """Make a folder; answered by FilesDone."""

    on_machine: bool
    path: bytes


class RenameFile(FileRequest, frozen=True):
    """Give another name; answered by FilesDone."""

    on_machine: bool
    before: bytes
    after: bytes


class RemoveFiles(FileRequest, frozen=True):
    """Take files away, and folders with all that is in them; answered by FilesDone."""

    on_machine: bool
    paths: tuple[bytes, ...]


class CopyFiles(FileRequest, frozen=True):
    """Copy from one side into a folder of the other; CopyTold tells how far it is, and FilesDone answers.

    `to_machine` says which way. With Existing.ASK, CopyWouldReplace is the answer where something is there already.
    """

    to_machine: bool
    sources: tuple[bytes, ...]
    folder: bytes
    existing: Existing = Existing.ASK


FilesRequest = ListFolder | MakeFolder | RenameFile | RemoveFiles | CopyFiles

# Towards the user interface.


class FolderListed(Reply, frozen=True):
    """A part of a folder's list, by its absolute path; `total` is how many entries the whole has."""

    path: bytes
    entries: tuple[FileEntry, ...]
    total: int


class FilesDone(Reply, frozen=True):
    """It is done, but for what the first of `problems` say; `failed` is how many there are."""

    problems: tuple[str, ...] = ()
    failed: int = 0


class CopyWouldReplace(Reply, frozen=True):
    """The first of the files that are there already, by their paths at the target, and how many there are."""

    paths: tuple[bytes, ...]
    count: int


class CopyTold(Message, frozen=True):
    """How far the copying of a files session has come."""

    session: int
    progress: CopyProgress
