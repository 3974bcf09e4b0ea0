"""`mooring commands`: the saved commands, and whose they are."""

from __future__ import annotations

import json

from mooring.cli.errors import printable, say
from mooring.cli.fleet.planning import load_library
from mooring.cli.options import GlobalOptions
from mooring.model.errors import ConfigError
from mooring.model.saved_command import SavedCommand
from mooring.store.paths import Paths


def run_commands(options: GlobalOptions, *, as_json: bool) -> int:
    """Print the saved commands on standard output, what is wrong with the files on standard error; the status is 0."""
    paths = options.paths or Paths.of_this_person()
    library = load_library(paths)
    for problem in library.problems:
        place = f"{problem.origin}: " if isinstance(problem, ConfigError) else ""
        say(f"mooring: {place}{problem.message}")
    if as_json:
        print(json.dumps([_as_data(command) for command in library.commands], indent=2))
        return 0
    if not library.commands:
        say(f"There are no saved commands yet. They belong into {paths.commands_file}.")
    width = max((len(command.name) for command in library.commands), default=0)
    for command in library.commands:
        text = command.description or command.command.strip().replace("\n", "; ")
        marks = "".join(f" [{mark}]" for mark in _marks(command))
        print(printable(f"{command.name:<{width}}  {text}{marks}"))
    return 0


def _marks(command: SavedCommand) -> list[str]:
    marks = [str(command.source)] if command.asks_first and not command.confirm else []
    marks += ["asks first"] if command.confirm else []
    marks += ["sudo"] if command.sudo else []
    return [*marks, *command.machines]


def _as_data(command: SavedCommand) -> dict[str, object]:
    return {
        "name": command.name,
        "command": command.command,
        "description": command.description or None,
        "tags": list(command.tags),
        "on": list(command.machines),
        "parameters": [
            {
                "name": each.name,
                "description": each.description or None,
                "default": each.default,
                "choices": list(each.choices),
                "pattern": each.pattern,
                "secret": each.secret,
                "raw": each.raw,
            }
            for each in command.parameters
        ],
        "timeout": command.timeout,
        "confirm": command.confirm,
        "sudo": command.sudo,
        "source": str(command.source),
        "origin": str(command.origin),
    }
