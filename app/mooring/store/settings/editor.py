"""Changing single options and keys in settings.toml, with everything else in it left as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store.lock import locked_folder
from mooring.store.read import read_text_file
from mooring.store.settings.documentation import settings_template
from mooring.store.settings.lines import Changes, Values, changed_text, wanted_values, without_empty_tables
from mooring.store.settings.reading import LIMIT
from mooring.store.toml import parse_toml
from mooring.store.write import write_atomically

KeyChanges = Mapping[tuple[str, str], str | None]
"""Keys by area and action, None to take the entry out; an area of "" is the option of that name."""


class SettingsEditor:
    """Writes to one settings.toml, atomically, one program at a time. Every method blocks, and may raise OSError.

    ConfigError is raised where the file can't be read, is no TOML, or would not say what was meant; it is untouched
    then.
    """

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

        Where the option stands commented out, as in a file by `create`, the line is put in force in its place.
        """
        self._edit({(name,): value})

    def set_keys(self, changes: KeyChanges, *, seen: Mapping[str, Mapping[str, str]]) -> None:
        """Give actions other keys.

        `seen` is what the person saw of `[keys]`. Where somebody has changed one of these entries since, ConfigError
        says so; what they changed elsewhere stays changed.
        """

        def check(values: Values) -> None:
            keys = values.get("keys")
            for area, action in changes:
                table = keys.get(area) if isinstance(keys, dict) else None
                theirs = table.get(action) if isinstance(table, dict) else None
                # What is no text is a mistake that the person has been told of, and may well mend so.
                if isinstance(theirs, str) and theirs not in (seen.get(area, {}).get(action), changes[area, action]):
                    said = f"`{action}` in [keys.{area}] was changed by somebody else meanwhile; nothing was written"
                    raise ConfigError(said, Origin(str(self._file)))

        ways: dict[tuple[str, ...], str | None]
        ways = {("keys", area, name) if area else (name,): keys for (area, name), keys in changes.items()}
        self._edit(ways, check)

    def _edit(self, changes: Changes, check: Callable[[Values], None] | None = None) -> None:
        with locked_folder(self._file.parent):
            try:
                before = read_text_file(self._file, limit=LIMIT)
            except FileNotFoundError:
                before = ""
            values = parse_toml(before, str(self._file))
            if check is not None:
                check(values)
            after = changed_text(before, values, changes)
            wanted = wanted_values(values, changes)
            # What is written has to be read back as it was meant, whatever became of it on the way.
            if without_empty_tables(parse_toml(after, str(self._file))) != without_empty_tables(wanted):
                raise ConfigError("can't be changed from here without changing more of it", Origin(str(self._file)))
            if after != before:
                write_atomically(self._file, after.encode())
