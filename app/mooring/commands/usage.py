"""What a person did with saved commands: favourites, and the values last given, machine by machine.

It lies in the state folder, not in commands.toml: that file may be shared, and a project's is not ours to write.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import msgspec

from mooring.model.errors import ConfigError
from mooring.model.saved_command import CommandSource, SavedCommand
from mooring.store.read import read_text_file
from mooring.store.write import set_aside, write_atomically

_LIMIT = 16 * 1024 * 1024
_MACHINES_KEPT = 200
"""Machines whose last values are kept for a command; the least recently used are forgotten."""


class _Usage(msgspec.Struct):
    favourites: list[str] = []
    values: dict[str, dict[str, dict[str, str]]] = {}


class CommandUsage:
    """Favourites and last values, read once and written with each change. Threads may share it.

    A file that can't be read is as good as none, and is set aside with the first change.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        usage = _read(path)
        self._is_broken = usage is None
        self._usage = usage or _Usage()
        self._lock = threading.Lock()

    @property
    def favourites(self) -> frozenset[str]:
        """The keys of favourite commands; `is_favourite` asks for one."""
        return frozenset(self._usage.favourites)

    def is_favourite(self, command: SavedCommand) -> bool:
        """Whether the person marked it."""
        return _key(command) in self._usage.favourites

    def set_favourite(self, command: SavedCommand, wanted: bool) -> None:
        """Mark it, or take the mark away. Raises OSError."""
        with self._lock:
            others = [key for key in self._usage.favourites if key != _key(command)]
            self._usage.favourites = [*others, _key(command)] if wanted else others
            self._write()

    def last_values(self, command: SavedCommand, machine: str) -> Mapping[str, str]:
        """What was last given on that machine; where it never ran there, what was last given anywhere.

        Only parameters that the command still has; never a secret.
        """
        with self._lock:
            by_machine = self._usage.values.get(_key(command), {})
            values = dict(by_machine.get(machine) or next(reversed(by_machine.values()), {}))
        kept = {parameter.name for parameter in command.parameters if not parameter.secret}
        return {name: value for name, value in values.items() if name in kept}

    def remember(self, command: SavedCommand, machine: str, values: Mapping[str, str]) -> None:
        """Keep what was given, but for secrets. Raises OSError."""
        kept = {parameter.name for parameter in command.parameters if not parameter.secret}
        with self._lock:
            by_machine = self._usage.values.setdefault(_key(command), {})
            by_machine.pop(machine, None)
            by_machine[machine] = {name: value for name, value in values.items() if name in kept}
            while len(by_machine) > _MACHINES_KEPT:
                del by_machine[next(iter(by_machine))]
            self._write()

    def _write(self) -> None:
        if self._is_broken:
            set_aside(self._path)
            self._is_broken = False
        write_atomically(self._path, msgspec.json.format(msgspec.json.encode(self._usage)))


def _key(command: SavedCommand) -> str:
    """Commands of different projects may have one name."""
    return command.name if command.source is CommandSource.PERSONAL else f"{command.origin.path}#{command.name}"


def _read(path: Path) -> _Usage | None:
    """What is kept; None where it can't be read."""
    try:
        return msgspec.json.decode(read_text_file(path, limit=_LIMIT), type=_Usage)
    except FileNotFoundError:
        return _Usage()
    except (ConfigError, msgspec.MsgspecError, RecursionError):
        return None
