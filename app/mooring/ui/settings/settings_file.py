"""The file behind the settings in force: read anew when it may have changed, and written to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mooring.inventory.looks import FileState, file_state
from mooring.model.errors import ConfigError
from mooring.store import LoadedSettings, load_settings
from mooring.ui.keys.giving import Change
from mooring.ui.problems import problem_lines, shorten_home
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.values import Value

if TYPE_CHECKING:
    from mooring.store.settings.editor import SettingsEditor


class SettingsFile:
    """Reads and writes in threads. What is written holds when the method returns.

    `look` is how the file looked when `settings` were read from it.
    """

    def __init__(self, path: Path, settings: SettingsInForce, look: FileState) -> None:
        self.path = path
        self._settings = settings
        self._look = look

    @property
    def spoken(self) -> str:
        """The path as people write it."""
        return shorten_home(str(self.path))

    async def read(self) -> frozenset[str]:
        """Let what the file says hold, if it has changed since, and return the options that changed by that."""
        loaded = await asyncio.to_thread(self._read_changed)
        return frozenset() if loaded is None else self._settings.take(loaded)

    async def set(self, name: str, value: Value) -> str:
        """Set an option, its default with None; what kept it from being written comes back, "" for nothing."""
        return await self._write(lambda editor: editor.set(name, value))

    async def set_keys(self, change: Change) -> str:
        """Give actions other keys; what kept them from being written comes back, "" for nothing."""
        seen = self._settings.now.keys
        return await self._write(lambda editor: editor.set_keys(change, seen=seen))

    def _read_changed(self) -> LoadedSettings | None:
        before, self._look = self._look, file_state(str(self.path))
        return None if self._look == before else load_settings(self.path)

    async def _write(self, write: Callable[[SettingsEditor], None]) -> str:
        # What writes TOML takes its time to load, and not every run changes a setting.
        from mooring.store.settings.editor import SettingsEditor

        problem = ""
        try:
            await asyncio.to_thread(lambda: write(SettingsEditor(self.path)))
        except ConfigError as error:
            problem = " ".join(problem_lines(error))
        except OSError as error:
            problem = f"{self.spoken} can't be written: {error.strerror}"
        await self.read()
        return problem
