"""The settings as they hold now, and who is told when they change."""

from __future__ import annotations

from collections.abc import Callable

from mooring.model.errors import MooringError
from mooring.store import LoadedSettings, Settings
from mooring.ui.keys import Keymap, keymap_of
from mooring.ui.themes import theme_problems

Follow = Callable[[frozenset[str]], None]
"""Told of a change: the names of the options that are others now; none where only what is wrong is another."""


class SettingsInForce:
    """What holds: `now`. Whoever acts by a setting reads it here at that moment, or follows.

    `keymap` is the same object for as long as the program runs, and `problems` are what is wrong with settings.toml.
    """

    def __init__(self, settings: Settings, keymap: Keymap, problems: tuple[MooringError, ...] = ()) -> None:
        self.now = settings
        self.keymap = keymap
        self.problems = problems
        self._followers: list[Follow] = []

    def follow(self, changed: Follow) -> None:
        """Have `changed` called from now on, once for each change, when all of it holds."""
        self._followers.append(changed)

    def take(self, loaded: LoadedSettings) -> frozenset[str]:
        """Let what the file says now hold, and return the names of the options that changed by that.

        A file that can't be read as a whole, while somebody is in the middle of a line say, changes nothing: what held
        goes on holding, and what is wrong is in `problems`.
        """
        before, problems_before = self.now, self.problems
        if loaded.is_usable:
            keymap, key_problems = keymap_of(loaded.settings, loaded.origin_of)
            about_theme = theme_problems(loaded.settings, loaded.origin_of)
            self.problems = (*loaded.problems, *key_problems, *about_theme)
            self.now = loaded.settings
            self.keymap.become(keymap)
        else:
            self.problems = loaded.problems
        changed = changed_options(before, self.now)
        if changed or list(map(str, problems_before)) != list(map(str, self.problems)):
            for follow in self._followers:
                follow(changed)
        return changed


def changed_options(before: Settings, after: Settings) -> frozenset[str]:
    """The names of the options that differ."""
    names = Settings.__struct_fields__
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))
