"""One `[[command]]` of a commands.toml: its fields, their types, and the saved command that they make."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated

import msgspec

from mooring.inventory.terms import parse_terms
from mooring.model.command_template import MACHINE_VALUES, CommandTemplate, TemplateError
from mooring.model.errors import ConfigError, UsageError
from mooring.model.saved_command import CommandSource, Parameter, SavedCommand
from mooring.store.entry_file import RawEntry

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class CommandEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a `[[command]]`; `name` and `command` are needed. `on` says which machines it is for."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    command: Annotated[str, msgspec.Meta(min_length=1)]
    description: str = ""
    tags: tuple[str, ...] = ()
    on: str | tuple[str, ...] = ()
    timeout: Annotated[float, msgspec.Meta(gt=0)] | None = None
    confirm: bool = False
    sudo: bool = False
    parameters: dict[str, dict[str, object]] = {}


class ParameterEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a `[command.parameters.NAME]`; none is needed."""

    description: str = ""
    default: str | int | float | bool | None = None
    choices: tuple[str | int | float, ...] = ()
    pattern: str | None = None
    secret: bool = False
    raw: bool = False


_FIELDS = MappingProxyType({field.name: field.type for field in msgspec.structs.fields(CommandEntry)})
_PARAMETER_FIELDS = MappingProxyType({field.name: field.type for field in msgspec.structs.fields(ParameterEntry)})


def saved_command(raw: RawEntry, source: CommandSource, problems: list[ConfigError]) -> SavedCommand | None:
    """Make a command of an entry. With anything wrong in it there is none, and `problems` says what and where.

    One that ran without what its author wrote (`confirm`, say, misspelt) would be worse than one that is missing.
    """
    faults = _Faults(raw, problems)
    fields = faults.checked(raw.values, _FIELDS)
    parameters = _parameters(raw, faults)
    if not faults.found:
        for name in ("name", "command"):
            if name not in fields:
                faults.add((name,), "is missing")
    if faults.found:
        return None
    entry = msgspec.convert(fields, type=CommandEntry)
    machines = (entry.on,) if isinstance(entry.on, str) else entry.on
    for pattern in machines:
        try:
            if not parse_terms(pattern):
                faults.add(("on",), "holds an empty selection")
        except UsageError as error:
            faults.add(("on",), error.message)
    try:
        template = CommandTemplate(entry.command, frozenset(each.name for each in parameters if each.raw))
    except TemplateError as error:
        faults.add(("command",), f"can't be used: {error}")
        return None
    _check_use(parameters, template, faults)
    if faults.found:
        return None
    declared = {parameter.name for parameter in parameters}
    return SavedCommand(
        name=entry.name,
        command=entry.command,
        origin=raw.origin,
        source=source,
        description=entry.description,
        tags=entry.tags,
        machines=machines,
        parameters=(
            *(replace(each, raw=template.is_raw(each.name)) for each in parameters),
            *(Parameter(name, raw=template.is_raw(name)) for name in template.names if name not in declared),
        ),
        timeout=entry.timeout,
        confirm=entry.confirm,
        sudo=entry.sudo,
    )


class _Faults:
    """Collects what is wrong with one entry."""

    def __init__(self, raw: RawEntry, problems: list[ConfigError]) -> None:
        name = raw.values.get("name")
        self._raw = raw
        self._who = f"command `{name}`" if isinstance(name, str) and name else f"command number {raw.number}"
        self._problems = problems
        self.found = False

    def add(self, path: tuple[str, ...], message: str, hint: str | None = None) -> None:
        """Say what is wrong at a field."""
        self.found = True
        text = f"{self._who}: field `{'.'.join(path)}` {message}"
        self._problems.append(ConfigError(text, self._raw.origin_of(*path), hint=hint))

    def checked(self, values: Mapping[str, object], types: Mapping[str, object], *path: str) -> dict[str, object]:
        """The fields that are known and of the right type; the others are faults."""
        good: dict[str, object] = {}
        for name, value in values.items():
            if name not in types:
                nearest = difflib.get_close_matches(name, types, n=1)
                hint = f"did you mean `{nearest[0]}`?" if nearest else f"the fields are {', '.join(types)}"
                self.add((*path, name), "is unknown", hint)
                continue
            try:
                msgspec.convert(value, type=types[name])
            except msgspec.ValidationError as error:
                reason = str(error)
                self.add((*path, name), f"can't be used: {reason[:1].lower()}{reason[1:]}")
            else:
                good[name] = value
        return good


def _parameters(raw: RawEntry, faults: _Faults) -> tuple[Parameter, ...]:
    tables = raw.values.get("parameters")
    if not isinstance(tables, dict):
        return ()
    return tuple(_parameter(str(name), table, faults) for name, table in tables.items() if isinstance(table, dict))


def _parameter(name: str, table: Mapping[str, object], faults: _Faults) -> Parameter:
    path = ("parameters", name)
    entry = msgspec.convert(faults.checked(table, _PARAMETER_FIELDS, *path), type=ParameterEntry)
    parameter = Parameter(
        name=name,
        description=entry.description,
        default=None if entry.default is None else _text(entry.default),
        choices=tuple(map(_text, entry.choices)),
        pattern=entry.pattern,
        secret=entry.secret,
        raw=entry.raw,
    )
    if not _NAME.fullmatch(name) or name in MACHINE_VALUES:
        faults.add(path, "has a name that no place in a command can have")
    if entry.pattern is not None:
        try:
            re.compile(entry.pattern)
        except re.error as error:
            faults.add((*path, "pattern"), f"can't be used: {error}")
            return parameter
    if parameter.secret and parameter.default is not None:
        faults.add((*path, "default"), "can't be used: a secret does not belong in a file")
    elif parameter.default is not None and (fault := parameter.check(parameter.default)):
        faults.add((*path, "default"), f"can't be used: {fault}")
    return parameter


def _text(value: str | int | float | bool) -> str:
    """TOML's own words: `true`, not `True`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_use(parameters: tuple[Parameter, ...], template: CommandTemplate, faults: _Faults) -> None:
    for parameter in parameters:
        path = ("parameters", parameter.name)
        if parameter.name not in template.names:
            faults.add(path, f"is nowhere in the command: write {{{{{parameter.name}}}}} where it belongs")
        elif parameter.secret and template.is_raw(parameter.name):
            faults.add(path, "can't be both secret and raw")
