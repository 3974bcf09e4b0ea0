"""Copying from the side that has the keys into the folder of the other, one copy at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker

from mooring.files.paths import last_part, shown
from mooring.model.amounts import size_text
from mooring.model.errors import ConnectionLostError, MooringError
from mooring.model.files import CopyProgress
from mooring.session import FileAccess
from mooring.session.file_access import CopyWouldReplace, Existing, FilesDone
from mooring.ui.files.dialogs import ExistingDialog
from mooring.ui.files.side import Side
from mooring.ui.files.transfer_line import TransferLine, percent_of
from mooring.ui.problems import problem_lines

if TYPE_CHECKING:
    from mooring.ui.files.files_tab import FilesTab

GO_ON = "copying the same again goes on from there"


class Copying:
    """Acts on a tab, and tells in its line how far it is."""

    def __init__(self, tab: FilesTab, line: TransferLine) -> None:
        self._tab = tab
        self._line = line
        self._worker: Worker[None] | None = None
        self._progress: CopyProgress | None = None
        self._arrow = ""

    @property
    def is_running(self) -> bool:
        """Whether something is being copied, or is about to be."""
        return self._worker is not None and not self._worker.is_finished

    @property
    def brief(self) -> str:
        """Few words for the tab; "" while nothing is copied."""
        if not self.is_running:
            return ""
        return f"{self._arrow} {percent_of(self._progress)} %" if self._progress is not None else self._arrow

    def begin(self) -> None:
        """Copy what is chosen on the active side."""
        tab, source, target = self._tab, self._tab.active_side, self._tab.other_side
        if self.is_running:
            tab.say("one copy at a time: this one goes on, or is stopped first", failed=True)
            return
        access, folder, chosen = tab.access, target.path, source.chosen
        if access is None or not access.is_open or folder is None or not chosen:
            return
        self._progress = None
        self._arrow = "↑" if target.on_machine else "↓"
        tab.say(f"{self._arrow} looking at what there is to copy …", failed=False)
        self._worker = tab.run_worker(
            self._copy(access, chosen, folder, source, target), group="copy", name="copy files"
        )

    def stop(self) -> None:
        """Stop it; what was copied so far stays."""
        if self._worker is not None and self.is_running:
            self._worker.cancel()
            self._tab.say(f"stopped{self._how_far()}; {GO_ON}", failed=True)
            self._tab.set_timer(0.3, self._refresh)

    def show(self, progress: CopyProgress) -> None:
        """Show how far it is."""
        if self.is_running:
            before, self._progress = self._progress, progress
            self._line.show_progress(progress, self._arrow)
            if before is None or percent_of(before) != percent_of(progress):
                self._tab.tell()

    async def _copy(
        self, access: FileAccess, chosen: tuple[bytes, ...], folder: bytes, source: Side, target: Side
    ) -> None:
        existing = Existing.ASK
        try:
            while True:
                answer = await access.copy(chosen, folder, to_machine=target.on_machine, existing=existing)
                if isinstance(answer, FilesDone):
                    break
                wanted = await self._ask(answer)
                if wanted is None:
                    self._tab.say("nothing was copied", failed=False)
                    return
                existing = wanted
        except MooringError as error:
            lost = f"; {GO_ON}" if isinstance(error, ConnectionLostError) else ""
            self._tab.say(f"✕ {problem_lines(error)[0]}{self._how_far()}{lost}", failed=True)
        else:
            self._say_end(answer, chosen)
            source.list.set_marks(())
        self._tab.going.refresh(target)
        self._tab.news()

    async def _ask(self, answer: CopyWouldReplace) -> Existing | None:
        return await self._tab.app.push_screen_wait(ExistingDialog(answer.paths, answer.count))

    def _say_end(self, done: FilesDone, chosen: tuple[bytes, ...]) -> None:
        if done.failed:
            more = f" and {done.failed - 1} more" if done.failed > 1 else ""
            self._tab.say(f"✕ not copied: {done.problems[0]}{more}", failed=True)
            return
        progress = self._progress
        what = shown(last_part(chosen[0])) if len(chosen) == 1 else f"{len(chosen)} entries"
        files = f", {progress.files_total} files" if progress is not None and progress.files_total > 1 else ""
        size = f", {size_text(progress.bytes_total)}" if progress is not None else ""
        self._tab.say(f"{self._arrow} ✓ copied {what}{files}{size}", failed=False)

    def _how_far(self) -> str:
        return f" at {percent_of(self._progress)} %" if self._progress is not None else ""

    def _refresh(self) -> None:
        self._tab.going.refresh(self._tab.here)
        self._tab.going.refresh(self._tab.there)
