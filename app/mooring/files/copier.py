"""Copying between two sides: many files, big ones and small ones, interrupted and gone on with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from mooring.files.file_system import FileSystem
from mooring.files.meter import CopyMeter
from mooring.files.plan import CopyItem, CopyPlan, Planner
from mooring.files.pump import pump
from mooring.model.errors import FileError
from mooring.model.files import CopyProgress, FileAttributes, FileEntry, FileKind

_AT_ONCE = 4
"""Files that are copied at once: small ones wait for round trips, not for bytes."""

_COMPARED = 1024 * 1024
"""Bytes at the end of a file broken off that have to be those of the source, before the rest is put behind them."""


@dataclass(frozen=True, slots=True)
class CopyChoices:
    """What a person wants.

    `resume` goes on with files whose beginning is there, and leaves those out that are there whole. `keep_existing`
    leaves out every file that is there, and `exclusive` fails for one that came there after the plan was made. Without
    `follow_named`, links are not written through at the top either. `keep_times` and `keep_modes` give what was copied
    the times and the permissions of its source.
    """

    recursive: bool = False
    resume: bool = False
    keep_existing: bool = False
    exclusive: bool = False
    follow_named: bool = True
    keep_times: bool = False
    keep_modes: bool = False


class Copier:
    """Copies from one side to another, which may be the same. Cancelling leaves what was copied so far."""

    def __init__(self, source: FileSystem, target: FileSystem, choices: CopyChoices) -> None:
        self._source = source
        self._target = target
        self._choices = choices

    async def plan(self, sources: list[bytes], target: bytes) -> CopyPlan:
        """Find out what there is to do. See `Planner.plan`."""
        choices = self._choices
        planner = Planner(self._source, self._target, recursive=choices.recursive, follow_named=choices.follow_named)
        return await planner.plan(sources, target)

    async def copy(self, plan: CopyPlan, progress: Callable[[CopyProgress], None]) -> list[str]:
        """Do it, and return what could not be copied, with the reason. Raises ConnectionLostError."""
        problems = list(plan.problems)
        meter = CopyMeter(plan.size, len(plan.files), progress)
        folders, files = await self._make_folders(plan, problems)
        waiting = iter(files)

        async def work() -> None:
            for item in waiting:
                try:
                    await self._copy_file(item, meter)
                except FileError as error:
                    problems.append(error.message)
                meter.ended()

        workers = [asyncio.create_task(work(), name="copy files") for _ in range(min(_AT_ONCE, len(files)))]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        await self._dress_folders(folders, problems)
        meter.finish()
        return problems

    async def _make_folders(self, plan: CopyPlan, problems: list[str]) -> tuple[list[CopyItem], list[CopyItem]]:
        """Make the folders; return those that are there, and the files that have one to go to."""
        lost: list[bytes] = []
        made: list[CopyItem] = []
        for item in plan.folders:
            if item.there is not None:
                made.append(item)
                continue
            if item.target.startswith(tuple(lost)):
                continue
            try:
                # As scp: what is in it has to be written, whatever its permissions are.
                await self._target.make_folder(item.target, item.entry.mode | 0o700)
            except FileError as error:
                problems.append(error.message)
                lost.append(item.target + b"/")
            else:
                made.append(item)
        if not lost:
            return made, plan.files
        return made, [item for item in plan.files if not item.target.startswith(tuple(lost))]

    async def _copy_file(self, item: CopyItem, meter: CopyMeter) -> None:
        size = item.entry.size
        meter.began(item.source)
        if self._choices.keep_existing and item.there is not None:
            meter.skipped(size)
            return
        start = await self._common_start(item) if self._choices.resume else 0
        meter.skipped(start)
        kept = self._kept(item.entry)
        if start and start == size and kept is None:
            return
        new = self._choices.exclusive and item.there is None
        reader = await self._source.open_reader(item.source)
        try:
            writer = await self._target.open_writer(
                item.target, item.entry.mode, keep=start > 0, new=new, follow=item.named
            )
            try:
                end = size if start and start == size else await pump(reader, writer, start, size, meter.copied)
                if kept is not None:
                    await _keep(item, writer.set_attributes(kept))
            finally:
                await writer.close()
        finally:
            await reader.close()
        # The meter was told another size, where the file has changed meanwhile.
        meter.skipped(size - end)

    async def _dress_folders(self, folders: list[CopyItem], problems: list[str]) -> None:
        """Give the folders their times, the deepest first: what is written into one changes them."""
        for item in reversed(folders):
            if (kept := self._kept(item.entry)) is not None:
                try:
                    await _keep(item, self._target.set_folder_attributes(item.target, kept, follow=item.named))
                except FileError as error:
                    problems.append(error.message)

    def _kept(self, entry: FileEntry) -> FileAttributes | None:
        """What is to be kept of a source, None for nothing."""
        choices = self._choices
        if not (choices.keep_times or choices.keep_modes):
            return None
        accessed = modified = None
        if choices.keep_times and entry.modified is not None:
            accessed, modified = entry.accessed or entry.modified, entry.modified
        return FileAttributes(entry.mode if choices.keep_modes else None, accessed, modified)

    async def _common_start(self, item: CopyItem) -> int:
        """How much of the source stands at the target already: the end of what is there is compared."""
        there = await self._target.look(item.target, follow=item.named)
        if there is None or there.kind is not FileKind.FILE or not 0 < there.size <= item.entry.size:
            return 0
        start = max(0, there.size - _COMPARED)
        ends = []
        for side, path in ((self._source, item.source), (self._target, item.target)):
            reader = await side.open_reader(path)
            try:
                ends.append(await reader.read(there.size - start, start))
            finally:
                await reader.close()
        return there.size if ends[0] == ends[1] else 0


async def _keep(item: CopyItem, setting: Awaitable[None]) -> None:
    """Say what is wrong where the content was copied and the rest could not be."""
    try:
        await setting
    except FileError as error:
        what = "its times are not kept" if item.entry.kind is FileKind.FOLDER else "copied, but its times are not kept"
        raise FileError(f"{error.message} ({what})") from error
