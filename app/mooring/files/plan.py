"""What is to be copied where, found out before the first byte: the folders, the files, and what stands in the way."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from mooring.files.file_system import FileSystem
from mooring.files.paths import join, last_part, shown
from mooring.model.errors import FileError
from mooring.model.files import FileEntry, FileKind

_DEEPEST = 128
"""Folders in folders; no tree of a person's is deeper, but a server may invent one without end."""


@dataclass(frozen=True, slots=True)
class CopyItem:
    """One folder to be made or one file to be copied. `there` is what stands at the target now.

    `named` says that the target was named by a person, and may be a link: other names come from a listing.
    """

    source: bytes
    target: bytes
    entry: FileEntry
    there: FileEntry | None = None
    named: bool = False


@dataclass(slots=True)
class CopyPlan:
    """All items, folders before what is in them, and what can't be copied, with the reason."""

    folders: list[CopyItem] = field(default_factory=list)
    files: list[CopyItem] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(item.entry.size for item in self.files)

    @property
    def existing(self) -> list[CopyItem]:
        """The files that would be written over."""
        return [item for item in self.files if item.there is not None]


class Planner:
    """Walks over the sources. Links are followed, as `scp -r` follows them; one that leads back is left out."""

    def __init__(self, source: FileSystem, target: FileSystem, *, recursive: bool, follow_named: bool) -> None:
        self._source = source
        self._target = target
        self._recursive = recursive
        self._follow_named = follow_named
        self._plan = CopyPlan()

    async def plan(self, sources: list[bytes], target: bytes) -> CopyPlan:
        """Plan to copy sources into the folder `target`, or one of them to that name where there is no folder.

        Raises FileError where the target can't be any, ConnectionLostError; what is wrong with sources is in the plan.
        """
        there = await self._target.look(target)
        into = there is not None and there.kind is FileKind.FOLDER
        if not into and (len(sources) > 1 or target.endswith(b"/")):
            reason = "no such folder" if there is None else "not a folder"
            raise FileError(f"{self._target.name}{shown(target)}: {reason}")
        for source in sources:
            try:
                await self._take(source, target, there, into=into)
            except FileError as error:
                self._plan.problems.append(error.message)
        return self._plan

    async def _take(self, source: bytes, target: bytes, there: FileEntry | None, *, into: bool) -> None:
        entry = await self._source.look(source)
        if entry is None:
            self._problem(source, "no such file or directory")
            return
        if entry.kind is FileKind.FOLDER and not self._recursive:
            self._problem(source, "a folder, which is copied with -r")
            return
        if into and posixpath.basename(source) != b".":
            name = last_part(source) or last_part(await self._source.real_path(source))
            if not name:
                self._problem(source, "it has no name to be copied under")
                return
            target = join(target, name)
            there = await self._target.look(target, follow=self._follow_named)
        item = CopyItem(source, target, entry, there, named=self._follow_named)
        await self._walk(item, ())

    async def _walk(self, item: CopyItem, above: tuple[bytes, ...]) -> None:
        if item.there is not None and (reason := _in_the_way(item.entry, item.there)):
            self._plan.problems.append(f"{self._target.name}{shown(item.target)}: {reason}")
        elif item.entry.kind is FileKind.FILE:
            self._plan.files.append(item)
        elif item.entry.kind is not FileKind.FOLDER:
            self._problem(item.source, "not a regular file")
        elif len(above) >= _DEEPEST:
            self._problem(item.source, f"more than {_DEEPEST} folders deep")
        else:
            await self._walk_folder(item, above)

    async def _walk_folder(self, item: CopyItem, above: tuple[bytes, ...]) -> None:
        self._plan.folders.append(item)
        try:
            children = sorted(await self._source.list_folder(item.source), key=lambda child: child.name)
            there = {}
            if item.there is not None:
                there = {child.name: child for child in await self._target.list_folder(item.target)}
        except FileError as error:
            self._plan.problems.append(error.message)
            return
        real = None
        for child in children:
            source = join(item.source, child.name)
            entry: FileEntry | None = child
            if child.kind is FileKind.LINK:
                entry = await self._source.look(source)
                if entry is None:
                    self._problem(source, "a link that leads nowhere")
                    continue
                if entry.kind is FileKind.FOLDER:
                    real = real or await self._source.real_path(item.source)
                    leads_to = await self._source.real_path(source)
                    if (real + b"/").startswith(leads_to.rstrip(b"/") + b"/"):
                        self._problem(source, "a link that leads back to a folder which it is in")
                        continue
            assert entry is not None
            deeper = CopyItem(source, join(item.target, child.name), entry, there.get(child.name))
            await self._walk(deeper, (*above, item.source))

    def _problem(self, path: bytes, reason: str) -> None:
        self._plan.problems.append(f"{self._source.name}{shown(path)}: {reason}")


def _in_the_way(entry: FileEntry, there: FileEntry) -> str:
    """Why something can't take the place of what is there; "" where it can."""
    if there.kind is FileKind.LINK:
        return "a link of that name is there, which is not written through"
    if (entry.kind is FileKind.FOLDER) == (there.kind is FileKind.FOLDER):
        return "" if there.kind in (FileKind.FILE, FileKind.FOLDER) else "something of that name is there"
    return "a folder of that name is there" if there.kind is FileKind.FOLDER else "a file of that name is there"
