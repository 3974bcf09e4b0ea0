"""Changes to Mooring's two files about machines, made off the loop, said when done, and taken back in their order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from mooring.inventory.annotations import NAME as ANNOTATIONS
from mooring.inventory.annotations import TABLE as ANNOTATIONS_TABLE
from mooring.inventory.own.source import NAME as OWN
from mooring.inventory.own.source import TABLE as OWN_TABLE
from mooring.model.errors import MooringError, UsageError
from mooring.store.entry_editor import EntryEditor

_MOST_UNDONE = 50


class Changes:
    """The files, and in which order they were changed. Raises what `EntryEditor` raises; OSError as MooringError."""

    def __init__(self, machines_file: Path, annotations_file: Path) -> None:
        self.machines = EntryEditor(machines_file, OWN_TABLE)
        self.annotations = EntryEditor(annotations_file, ANNOTATIONS_TABLE)
        self._sources = {self.machines: OWN, self.annotations: ANNOTATIONS}
        self._files = {self.machines: machines_file, self.annotations: annotations_file}
        self._done: list[tuple[EntryEditor, str]] = []

    async def make(self, editor: EntryEditor, change: Callable[[], None], words: str) -> str:
        """Have `change` change the file of `editor`; `words` say what it was. Returns the source to be read again."""
        before = editor.changes_made
        await self._run(editor, change)
        if editor.changes_made > before:
            self._done = [*self._done[-_MOST_UNDONE:], (editor, words)]
        return self._sources[editor]

    async def undo(self) -> tuple[str, str]:
        """Take the last change back, and return its words and the source to be read again.

        Raises UsageError where there is none.
        """
        if not self._done:
            raise UsageError("there is no change to take back")
        editor, words = self._done.pop()
        await self._run(editor, editor.undo)
        return words, self._sources[editor]

    async def _run(self, editor: EntryEditor, work: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(work)
        except OSError as error:
            raise MooringError(f"{self._files[editor]} could not be written: {error.strerror or error}") from error
