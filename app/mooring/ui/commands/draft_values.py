"""Between a saved command and what is typed into its form. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from mooring.model.saved_command import Parameter, SavedCommand

COMMAND_LINES = (
    ("name", "name", "disk free"),
    ("command", "command", "df -h {{path}}"),
    ("description", "description", "what it is good for"),
    ("tags", "tags", "disk, web"),
    ("on", "for", "web-*, tag:db; nothing is all machines"),
    ("timeout", "seconds", "how long each machine may take"),
)
"""Field, label and hint, in the form's order."""

PARAMETER_LINES = (
    ("description", "about", "what it means"),
    ("default", "default", ""),
    ("choices", "choices", "nginx, app"),
    ("pattern", "pattern", "[a-z]+"),
)


def texts_of(command: SavedCommand) -> dict[str, str]:
    """What the form shows of a command."""
    return {
        "name": command.name,
        "command": command.command.rstrip("\n"),
        "description": command.description,
        "tags": ", ".join(command.tags),
        "on": ", ".join(command.machines),
        "timeout": "" if command.timeout is None else f"{command.timeout:g}",
    }


def values_of(texts: Mapping[str, str]) -> dict[str, object]:
    """The fields of an entry; an empty line is none."""
    values: dict[str, object] = {}
    for name, text in texts.items():
        if not text.strip():
            continue
        if name in ("tags", "on"):
            values[name] = _listed(text)
        elif name == "timeout":
            values[name] = _number(text)
        else:
            values[name] = text if name == "command" else text.strip()
    return values


def parameter_texts(parameter: Parameter | None) -> dict[str, str]:
    """What the form shows of a parameter."""
    if parameter is None:
        return {}
    return {
        "description": parameter.description,
        "default": parameter.default or "",
        "choices": ", ".join(parameter.choices),
        "pattern": parameter.pattern or "",
    }


def parameter_values(texts: Mapping[str, str]) -> dict[str, object]:
    """The fields of a parameter."""
    values: dict[str, object] = {}
    for name, text in texts.items():
        if text:
            values[name] = _listed(text) if name == "choices" else text
    return values


def _listed(text: str) -> list[str]:
    return [word for part in text.split(",") if (word := part.strip())]


def _number(text: str) -> float | str:
    """What is no number is told by whoever checks the fields."""
    try:
        return float(text)
    except ValueError:
        return text
