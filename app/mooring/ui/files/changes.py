"""Making, renaming and removing on the side that has the keys, each after what has to be asked."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from mooring.files.paths import join, shown
from mooring.model.errors import MooringError
from mooring.session import FileAccess
from mooring.ui.files.dialogs import RemoveDialog, TextDialog, name_problem
from mooring.ui.files.side import Side

if TYPE_CHECKING:
    from mooring.ui.files.files_tab import FilesTab


class Changes:
    """Acts on the active side of a tab."""

    def __init__(self, tab: FilesTab) -> None:
        self._tab = tab

    def ask_new_folder(self) -> None:
        """Ask for the name of a folder, and make it."""
        side = self._tab.active_side
        self._ask_name(
            "Name of the new folder",
            "",
            lambda access, path: access.make_folder(path, on_machine=side.on_machine),
        )

    def ask_rename(self) -> None:
        """Ask for another name of what is under the cursor."""
        side, entry = self._tab.active_side, self._tab.active_side.entry
        if side.path is None or entry is None:
            return
        before = join(side.path, entry.name)
        self._ask_name(
            "Another name",
            shown(entry.name),
            lambda access, path: access.rename(before, path, on_machine=side.on_machine),
        )

    def ask_remove(self) -> None:
        """Ask whether to remove what is chosen."""
        tab, side = self._tab, self._tab.active_side
        if chosen := side.chosen:

            def answered(meant: bool | None) -> None:
                if meant:
                    tab.run_worker(self._remove(side, chosen), name="remove files")

            tab.app.push_screen(RemoveDialog(chosen, side.owner, guard=side.on_machine and tab.machine.guard), answered)

    def _ask_name(self, title: str, text: str, act: Callable[[FileAccess, bytes], Awaitable[None]]) -> None:
        tab, side = self._tab, self._tab.active_side
        folder = side.path
        if folder is None:
            return

        def answered(name: str | None) -> None:
            if name is not None:
                tab.run_worker(self._change(side, join(folder, os.fsencode(name)), act), name="change files")

        dialog = TextDialog(f"{title}, {side.owner}", text, check=lambda typed: name_problem(typed, side.names()))
        tab.app.push_screen(dialog, answered)

    async def _change(self, side: Side, path: bytes, act: Callable[[FileAccess, bytes], Awaitable[None]]) -> None:
        if (access := self._tab.access) is None:
            return
        try:
            await act(access, path)
        except MooringError as error:
            self._tab.say_error(error)
            return
        if side.path is not None:
            self._tab.going.go(side, side.path, path.rpartition(b"/")[2])

    async def _remove(self, side: Side, paths: tuple[bytes, ...]) -> None:
        if (access := self._tab.access) is None:
            return
        try:
            done = await access.remove(paths, on_machine=side.on_machine)
        except MooringError as error:
            self._tab.say_error(error)
        else:
            if done.failed:
                more = f" and {done.failed - 1} more" if done.failed > 1 else ""
                self._tab.say(f"✕ not removed: {done.problems[0]}{more}", failed=True)
            else:
                self._tab.say(f"removed {len(paths)}", failed=False)
        self._tab.going.refresh(side)
