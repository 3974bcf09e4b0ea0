"""A command that is being written: checked as one that is read from a file, before it stands in any."""

from __future__ import annotations

from collections.abc import Mapping

from mooring.commands.entry import saved_command
from mooring.model.errors import ConfigError, UsageError
from mooring.model.origin import Origin
from mooring.model.saved_command import CommandSource, SavedCommand
from mooring.store.entry_file import RawEntry

_DRAFT = Origin("draft")


def command_of_draft(values: Mapping[str, object]) -> SavedCommand:
    """The command that the fields of an entry make. Raises UsageError for the first that is wrong."""
    faults: list[ConfigError] = []
    command = saved_command(RawEntry(1, values, _DRAFT, {}), CommandSource.PERSONAL, faults)
    if command is None:
        message = faults[0].message
        raise UsageError(message.partition(": ")[2] or message, hint=faults[0].hint)
    return command


def name_for(line: str) -> str:
    """A first name for a command that was taken from somewhere: its first words."""
    words = line.split()
    return " ".join(words[:3])[:40]
