"""The settings at work: changed in the dialog or in the file, they hold at once; what is wrong in it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from mooring.inventory.looks import FileState
from mooring.inventory.watcher import SourceWatcher
from mooring.ui.actions import Actions
from mooring.ui.notice import Notice, Say
from mooring.ui.problems import problem_lines
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.keys.keys_desk import KeysDesk
from mooring.ui.settings.settings_file import SettingsFile

if TYPE_CHECKING:
    from mooring.ui.settings.settings_dialog import SettingsDialog


class SettingsDesk:
    """Acts on one settings.toml; what is wrong with it goes to `say`, the dialog goes over `screen`.

    `looks` is how the file looked when `settings` were read from it; with None it is not watched.
    """

    def __init__(
        self,
        screen: Screen[Any],
        file: SettingsFile,
        settings: SettingsInForce,
        keys: KeysDesk,
        say: Say,
        *,
        looks: Mapping[str, FileState] | None = None,
    ) -> None:
        self._screen = screen
        self._file = file
        self._settings = settings
        self._keys = keys
        self._say = say
        self._looks = looks
        self._watcher = SourceWatcher(self._file_changed)
        self._dialog: SettingsDialog | None = None
        settings.follow(self._settings_changed)

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("settings", self._open)

    def start(self) -> None:
        """Look for changes of the file from now on."""
        if self._looks is not None:
            self._watcher.watch({"settings": self._looks})
            self._watcher.start()

    def close(self) -> None:
        """Look no more."""
        self._watcher.close()

    # The file.

    def _file_changed(self, _names: frozenset[str]) -> None:
        """In the watcher's thread."""
        self._screen.call_later(self._read_again)

    def _read_again(self) -> None:
        self._screen.run_worker(self._take_what_others_wrote(), group="settings file", name="read the settings")

    async def _take_what_others_wrote(self) -> None:
        before = tuple(map(str, self._settings.problems))
        changed = await self._file.read()
        problems = self._settings.problems
        if problems and tuple(map(str, problems)) != before:
            self._say(Notice(" ".join(problem_lines(problems[0])), is_warning=True))
        elif changed:
            self._say(Notice(f"{self._file.path.name} has changed: {told(changed)}"))

    # The dialog.

    def _open(self) -> None:
        self._screen.run_worker(self._show(), group="settings", name="settings", exclusive=True)

    async def _show(self) -> None:
        # Loaded where it is wanted: not every run changes a setting.
        from mooring.ui.settings.settings_dialog import SettingsDialog

        themes = sorted(self._screen.app.available_themes)
        self._dialog = SettingsDialog(self._settings, self._file, self._keys, themes=themes)
        await self._screen.app.push_screen_wait(self._dialog)
        self._dialog = None

    def _settings_changed(self, _changed: frozenset[str]) -> None:
        if self._dialog is not None and self._dialog.is_mounted:
            self._dialog.follow_settings()


def told(changed: frozenset[str]) -> str:
    """The options that changed, with what those wait for that do not hold at once."""
    from mooring.store.settings.options import option_named

    words = (f"{name} ({holds})" if (holds := option_named(name).holds) else name for name in sorted(changed))
    return ", ".join(words)
