"""Reading settings.toml: whatever is wrong in it is said with its line, and the rest is used."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store.read import read_text_file
from mooring.store.settings.source_setting import usable_sources
from mooring.store.settings.values import Settings
from mooring.store.toml import KeyPath, key_lines, parse_toml

LIMIT = 1024 * 1024
"""How large the file may be, in bytes."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings to use, and what was wrong with the file; a wrong entry leaves its default in place.

    `lines` has the lines that keys stand on, for whoever finds a value wrong that is right by its type. `is_usable` is
    off where the file as a whole can't be read, and the defaults stand in for all of it.
    """

    settings: Settings
    problems: tuple[ConfigError, ...] = ()
    path: str = ""
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    is_usable: bool = True

    def origin_of(self, *key: str) -> Origin:
        """The place of a key, from the names of its tables on."""
        return Origin(self.path, self.lines.get(key))


def load_settings(path: Path) -> LoadedSettings:
    """Read settings.toml. No file means the defaults; nothing is ever written."""
    try:
        text = read_text_file(path, limit=LIMIT)
    except FileNotFoundError:
        return LoadedSettings(Settings(), path=str(path))
    except ConfigError as error:
        return LoadedSettings(Settings(), (error,), str(path), is_usable=False)
    try:
        values = parse_toml(text, str(path))
    except ConfigError as error:
        return LoadedSettings(Settings(), (error,), str(path), is_usable=False)
    reader = _Reader(str(path), key_lines(text))
    for key, value in values.items():
        reader.take(key, value)
    settings = msgspec.convert(reader.good, type=Settings)
    return LoadedSettings(settings, tuple(reader.problems), str(path), reader.lines)


class _Reader:
    """Takes the entries of the file one by one, the good ones apart from what is wrong with the others."""

    def __init__(self, path: str, lines: Mapping[KeyPath, int]) -> None:
        self._path = path
        self._types = {field.name: field.type for field in msgspec.structs.fields(Settings)}
        self.lines = lines
        self.good: dict[str, object] = {}
        self.problems: list[ConfigError] = []

    def take(self, key: str, value: object) -> None:
        """Take one entry of the document."""
        if key not in self._types:
            self._unknown(key)
        elif key == "source" and isinstance(value, list):
            self.good[key], wrong = usable_sources(value, self._path, self.lines)
            self.problems += wrong
        elif key == "keys" and isinstance(value, dict):
            self.good[key] = self._usable_keys(value)
        else:
            try:
                msgspec.convert(value, type=self._types[key])
            except msgspec.ValidationError as error:
                self._wrong(key, str(error))
            else:
                self.good[key] = value

    def _usable_keys(self, areas: Mapping[str, object]) -> dict[str, dict[str, str]]:
        """The tables of keys without what is no text; whether areas and actions exist is for the screens to say."""
        good: dict[str, dict[str, str]] = {}
        for area, table in areas.items():
            if not isinstance(table, dict):
                self._say(f"`{area}` in [keys] is no table", ("keys", area), "keys stand in tables such as [keys.list]")
                continue
            good[area] = {action: keys for action, keys in table.items() if isinstance(keys, str)}
            for action in table.keys() - good[area].keys():
                hint = f'write it as a text: {action} = "h", several keys with commas'
                self._say(f"`{action}` in [keys.{area}] is no text", ("keys", area, action), hint)
        return good

    def _wrong(self, key: str, reason: str) -> None:
        # Loaded where something is wrong alone: programs that start hundreds of times a day need no documentation.
        from mooring.store.settings.options import option_named

        said = f"setting `{key}`: {reason[:1].lower()}{reason[1:]}"
        self._say(said, (key,), f"it takes {option_named(key).takes}; the default is used")

    def _unknown(self, key: str) -> None:
        nearest = difflib.get_close_matches(key, self._types, n=1)
        known = f"the settings are {', '.join(self._types)}"
        self._say(f"there is no setting `{key}`", (key,), f"did you mean `{nearest[0]}`?" if nearest else known)

    def _say(self, message: str, key: KeyPath, hint: str) -> None:
        self.problems.append(ConfigError(message, Origin(self._path, self.lines.get(key)), hint=hint))
