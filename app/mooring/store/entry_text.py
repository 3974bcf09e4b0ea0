"""The text of a file of entries, changed entry by entry: what is not about the change stays as it is, to the byte.

The text is cut in front of each `[[machine]]` (or the like), together with the comment lines right above it. Only the
piece that changes goes through the library that keeps comments, which takes 4 s for ten thousand entries. It is loaded
with the first change: to start takes long enough without.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mooring.model.errors import ConfigError, UsageError
from mooring.model.origin import Origin
from mooring.store.toml import key_lines, parse_toml

if TYPE_CHECKING:
    from tomlkit.items import Array, Table

Values = Mapping[str, object]
"""The keys of an entry, as plain values; a table in it is a mapping again."""


@dataclass(slots=True, eq=False)
class _Piece:
    """An entry's text; `name` is None for what lies between entries."""

    text: str
    name: str | None
    values: Values


class EntryText:
    """Text as entries. `table` is what each is headed by, and each has a `name`; of two with one the first is meant.

    Raises ConfigError for text that is no TOML, or has entries in another form than tables of their own. Methods raise
    UsageError for a name that is not there, or there already.
    """

    def __init__(self, text: str, path: str, table: str) -> None:
        self._path = path
        self._table = table
        self._pieces = list(self._cut(text))

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self._pieces)

    @property
    def entries(self) -> dict[str, Values]:
        """The entries by name, in the order of the text."""
        found: dict[str, Values] = {}
        for piece in self._pieces:
            if piece.name is not None:
                found.setdefault(piece.name, piece.values)
        return found

    @property
    def in_order(self) -> list[dict[str, object]]:
        """What all entries say, as a TOML parser would give it."""
        return [as_toml(piece.values) for piece in self._pieces if piece.name is not None]

    def append(self, values: Values) -> None:
        """Put a new entry behind the others."""
        name = str(values.get("name", ""))
        self._refuse_taken(name)
        import tomlkit

        document = tomlkit.document()
        entries = tomlkit.aot()
        entry = tomlkit.table()
        _update(entry, values)
        entries.append(entry)
        document[self._table] = entries
        self._end_with_empty_line()
        self._pieces.append(_Piece(tomlkit.dumps(document), name, values))

    def update(self, name: str, values: Values) -> None:
        """Make the entry called `name` say what `values` say, and nothing else; its name may change too."""
        piece = self._piece(name)
        new_name = str(values.get("name", ""))
        if new_name != name:
            self._refuse_taken(new_name)
        import tomlkit
        from tomlkit.items import AoT

        # The library would put a new key behind the empty lines at the end.
        body = piece.text.rstrip()
        document = tomlkit.parse(body + "\n")
        entries = document[self._table]
        if not isinstance(entries, AoT):
            raise TypeError(f"a piece is headed by [[{self._table}]]")
        _update(entries[0], values)
        piece.text = tomlkit.dumps(document).rstrip() + piece.text[len(body) :]
        piece.name, piece.values = new_name, values

    def remove(self, name: str) -> None:
        """Take an entry out, with the comment above it."""
        self._pieces.remove(self._piece(name))

    def move(self, name: str, *, before: str | None) -> None:
        """Move an entry in front of another, to the end with None. The empty lines between entries stay in place."""
        moved = self._piece(name)
        if before == name:
            return
        target = None if before is None else self._piece(before)
        ends = [piece.text[len(piece.text.rstrip("\n")) :] for piece in self._pieces]
        self._pieces.remove(moved)
        self._pieces.insert(len(self._pieces) if target is None else self._pieces.index(target), moved)
        for piece, end in zip(self._pieces, ends, strict=True):
            piece.text = piece.text.rstrip("\n") + end

    def _cut(self, text: str) -> Iterator[_Piece]:
        document = parse_toml(text, self._path)
        tables = document.get(self._table, [])
        places = key_lines(text)
        heads = {place[1]: line for place, line in places.items() if place[:1] == (self._table,) and len(place) == 2}
        if not isinstance(tables, list) or len(heads) != len(tables):
            hint = "Edit it by hand."
            raise ConfigError(f"its entries are not written as [[{self._table}]] tables", Origin(self._path), hint=hint)
        # Not splitlines(), which also ends lines where TOML does not.
        lines = [line for line in re.split(r"(?<=\n)", text) if line]
        # Something else between two entries is nobody's, and stays when the entry above it goes.
        others = sorted(line for place, line in places.items() if place[0] != self._table)
        starts = {_with_comments(lines, heads[index] - 1): index for index in range(len(tables))}
        bounds = sorted({0, len(lines), *starts, *(_with_comments(lines, line - 1) for line in others)})
        for start, end in itertools.pairwise(bounds):
            index = starts.get(start)
            values = {} if index is None else tables[index]
            name = None if index is None else str(values.get("name", ""))
            yield _Piece("".join(lines[start:end]), name, values)

    def _piece(self, name: str) -> _Piece:
        for piece in self._pieces:
            if piece.name == name:
                return piece
        raise UsageError(f"There is no {self._table} called {name} in {self._path}.")

    def _refuse_taken(self, name: str) -> None:
        if any(piece.name == name for piece in self._pieces):
            raise UsageError(f"There is a {self._table} called {name} already.")

    def _end_with_empty_line(self) -> None:
        if self._pieces:
            last = self._pieces[-1]
            missing = 2 - (len(last.text) - len(last.text.rstrip("\n")))
            last.text += "\n" * max(0, missing)


def _with_comments(lines: list[str], heading: int) -> int:
    """The first of the comment lines that stand right above a heading."""
    start = heading
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _update(table: Table, values: Values) -> None:
    """Write what changed into a table, and take out what is no longer said."""
    from tomlkit.items import Array, Item, Table

    for name in list(table):
        if name not in values:
            table.remove(name)
    for name, value in values.items():
        held = table.get(name)
        if isinstance(held, Table) and isinstance(value, Mapping):
            _update(held, value)
        elif isinstance(held, Array) and isinstance(value, list | tuple):
            _update_array(held, list(value))
        elif (plain := held.unwrap() if isinstance(held, Item) else held) != value or type(plain) is not type(value):
            table[name] = _item(value)


def _update_array(array: Array, wanted: list[object]) -> None:
    """Take out and put in single items where that is enough, so that comments between them stay."""
    kept = [item for item in array.unwrap() if item in wanted]
    if kept != wanted[: len(kept)]:
        array.clear()
        array.extend(wanted)
        return
    for index in reversed(range(len(array))):
        if array[index] not in wanted:
            del array[index]
    array.extend(wanted[len(kept) :])


def as_toml(values: Values) -> dict[str, object]:
    """Plain values as TOML gives them back: lists where there were tuples."""
    return {key: _toml_value(value) for key, value in values.items()}


def _toml_value(value: object) -> object:
    if isinstance(value, Mapping):
        return as_toml(value)
    return [_toml_value(inner) for inner in value] if isinstance(value, list | tuple) else value


def _item(value: object) -> object:
    """A value as it is best read: text of several lines stands on several lines."""
    if isinstance(value, str) and "\n" in value and not value.startswith("\n"):
        import tomlkit

        return tomlkit.string(value, multiline=True)
    return list(value) if isinstance(value, tuple) else value
