"""settings.toml as lines: single entries are put in, changed and taken out, and every other line stays as it is.

tomlkit's document is not what is changed: it moves tables that stand between two of a kind, and the comments behind
them. It is asked where an entry is written in another way than by a line of its own.
"""

from __future__ import annotations

import contextlib
import copy
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from mooring.model.errors import ConfigError
from mooring.store.settings.options import as_toml
from mooring.store.toml import KeyPath, key_lines, parse_toml

Changes = Mapping[tuple[str, ...], str | int | None]
"""Values by the way to them: ("theme",), or ("keys", area, action). None takes the entry out."""

Values = dict[str, object]

_ENTRY = re.compile(
    r"""(?P<before>[^=\#]*=[ \t]*)(?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'\#\[\]{}]+)(?P<after>[ \t]*(?:\#.*)?)$""",
    re.VERBOSE,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"[ \t]*\[")


def changed_text(text: str, values: Values, changes: Changes) -> str:
    """The text with these values; `values` are those of the text.

    A table of keys that would be left empty goes, unless it has comments. An option that stands commented out above
    the tables is put in force in its place. The caller has to check what comes of it: see `wanted_values`.
    """
    lines = _Lines(text)
    for way, value in changes.items():
        lines.change(way, value)
    wanted = wanted_values(values, changes)
    with contextlib.suppress(ConfigError):
        if without_empty_tables(parse_toml(lines.text, "")) == without_empty_tables(wanted):
            return lines.text
    return _by_tomlkit(text, changes)


def wanted_values(values: Values, changes: Changes) -> Values:
    """What a file says that said `values`, once the changes are made."""
    wanted = copy.deepcopy(values)
    for way, value in changes.items():
        _apply(wanted, way, value)
    return wanted


def without_empty_tables(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values, but for tables of keys that say nothing: whether those stand there is a matter of looks."""
    keys = values.get("keys")
    if not isinstance(keys, dict):
        return values
    told = {area: table for area, table in keys.items() if table != {}}
    rest = {name: value for name, value in values.items() if name != "keys"}
    return {**rest, "keys": told} if told else rest


class _Lines:
    """The file as lines, which are looked through anew for each change: it is small."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._return = "\r" if "\r\n" in text else ""

    @property
    def text(self) -> str:
        """The file as it is now."""
        return "\n".join(self._lines)

    def change(self, way: tuple[str, ...], value: str | int | None) -> None:
        """Put an entry in, change it, or take it out."""
        places = key_lines(self.text)
        *table, name = way
        if way in places:
            self._change_line(places[way] - 1, value)
            if value is None and table:
                self._tidy(tuple(table))
        elif value is not None:
            line = f"{_quoted(name)} = {as_toml(value)}{self._return}"
            if table:
                self._insert(places, tuple(table), line)
            else:
                self._insert_option(places, name, line)

    def _change_line(self, index: int, value: str | int | None) -> None:
        if value is None:
            del self._lines[index]
        elif entry := _ENTRY.match(self._lines[index].removesuffix("\r")):
            self._lines[index] = f"{entry['before']}{as_toml(value)}{entry['after']}{self._return}"

    def _insert_option(self, places: Mapping[KeyPath, int], name: str, line: str) -> None:
        """Above the tables: in place of the comment that explains it, or behind the last option."""
        tables = (index for index, text in enumerate(self._lines) if _HEADER.match(text))
        first_table = next(tables, len(self._lines))
        commented = re.compile(rf"# ?{re.escape(name)}[ \t]*=")
        for index in range(first_table):
            if commented.match(self._lines[index]):
                self._lines[index] = line
                return
        last = max((number for way, number in places.items() if number <= first_table and len(way) == 1), default=0)
        if not last and first_table < len(self._lines):
            # What stands right above a table, without a blank line, is about it.
            last = first_table
            while last and self._lines[last - 1].strip():
                last -= 1
            self._lines[last:last] = [line, self._return]
        elif not last:
            self._append(line)
        else:
            self._lines.insert(last, line)

    def _insert(self, places: Mapping[KeyPath, int], table: tuple[str, ...], line: str) -> None:
        header = places.get(table)
        if header is not None and _HEADER.match(self._lines[header - 1]):
            entries = [number for way, number in places.items() if way[:-1] == table]
            self._lines.insert(max(header, *entries) if entries else header, line)
            return
        above = [self._return] if self.text.strip() else []
        self._append(*above, f"[{'.'.join(map(_quoted, table))}]{self._return}", line)

    def _append(self, *lines: str) -> None:
        """Lines at the end, behind which the file ends with the end of a line."""
        while self._lines and not self._lines[-1].strip():
            self._lines.pop()
        if self._lines and self._return and not self._lines[-1].endswith("\r"):
            self._lines[-1] += self._return
        self._lines += [*lines, ""]

    def _tidy(self, table: tuple[str, ...]) -> None:
        """Take the header of a table out that has nothing below it any more, and the blank line beside it."""
        header = key_lines(self.text).get(table)
        if header is None or not _HEADER.match(self._lines[header - 1]):
            return
        for line in self._lines[header:]:
            if _HEADER.match(line):
                break
            if line.strip():
                return
        del self._lines[header - 1]
        beside = max(0, header - 2)
        if beside < len(self._lines) and not self._lines[beside].strip():
            del self._lines[beside]


def _by_tomlkit(text: str, changes: Changes) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    for way, value in changes.items():
        with contextlib.suppress(ValueError):  # it refuses some tables inside others; the caller sees it
            _apply(document, way, value)
    return tomlkit.dumps(document)


def _apply(document: MutableMapping[str, Any], way: tuple[str, ...], value: str | int | None) -> None:
    *tables, name = way
    for table in tables:
        if not isinstance(document.get(table), dict):
            if value is None:
                return
            document[table] = {}
        document = document[table]
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value


def _quoted(key: str) -> str:
    return key if _BARE.fullmatch(key) else as_toml(key)
