"""The saved commands as they are on disk now, and what the person did with them before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from mooring.commands.library import CommandFiles, Library, Scopes, load_commands, scopes
from mooring.commands.usage import CommandUsage
from mooring.inventory.looks import FileState, file_state
from mooring.model.machine import Machine
from mooring.model.saved_command import SavedCommand

T = TypeVar("T")


class CommandShelf:
    """Reads and writes in threads, one at a time. Until the first `read` there are no commands.

    `folder` is where a project's own commands are looked for, upwards; None looks for none.
    """

    def __init__(self, personal: Path, usage: Path, folder: Path | None) -> None:
        self.personal = personal
        self.library = Library()
        self.is_read = False
        self._usage_path = usage
        self._folder = folder
        self._usage: CommandUsage | None = None
        self._scopes: Scopes = {}
        self._looks: Mapping[str, FileState] = {}
        self._turn = asyncio.Lock()

    async def read(self, machines: Sequence[Machine]) -> None:
        """Read the files, and work out which of `machines` each command is for."""
        await self._in_thread(lambda: self._read(machines))

    async def has_changed(self) -> bool:
        """Whether a file looks different from when it was read."""
        looks = self._looks
        return await asyncio.to_thread(lambda: any(file_state(path) != state for path, state in looks.items()))

    def is_for(self, command: SavedCommand, machines: Sequence[Machine]) -> bool:
        """Whether a command is offered for all of these machines."""
        scope = self._scopes.get(command.name)
        return scope is None or all(machine.name in scope for machine in machines)

    def is_own(self, command: SavedCommand) -> bool:
        """Whether it is for some machines only."""
        return command.name in self._scopes

    def is_favourite(self, command: SavedCommand) -> bool:
        """Whether the person marked it."""
        return self._usage is not None and self._usage.is_favourite(command)

    def offered(self, machines: Sequence[Machine]) -> tuple[SavedCommand, ...]:
        """The commands for all of `machines`: those that are their own first, favourites first in either part."""
        fitting = [command for command in self.library.commands if self.is_for(command, machines)]
        return tuple(sorted(fitting, key=lambda each: (not self.is_own(each), not self.is_favourite(each))))

    def last_values(self, command: SavedCommand, machine: str) -> Mapping[str, str]:
        """What was last given to a command."""
        return {} if self._usage is None else self._usage.last_values(command, machine)

    async def set_favourite(self, command: SavedCommand, wanted: bool) -> None:
        """Mark it, or take the mark away. Raises OSError."""
        if (usage := self._usage) is not None:
            await self._in_thread(lambda: usage.set_favourite(command, wanted))

    async def remember(self, command: SavedCommand, machines: Sequence[Machine], values: Mapping[str, str]) -> None:
        """Keep what was given, for each machine. Raises OSError."""
        usage = self._usage
        if usage is None or not values:
            return

        def remember() -> None:
            for machine in machines:
                usage.remember(command, machine.name, values)

        await self._in_thread(remember)

    async def edit(self, change: Callable[[], T]) -> T:
        """Change a file in a thread, while nobody reads it."""
        return await self._in_thread(change)

    def _read(self, machines: Sequence[Machine]) -> None:
        files = CommandFiles(self.personal)
        if self._folder is not None:
            files = CommandFiles.around(self.personal, self._folder)
        watched = files.watched(self._folder or self.personal.parent)
        # Before the reading: what changes meanwhile counts as changed since.
        looks = {str(path): file_state(str(path)) for path in watched}
        library = load_commands(files)
        found = scopes(library.commands, machines)
        if self._usage is None:
            self._usage = CommandUsage(self._usage_path)
        self.library, self._scopes, self._looks, self.is_read = library, found, looks, True

    async def _in_thread(self, work: Callable[[], T]) -> T:
        async with self._turn:
            return await asyncio.to_thread(work)
