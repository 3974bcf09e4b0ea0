"""Changing single options in settings.toml, with everything else in it left as it is."""

from __future__ import annotations

import re
from pathlib import Path

import tomlkit

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store.lock import locked_folder
from mooring.store.read import read_text_file
from mooring.store.settings.documentation import settings_template
from mooring.store.settings.options import as_toml
from mooring.store.settings.reading import LIMIT
from mooring.store.toml import parse_toml
from mooring.store.write import write_atomically

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


class SettingsEditor:
    """Writes to one settings.toml, atomically, one program at a time. Every method blocks, and may raise OSError."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def create(self) -> bool:
        """Write the file with every option documented; False where something is there already, which stays."""
        with locked_folder(self._file.parent):
            # A link that leads nowhere is somebody's too.
            if self._file.exists() or self._file.is_symlink():
                return False
            write_atomically(self._file, settings_template().encode())
            return True

    def set(self, name: str, value: str | int | None) -> None:
        """Set an option, or take it out with None, so that its default holds. Comments stay.

        Where the option stands commented out, as in a file by `create`, the line is put in force in its place. Raises
        ConfigError where the file can't be read, is no TOML, or would not say what was meant; it is untouched then.
        """
        with locked_folder(self._file.parent):
            try:
                before = read_text_file(self._file, limit=LIMIT)
            except FileNotFoundError:
                before = ""
            values = parse_toml(before, str(self._file))
            after = _changed(before, values, name, value)
            wanted = {key: each for key, each in values.items() if key != name}
            if value is not None:
                wanted[name] = value
            # What is written has to be read back as it was meant, whatever a library made of it.
            if parse_toml(after, str(self._file)) != wanted:
                raise ConfigError("can't be changed without changing more", Origin(str(self._file)))
            if after != before:
                write_atomically(self._file, after.encode())


def _changed(text: str, values: dict[str, object], name: str, value: str | int | None) -> str:
    if value is not None and name not in values:
        table = _TABLE.search(text)
        above = len(text) if table is None else table.start()
        assignment = f"{name} = {as_toml(value)}"
        commented = re.compile(rf"^# ?{re.escape(name)}[ \t]*=.*$", re.MULTILINE).search(text, 0, above)
        if commented is not None:
            return f"{text[: commented.start()]}{assignment}{text[commented.end() :]}"
    document = tomlkit.parse(text)
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value
    return tomlkit.dumps(document)
