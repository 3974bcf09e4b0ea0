"""The functions of a template: those of docker-machine, and those of Go's that its templates used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from mooring.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Function:
    """What it does, and how many values it takes at least and at most."""

    run: Callable[..., object]
    takes: tuple[int, int]


def as_text(value: object) -> str:
    """A value as it is printed; what is not known prints nothing, and lists stand with commas."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return ",".join(map(as_text, value))
        case _:
            return str(value)


def _index(value: object, *keys: object) -> object:
    for key in keys:
        match value, key:
            case dict(), str() if key in value:
                value = value[key]
            case ((list() | tuple()), int()) if 0 <= key < len(value):
                value = value[key]
            case _:
                raise UsageError(f"The template asks for an item {as_text(key)} that is not there.")
    return value


def _length(value: object) -> int:
    if isinstance(value, str | list | tuple | dict):
        return len(value)
    raise UsageError("The template asks for the length of what has none.")


def _join(*values: object) -> str:
    """`join .Tags " "` as docker-machine has it, or `.Tags | join " "`."""
    items, separator = values if isinstance(values[0], list | tuple) else reversed(values)
    return as_text(separator).join(map(as_text, items)) if isinstance(items, list | tuple) else as_text(items)


_MANY = 20

FUNCTIONS = {
    "json": Function(lambda value: json.dumps(value, ensure_ascii=False), (1, 1)),
    "prettyjson": Function(lambda value: json.dumps(value, ensure_ascii=False, indent=4), (1, 1)),
    "upper": Function(lambda value: as_text(value).upper(), (1, 1)),
    "lower": Function(lambda value: as_text(value).lower(), (1, 1)),
    "title": Function(lambda value: as_text(value).title(), (1, 1)),
    "join": Function(_join, (2, 2)),
    "split": Function(lambda value, separator: as_text(value).split(as_text(separator) or None), (2, 2)),
    "index": Function(_index, (2, _MANY)),
    "len": Function(_length, (1, 1)),
    "print": Function(lambda *values: "".join(map(as_text, values)), (0, _MANY)),
    "eq": Function(lambda first, *others: first in others, (2, _MANY)),
    "ne": Function(lambda first, other: first != other, (2, 2)),
    "not": Function(lambda value: not value, (1, 1)),
    "and": Function(lambda *values: next((value for value in values if not value), values[-1]), (1, _MANY)),
    "or": Function(lambda *values: next((value for value in values if value), values[-1]), (1, _MANY)),
}
