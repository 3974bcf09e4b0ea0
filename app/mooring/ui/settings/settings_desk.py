"""The settings at work: what is in the file is shown, changes are written to it, and a theme is put on at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from mooring.model.errors import ConfigError
from mooring.store import LoadedSettings, load_settings
from mooring.ui.actions import Actions
from mooring.ui.handover.ssh_actions import Notice
from mooring.ui.keys import keymap_of
from mooring.ui.problems import problem_lines, shorten_home
from mooring.ui.settings.values import Value

if TYPE_CHECKING:
    from mooring.store.settings.options import Option


class SettingsDesk:
    """Acts on one settings.toml; what is wrong with it goes to `say`, the dialog goes over `screen`."""

    def __init__(self, screen: Screen[Any], file: Path, say: Callable[[Notice], None]) -> None:
        self._screen = screen
        self._file = file
        self._say = say

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("settings", self._open)

    def _open(self) -> None:
        self._screen.run_worker(self._show(), group="settings", name="settings", exclusive=True)

    async def _show(self) -> None:
        loaded = await asyncio.to_thread(load_settings, self._file)
        if loaded.problems:
            self._say(Notice(" ".join(problem_lines(loaded.problems[0])), is_warning=True))
        settings = loaded.settings
        values = {name: value for name in settings.__struct_fields__ if _is_value(value := getattr(settings, name))}
        # Loaded where it is wanted, as what writes TOML: both take their time, and not every run changes a setting.
        from mooring.ui.settings.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            values,
            self._change,
            path=shorten_home(str(self._file)),
            themes=sorted(self._screen.app.available_themes),
            keys=tuple(_about_keys(loaded)),
        )
        await self._screen.app.push_screen_wait(dialog)

    async def _change(self, option: Option, value: Value) -> str:
        from mooring.store.settings.editor import SettingsEditor

        try:
            await asyncio.to_thread(SettingsEditor(self._file).set, option.name, value)
        except ConfigError as error:
            return " ".join(problem_lines(error))
        except OSError as error:
            return f"{shorten_home(str(self._file))} can't be written: {error.strerror}"
        if option.name == "theme":
            app = self._screen.app
            wanted = str(option.default if value is None else value)
            app.theme = wanted if wanted in app.available_themes else app.theme
        return ""


def _is_value(value: object) -> bool:
    return value is None or isinstance(value, str | int)


def _about_keys(loaded: LoadedSettings) -> Iterator[str]:
    """The keys that the person changed, and what is in conflict among them."""
    for area, own in loaded.settings.keys.items():
        changed = ", ".join(f"{action} = {keys or 'no key'}" for action, keys in own.items())
        yield f"[keys.{area}]  {changed}"
    _keymap, problems = keymap_of(loaded.settings, loaded.origin_of)
    for problem in problems:
        yield f"! {' '.join(problem_lines(problem))}"
