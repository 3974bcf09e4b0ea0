"""A command line of ssh, as people keep them in notes and histories, made into an entry of machines.toml."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from mooring.inventory.options import destination_problem
from mooring.model.errors import UsageError
from mooring.model.machine import OptionSetting
from mooring.model.ssh_argument_settings import settings_of
from mooring.model.ssh_arguments import GivenOption, parse

_PROGRAMS = frozenset({"ssh", "autossh", "mosh"})
_FORWARDS = frozenset("LRD")
_FIELDS = {"hostname": "host", "port": "port", "user": "user", "identityfile": "key", "proxyjump": "jump"}
_ONE_CONNECTION = frozenset("EFGNOQSTVWMfnqstvy")
"""Options about one connection, its command or its output: they are nothing to keep of a machine."""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """The values of an entry, and the words of the line that it can't hold."""

    values: dict[str, object]
    left_out: tuple[str, ...] = ()


def entry_of_line(line: str) -> PastedLine:
    """Read `ssh user@host -p 2222 -J jump -i key -L ...`, with or without the program in front.

    The machine is called by its host; everything else about it is taken over, and what is about one connection only (a
    remote command, `-N`) is left out. Raises UsageError with the reason where ssh would not understand the line.
    """
    try:
        words = shlex.split(line.strip().removeprefix("$ "))
    except ValueError as error:
        raise UsageError(f"The line can't be read: {str(error).lower()}.") from error
    words = _without_program(words)
    arguments = parse(words)
    if arguments.destination is None:
        raise UsageError("The line names no host.")
    kept = [option for option in arguments.options if option.letter not in _ONE_CONNECTION | _FORWARDS]
    forwards = [option for option in arguments.options if option.letter in _FORWARDS]
    left_out = [shlex.join(option.words()) for option in arguments.options if option.letter in _ONE_CONNECTION]
    host = arguments.destination.host
    name = host if destination_problem(host) is None else ""
    values: dict[str, object] = {"name": name, "host": host}
    # Read in the order in which ssh gives precedence: the options before the host, its own user and port, the rest.
    settings = settings_of(parse(_words(kept, arguments.before, arguments.destination.word)), os.environ)
    _take(values, settings)
    if forwards:
        values["forwards"] = [shlex.join(option.words()) for option in forwards]
        # Only to be refused here where ssh would refuse it.
        settings_of(parse(_words(forwards, (), host)), os.environ)
    if arguments.command:
        left_out.append(arguments.command_line)
    return PastedLine(values, tuple(left_out))


def _without_program(words: list[str]) -> list[str]:
    """Cut off what names the program: `ssh`, a path that ends in it, `mooring ssh`."""
    if words and PurePath(words[0]).name == "mooring" and words[1:2] == ["ssh"]:
        return words[2:]
    return words[1:] if words and PurePath(words[0]).name in _PROGRAMS else words


def _words(options: Iterable[GivenOption], before: Iterable[GivenOption], destination: str) -> list[str]:
    leading = list(before)
    first = [word for option in options if option in leading for word in option.words()]
    behind = [word for option in options if option not in leading for word in option.words()]
    return [*first, destination, *behind]


def _take(values: dict[str, object], settings: Iterable[OptionSetting]) -> None:
    """Put settings where they belong; the first of a keyword counts, but keys add up."""
    options: dict[str, object] = {}
    for setting in settings:
        keyword = setting.keyword.lower()
        field = _FIELDS.get(keyword)
        value = _unquoted(setting.value)
        if field == "key":
            known = values.setdefault("key", value)
            if known != value:
                values["key"] = [*(known if isinstance(known, list) else [known]), value]
        elif field == "host":
            values["host"] = value
        elif field == "port":
            values.setdefault("port", int(value) if value.isdigit() else value)
        elif field is not None:
            values.setdefault(field, value)
        else:
            options.setdefault(setting.keyword, setting.value)
    if options:
        values["options"] = options


def _unquoted(value: str) -> str:
    """One value without the quotes that ssh_config(5) needs around it."""
    try:
        words = shlex.split(value)
    except ValueError:
        return value
    return words[0] if len(words) == 1 else value
