"""Saved commands: where they are read from, how they are edited, what was last given to them, what they come from."""

from __future__ import annotations

from mooring.commands.editor import CommandEditor
from mooring.commands.library import CommandFiles, Library, Scopes, load_commands, offered, scopes
from mooring.commands.shell_history import command_of_history, command_on_screen, recent_commands
from mooring.commands.usage import CommandUsage

__all__ = [
    "CommandEditor",
    "CommandFiles",
    "CommandUsage",
    "Library",
    "Scopes",
    "command_of_history",
    "command_on_screen",
    "load_commands",
    "offered",
    "recent_commands",
    "scopes",
]
