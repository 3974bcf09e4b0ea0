"""Changing commands.toml: add, replace, remove and move entries, with every comment and all other lines left alone."""

from __future__ import annotations

from pathlib import Path

from mooring.model.command_template import names_marked_raw
from mooring.model.saved_command import Parameter, SavedCommand
from mooring.store.entry_editor import EntryEditor


class CommandEditor:
    """Edits one commands.toml. Each method reads the file anew and writes it atomically.

    Raises ConfigError where the file can't be read or is no TOML (then nothing is written), UsageError for a name that
    is not there, or there already, and OSError where writing fails.
    """

    def __init__(self, path: Path) -> None:
        self._editor = EntryEditor(path, "command")

    def add(self, command: SavedCommand) -> None:
        """Put a new command at the end; the file is created where there is none."""
        self._editor.add(_fields(command))

    def replace(self, name: str, command: SavedCommand, *, seen: SavedCommand | None = None) -> None:
        """Give the command called `name` what `command` says, its name too.

        With `seen`, what the person saw of it, EditConflictError is raised where somebody else changed the same.
        """
        self._editor.change(name, _fields(command), base=None if seen is None else _fields(seen))

    def remove(self, name: str) -> None:
        """Take a command out, with the comment above it."""
        self._editor.remove(name)

    def move(self, name: str, *, before: str | None) -> None:
        """Move a command in front of another; to the end with None."""
        self._editor.move(name, before=before)


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
