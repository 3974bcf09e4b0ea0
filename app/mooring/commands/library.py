"""All saved commands: the person's own and those of the project that one stands in."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mooring.commands.entry import saved_command
from mooring.inventory.selection import select
from mooring.model.errors import ConfigError, MooringError, NothingSelectedError
from mooring.model.machine import Machine
from mooring.model.origin import Origin
from mooring.model.saved_command import CommandSource, SavedCommand
from mooring.sshconfig.files import badly_owned
from mooring.sshconfig.person import Person
from mooring.store.entry_file import EntryFile
from mooring.store.read import read_text_file

PROJECT_FILE = Path(".mooring", "commands.toml")
"""Where a project keeps its commands, below its top folder."""

_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CommandFiles:
    """Where commands are read from. `project` is None where no folder above has any."""

    personal: Path
    project: Path | None = None

    @classmethod
    def around(cls, personal: Path, folder: Path) -> CommandFiles:
        """The person's file, and that of the project around `folder`: the nearest one upwards, as with git."""
        for place in (folder, *folder.parents):
            found = place / PROJECT_FILE
            if found.is_file() and found != personal:
                return cls(personal, found)
        return cls(personal)

    def watched(self, folder: Path) -> tuple[Path, ...]:
        """The files whose change (or coming) asks for another reading."""
        return (self.personal, self.project or folder / PROJECT_FILE)


@dataclass(frozen=True, slots=True)
class Library:
    """What the files gave, the person's own first and each file in its order, and what was wrong with them."""

    commands: tuple[SavedCommand, ...] = ()
    problems: tuple[MooringError, ...] = ()

    def find(self, name: str) -> SavedCommand | None:
        """The command of exactly that name."""
        return next((command for command in self.commands if command.name == name), None)


def load_commands(files: CommandFiles) -> Library:
    """Read both files. Blocks while it reads; bad input is told in the result, and nothing is raised for it.

    A name counts once: a project can't change what the person's own name does.
    """
    commands: dict[str, SavedCommand] = {}
    problems: list[MooringError] = []
    for source, path in ((CommandSource.PERSONAL, files.personal), (CommandSource.PROJECT, files.project)):
        if path is None:
            continue
        for command in _read(path, source, problems):
            if first := commands.get(command.name):
                message = f"command `{command.name}` is there twice; {first.origin} is used"
                problems.append(ConfigError(message, command.origin))
            else:
                commands[command.name] = command
    return Library(tuple(commands.values()), tuple(problems))


def _read(path: Path, source: CommandSource, problems: list[MooringError]) -> Iterable[SavedCommand]:
    try:
        text = read_text_file(path, limit=_LIMIT)
        if badly_owned(str(path), Person.current()):
            raise ConfigError(
                "bad owner or permissions: others could write to it",
                Origin(str(path)),
                hint=f"chmod go-w {shlex.quote(str(path))}",
            )
    except FileNotFoundError:
        return []
    except ConfigError as error:
        problems.append(error)
        return []
    file = EntryFile(str(path), "command")
    file.read(text)
    found = [saved_command(raw, source, file.problems) for raw in file.entries]
    problems += file.problems
    return [command for command in found if command is not None]


Scopes = Mapping[str, frozenset[str]]
"""The machines (by name) that a command (by name) is for; commands for all machines are not in it."""


def scopes(commands: Sequence[SavedCommand], machines: Sequence[Machine]) -> Scopes:
    """Work out which machines each command is for. A selection that fits no machine here is none, not a fault."""
    found: dict[str, frozenset[str]] = {}
    for command in commands:
        names: set[str] = set()
        for pattern in command.machines:
            try:
                names.update(machine.name for machine in select(machines, [pattern]))
            except NothingSelectedError:
                continue
        if command.machines:
            found[command.name] = frozenset(names)
    return found


def offered(
    commands: Sequence[SavedCommand], scope: Scopes, machine: str, favourites: Collection[str] = ()
) -> tuple[SavedCommand, ...]:
    """The commands to offer for a machine: its own before those for all, favourites first in either part."""
    own = [command for command in commands if machine in scope.get(command.name, ())]
    general = [command for command in commands if command.name not in scope]
    parts = (sorted(part, key=lambda command: command.name not in favourites) for part in (own, general))
    return tuple(command for part in parts for command in part)
