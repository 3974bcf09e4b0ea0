"""Names in files small enough to be read at a key press."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import platformdirs

_PROJECT_FILE = Path(".mooring", "commands.toml")


def saved_commands() -> Iterator[tuple[str, str]]:
    """The saved commands, those of the project around this folder too, with what they run."""
    yield from _entries(_configuration() / "commands.toml", "command")
    here = Path.cwd()
    project = next((file for folder in (here, *here.parents) if (file := folder / _PROJECT_FILE).is_file()), None)
    if project is not None:
        yield from _entries(project, "command")


def workspaces() -> Iterator[tuple[str, str]]:
    """The saved workspaces."""
    for name, _about in _entries(_configuration() / "workspaces.toml", "workspace"):
        yield name, "workspace"


def _configuration() -> Path:
    return platformdirs.user_config_path("mooring", appauthor=False)


def _entries(file: Path, table: str) -> Iterator[tuple[str, str]]:
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get(table, [])
    except (OSError, ValueError, RecursionError):
        return
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(name := entry.get("name"), str):
            about = str(entry.get("description") or entry.get("command") or "")
            yield name, " ".join(about.split())[:60]
