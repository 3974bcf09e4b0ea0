"""A session of files: SFTP on a machine's connection, and this machine beside it, for a panel of the UI."""

from __future__ import annotations

from typing import assert_never

from mooring.engine.filing.listing import part_of
from mooring.engine.protocol import SessionNotice, SessionOpened
from mooring.engine.protocol.files import (
    CopyFiles,
    CopyTold,
    CopyWouldReplace,
    Existing,
    FilesDone,
    FilesRequest,
    FolderListed,
    ListFolder,
    MakeFolder,
    OpenFiles,
    RemoveFiles,
    RenameFile,
)
from mooring.engine.protocol.requests import Reply
from mooring.engine.session import EngineSession, Surroundings
from mooring.files import Copier, CopyChoices, FileSystem, LocalFiles
from mooring.files.removing import remove_all
from mooring.model.connection import Step
from mooring.model.errors import ConnectionLostError, EngineError
from mooring.model.files import CopyProgress, FileEntry
from mooring.model.prompts import Notice
from mooring.model.terminal import ExitResult, TerminalSize

_MOST_TOLD = 20
"""Problems and names that are told; somebody who reads more looks into the folder."""


class FileSession(EngineSession):
    """Lives as long as the UI shows files; what it is asked for is answered by `answer`."""

    def __init__(self, request: OpenFiles, surroundings: Surroundings) -> None:
        super().__init__(request.session, surroundings)
        self._request = request
        self._here = LocalFiles()
        self._there: FileSystem | None = None
        self._listed: tuple[bool, bytes, list[FileEntry]] | None = None

    async def answer(self, request: FilesRequest) -> Reply:
        """Do what is asked for. Raises FileError, ConnectionLostError, and EngineError where there is no SFTP."""
        match request:
            case ListFolder():
                return await self._list(request)
            case MakeFolder(on_machine=on_machine, path=path):
                await self._side(on_machine=on_machine).make_folder(path)
                return FilesDone(request.request)
            case RenameFile(on_machine=on_machine, before=before, after=after):
                await self._side(on_machine=on_machine).rename(before, after)
                return FilesDone(request.request)
            case RemoveFiles(on_machine=on_machine, paths=paths):
                problems = await remove_all(self._side(on_machine=on_machine), paths)
                return _done(request.request, problems)
            case CopyFiles():
                return await self._copy(request)
            case _:
                assert_never(request)

    # A files session has no terminal.

    def grant(self, count: int) -> None:
        """There is no output."""

    def type(self, data: bytes) -> None:
        """Nobody reads it."""

    def close_input(self) -> None:
        """There is none."""

    def resize(self, size: TerminalSize, after: int) -> None:
        """There is no terminal."""

    async def _live(self) -> ExitResult:
        request = self._request
        async with self._pool.lease(request.target, self._prompter, progress=self._progress) as connection:
            self._progress(Step.STARTING, request.target.host)
            files = await connection.open_files(request.name)
            try:
                self._there = files
                self._link.send_message(SessionOpened(self.number, connection.facts))
                await connection.wait_closed()
                raise ConnectionLostError(f"Connection to {connection.facts.address} closed by remote host.")
            finally:
                self._there = None
                await files.close()

    def _side(self, *, on_machine: bool) -> FileSystem:
        if not on_machine:
            return self._here
        if self._there is None:
            raise EngineError("there is no connection to the machine's files")
        return self._there

    async def _list(self, request: ListFolder) -> FolderListed:
        """List anew, unless this goes on with the list that was made last."""
        side = self._side(on_machine=request.on_machine)
        path = await side.real_path(request.path)
        known = self._listed
        if request.start and known is not None and known[:2] == (request.on_machine, path):
            entries = known[2]
        else:
            entries = await side.list_folder(path)
        part = part_of(entries, request.start)
        is_last = request.start + len(part) >= len(entries)
        self._listed = None if is_last else (request.on_machine, path, entries)
        return FolderListed(request.request, path, part, len(entries))

    async def _copy(self, request: CopyFiles) -> Reply:
        source, target = self._side(on_machine=not request.to_machine), self._side(on_machine=request.to_machine)
        choices = CopyChoices(
            recursive=True,
            resume=request.existing is Existing.RESUME,
            keep_existing=request.existing is Existing.KEEP,
            exclusive=request.existing in (Existing.ASK, Existing.KEEP),
            follow_named=False,
            keep_times=True,
        )
        copier = Copier(source, target, choices)
        plan = await copier.plan(list(request.sources), request.folder.rstrip(b"/") + b"/")
        existing = plan.existing
        if existing and request.existing is Existing.ASK:
            return CopyWouldReplace(
                request.request, tuple(item.target for item in existing[:_MOST_TOLD]), len(existing)
            )
        return _done(request.request, await copier.copy(plan, self._copied))

    def _copied(self, progress: CopyProgress) -> None:
        self._link.send_message(CopyTold(self.number, progress))

    def _notice(self, notice: Notice) -> None:
        self._link.send_message(SessionNotice(self.number, notice.hop, notice.text))


def _done(request: int, problems: list[str]) -> FilesDone:
    return FilesDone(request, tuple(problem[:1000] for problem in problems[:_MOST_TOLD]), len(problems))
