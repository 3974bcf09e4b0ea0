"""Files of entries, such as machines.toml: the tables and where each key stands, whatever is wrong around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store.toml import KeyPath, key_lines, parse_toml


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One `[[machine]]` (or the like) as written: its number in the file (from 1), its values, the place of each key.

    `origins` has the keys of tables inside it too, by the names that lead there.
    """

    number: int
    values: Mapping[str, object]
    origin: Origin
    origins: Mapping[tuple[str, ...], Origin]

    def origin_of(self, *path: str) -> Origin:
        """Where a key stands; what it is in, up to the entry itself, where that is not known."""
        known = (path[:length] for length in range(len(path), 0, -1))
        return next((self.origins[place] for place in known if place in self.origins), self.origin)


@dataclass(slots=True)
class EntryFile:
    """The entries of a file as they are found, and what was wrong on the way. `table` is what each is headed by."""

    path: str
    table: str
    entries: list[RawEntry] = field(default_factory=list)
    problems: list[ConfigError] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Take all entries from `text`, the content of the file.

        One slip in the syntax would hide all of them, so after one the entries are read one by one, and only those
        that are broken are lost.
        """
        try:
            document = parse_toml(text, self.path)
        except ConfigError as error:
            header = rf"^[ \t]*\[\[[ \t]*{re.escape(self.table)}[ \t]*\]\]"
            starts = [match.start() for match in re.finditer(header, text, re.MULTILINE)]
            if len(starts) < 2:
                self.problems.append(error)
                return
            known = len(self.problems)
            for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
                self._read_part(text, start, end)
            if len(self.problems) == known:
                self.problems.append(error)
        else:
            self._take(document, key_lines(text), skipped=0)

    def _read_part(self, text: str, start: int, end: int) -> None:
        skipped = text.count("\n", 0, start)
        part = text[start:end]
        try:
            document = parse_toml(part, self.path)
        except ConfigError as error:
            line = None if error.origin.line is None else error.origin.line + skipped
            self.problems.append(ConfigError(error.message, Origin(self.path, line)))
        else:
            self._take(document, key_lines(part), skipped)

    def _take(self, document: Mapping[str, object], lines: Mapping[KeyPath, int], skipped: int) -> None:
        def origin(*path: str | int) -> Origin:
            line = lines.get(path)
            return Origin(self.path, None if line is None else line + skipped)

        for key in document:
            if key != self.table:
                hint = f"each {self.table} is a table headed [[{self.table}]]"
                self.problems.append(ConfigError(f"`{key}` means nothing here", origin(key), hint=hint))
        tables = document.get(self.table, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            hint = f"head each {self.table} with [[{self.table}]]"
            self.problems.append(ConfigError(f"`{self.table}` is not a list of tables", origin(self.table), hint=hint))
            return
        keys = self._keys_by_index(lines)
        for index, table in enumerate(tables):
            places = {key: Origin(self.path, line + skipped) for key, line in keys.get(index, {}).items()}
            self.entries.append(RawEntry(len(self.entries) + 1, table, origin(self.table, index), places))

    def _keys_by_index(self, lines: Mapping[KeyPath, int]) -> dict[int, dict[tuple[str, ...], int]]:
        """The first line of each key, for each entry: a table inside it (`[machine.options]`) counts as a key."""
        keys: dict[int, dict[tuple[str, ...], int]] = {}
        for path, line in lines.items():
            match path:
                case (self.table, int(index), *rest):
                    names = tuple(map(str, rest))
                    for length in range(1, len(names) + 1):
                        keys.setdefault(index, {}).setdefault(names[:length], line)
        return keys
