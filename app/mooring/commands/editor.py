"""Changing commands.toml: add, replace, remove and move entries, with every comment and all other lines left alone.

The file is cut into its entries, each with the comment lines right above its heading; whole pieces move as they are,
and within one piece only the keys that changed are written anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table

from mooring.model.command_template import names_marked_raw
from mooring.model.errors import ConfigError, UsageError
from mooring.model.origin import Origin
from mooring.model.saved_command import Parameter, SavedCommand
from mooring.store.read import read_text_file
from mooring.store.toml import key_lines, parse_toml
from mooring.store.write import write_atomically

_LIMIT = 4 * 1024 * 1024


class CommandEditor:
    """Edits one commands.toml. Each method reads the file anew and writes it atomically.

    Raises ConfigError where the file can't be read or is no TOML (then nothing is written), UsageError for a name that
    is not there, or there already, and OSError where writing fails.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, command: SavedCommand) -> None:
        """Put a new command at the end; the file is created where there is none."""

        def change(pieces: _Pieces) -> None:
            if command.name in pieces.names:
                raise UsageError(f"There is a command called {command.name} already.")
            pieces.append(command.name, _written(command))

        self._edit(change)

    def replace(self, name: str, command: SavedCommand) -> None:
        """Give the command called `name` what `command` says, its name too."""

        def change(pieces: _Pieces) -> None:
            if command.name != name and command.name in pieces.names:
                raise UsageError(f"There is a command called {command.name} already.")
            pieces.rewrite(name, command)

        self._edit(change)

    def remove(self, name: str) -> None:
        """Take a command out, with the comment above it."""
        self._edit(lambda pieces: pieces.remove(name))

    def move(self, name: str, *, before: str | None) -> None:
        """Move a command in front of another; to the end with None."""
        self._edit(lambda pieces: pieces.move(name, before))

    def _edit(self, change: Callable[[_Pieces], None]) -> None:
        try:
            text = read_text_file(self._path, limit=_LIMIT)
        except FileNotFoundError:
            text = ""
        pieces = _Pieces(text, str(self._path))
        change(pieces)
        edited = pieces.text
        parse_toml(edited, str(self._path))
        write_atomically(self._path, edited.encode())


class _Pieces:
    """The text of a file, cut in front of each entry."""

    def __init__(self, text: str, path: str) -> None:
        document = parse_toml(text, path)
        tables = document.get("command", [])
        count = len(tables) if isinstance(tables, list) else 0
        places = {
            place[1]: line for place, line in key_lines(text).items() if place[:1] == ("command",) and len(place) == 2
        }
        if len(places) != count or not isinstance(tables, list):
            raise ConfigError(
                "its commands are not written as [[command]] tables", Origin(path), hint="Edit it by hand."
            )
        lines = text.splitlines(keepends=True)
        starts = [_with_comments(lines, places[index] - 1) for index in range(count)]
        ends = [*starts, len(lines)][1:]
        self._head = "".join(lines[: starts[0]] if starts else lines)
        self._pieces = ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
        self.names = [str(table.get("name", "")) for table in tables]

    @property
    def text(self) -> str:
        """The whole text again; entries are parted by an empty line."""
        parts = [part for part in (self._head, *self._pieces) if part]
        return "\n\n".join(part.rstrip() for part in parts) + "\n"

    def append(self, name: str, text: str) -> None:
        self.names.append(name)
        self._pieces.append(text)

    def remove(self, name: str) -> None:
        index = self._index(name)
        del self.names[index], self._pieces[index]

    def move(self, name: str, before: str | None) -> None:
        index = self._index(name)
        if before == name:
            return
        target = len(self.names) if before is None else self._index(before)
        target -= target > index
        for sequence in (self.names, self._pieces):
            sequence.insert(target, sequence.pop(index))

    def rewrite(self, name: str, command: SavedCommand) -> None:
        index = self._index(name)
        document = tomlkit.parse(self._pieces[index])
        tables = document["command"]
        if not isinstance(tables, AoT):
            raise TypeError("a piece is headed by [[command]]")
        _update(tables[0], _fields(command))
        self.names[index] = command.name
        self._pieces[index] = tomlkit.dumps(document)

    def _index(self, name: str) -> int:
        if name not in self.names:
            raise UsageError(f"There is no command called {name} in this file.")
        return self.names.index(name)


def _with_comments(lines: list[str], heading: int) -> int:
    """The first of the comment lines that stand right above a heading."""
    start = heading
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _fields(command: SavedCommand) -> dict[str, object]:
    """What the file says of a command: only what differs from the defaults."""
    on: object = command.machines[0] if len(command.machines) == 1 else list(command.machines)
    fields: dict[str, object] = {
        "name": command.name,
        "command": command.command,
        "description": command.description,
        "tags": list(command.tags),
        "on": on,
        "timeout": command.timeout,
        "confirm": command.confirm,
        "sudo": command.sudo,
    }
    marked = names_marked_raw(command.command)
    parameters = {each.name: _parameter_fields(each, marked) for each in command.parameters}
    fields["parameters"] = {name: values for name, values in parameters.items() if values}
    return {name: value for name, value in fields.items() if value}


def _parameter_fields(parameter: Parameter, marked: frozenset[str]) -> dict[str, object]:
    fields: dict[str, object] = {
        "description": parameter.description,
        "default": parameter.default,
        "choices": list(parameter.choices),
        "pattern": parameter.pattern,
        "secret": parameter.secret,
        "raw": parameter.raw and parameter.name not in marked,
    }
    return {name: value for name, value in fields.items() if value or (name == "default" and value is not None)}


def _update(table: Table, fields: dict[str, object]) -> None:
    """Write what changed into a table, and take out what is no longer said."""
    for name in list(table):
        if name not in fields:
            table.remove(name)
    for name, value in fields.items():
        held = table.get(name)
        if isinstance(held, Table) and isinstance(value, dict):
            _update(held, value)
        elif held is None or held.unwrap() != value:
            table[name] = _item(value)


def _item(value: object) -> object:
    """A value as it is best read: text of several lines stands on several lines."""
    if isinstance(value, str) and "\n" in value and not value.startswith("\n"):
        return tomlkit.string(value, multiline=True)
    return value


def _written(command: SavedCommand) -> str:
    """A new entry."""
    document = tomlkit.document()
    tables = tomlkit.aot()
    table = tomlkit.table()
    _update(table, _fields(command))
    tables.append(table)
    document["command"] = tables
    return tomlkit.dumps(document)
