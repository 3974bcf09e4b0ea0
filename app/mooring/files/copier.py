"""Copying between two sides: many files, big ones and small ones, interrupted and gone on with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from mooring.files.file_system import FileSystem
from mooring.files.meter import CopyMeter
from mooring.files.plan import CopyItem, CopyPlan, Planner
from mooring.files.pump import pump
from mooring.model.errors import FileError
from mooring.model.files import CopyProgress, FileKind

_AT_ONCE = 4
"""Files that are copied at once: small ones wait for round trips, not for bytes."""

_COMPARED = 1024 * 1024
"""Bytes at the end of a file broken off that have to be those of the source, before the rest is put behind them."""


@dataclass(frozen=True, slots=True)
class CopyChoices:
    """What a person wants.

    `resume` goes on with files whose beginning is there, and leaves those out that are there whole. `keep_existing`
    leaves out every file that is there, and `exclusive` fails for one that came there after the plan was made. Without
    `follow_named`, links are not written through at the top either.
    """

    recursive: bool = False
    resume: bool = False
    keep_existing: bool = False
    exclusive: bool = False
    follow_named: bool = True


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
        files = await self._without_lost_folders(plan, problems)
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
        meter.finish()
        return problems

    async def _without_lost_folders(self, plan: CopyPlan, problems: list[str]) -> list[CopyItem]:
        """Make the folders; return the files that have one to go to."""
        lost: list[bytes] = []
        for item in plan.folders:
            if item.there is not None:
                continue
            if item.target.startswith(tuple(lost)):
                continue
            try:
                # As scp: what is in it has to be written, whatever its permissions are.
                await self._target.make_folder(item.target, item.entry.mode | 0o700)
            except FileError as error:
                problems.append(error.message)
                lost.append(item.target + b"/")
        return [item for item in plan.files if not item.target.startswith(tuple(lost))] if lost else plan.files

    async def _copy_file(self, item: CopyItem, meter: CopyMeter) -> None:
        size = item.entry.size
        meter.began(item.source)
        if self._choices.keep_existing and item.there is not None:
            meter.skipped(size)
            return
        start = await self._common_start(item) if self._choices.resume else 0
        meter.skipped(start)
        if start and start == size:
            return
        new = self._choices.exclusive and item.there is None
        reader = await self._source.open_reader(item.source)
        try:
            writer = await self._target.open_writer(
                item.target, item.entry.mode, keep=start > 0, new=new, follow=item.named
            )
            try:
                end = await pump(reader, writer, start, size, meter.copied)
            finally:
                await writer.close()
        finally:
            await reader.close()
        # The meter was told another size, where the file has changed meanwhile.
        meter.skipped(size - end)

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
