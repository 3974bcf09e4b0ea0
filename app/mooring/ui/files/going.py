"""Going about on the sides of a tab of files: into folders and out of them, and to a path that is typed."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import Worker

from mooring.files.paths import shown
from mooring.model.errors import MooringError
from mooring.ui.files.dialogs import TextDialog
from mooring.ui.files.side import Side

if TYPE_CHECKING:
    from mooring.ui.files.files_tab import FilesTab


class Going:
    """Acts on a tab."""

    def __init__(self, tab: FilesTab) -> None:
        self._tab = tab

    def open_under_cursor(self) -> None:
        """Go into the folder under the cursor."""
        side = self._tab.active_side
        if (goal := side.goal) is not None:
            self.go(side, *goal)

    def go_up(self) -> None:
        """Go to the folder above."""
        side = self._tab.active_side
        if (above := side.above) is not None:
            self.go(side, *above)

    def refresh(self, side: Side) -> None:
        """Read a side anew where it is."""
        if side.path is not None:
            self.go(side, side.path)

    def go(self, side: Side, path: bytes, cursor: bytes | None = None) -> None:
        """Show another folder on a side, once it is read; what was to be shown before is not waited for."""
        tab = self._tab
        if side.on_machine and (tab.access is None or not tab.access.is_open):
            return
        if not tab.is_attached:
            return
        # Not begun at once: one that is not wanted any more before its turn would be a coroutine that nobody awaits.
        read: Callable[[], Coroutine[None, None, None]] = partial(self._read, side, path, cursor)
        _reading: Worker[None] = tab.run_worker(read, group=f"read {side.owner}", exclusive=True, name="read a folder")

    def ask_where(self) -> None:
        """Ask for a path to go to."""
        side = self._tab.active_side

        def answered(text: str | None) -> None:
            if text is not None:
                home = os.fsencode(Path.home()) if not side.on_machine else b""
                path = os.fsencode(text)
                self.go(side, home + path[1:] if path.startswith(b"~") and home else path)

        self._tab.app.push_screen(TextDialog(f"Go to, {side.owner}", shown(side.path or b"")), answered)

    async def _read(self, side: Side, path: bytes, cursor: bytes | None) -> None:
        access = self._tab.access
        if access is None:
            return
        if side.path is None:
            side.show_note("reading …")
        try:
            folder = await access.list_folder(path, on_machine=side.on_machine)
        except MooringError as error:
            self._tab.say_error(error)
            if side.path is None:
                side.show_note(error.message)
            return
        await side.show(folder, cursor=cursor)
