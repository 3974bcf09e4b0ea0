"""Commands with places for values: `{{name}}`, quoted for the remote shell wherever it stands.

A place is `{{name}}`, blanks inside the braces allowed, or `{{name|raw}}`, which is put in as it is. Names begin with a
letter or underscore; `machine.name`, `machine.host` (what it is reached by), `machine.user` and `machine.port` are
known for every machine. Everything else in braces is text, so that docker's `{{.Names}}` or `{{json .}}` can be
written; `{{{{` stands for two braces where the text would be taken for a place: `{{{{end}}`.

A value is put between single quotes for a POSIX shell. Inside quotes of the command these are closed before it and
opened again behind it. Where no quoting could keep a value whole (here-documents, backquotes, arithmetic, `${...}`,
comments, behind a backslash) only raw values can stand, and anything else is refused when the command is read.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from mooring.model.shell_context import ShellContext, ShellText

_PLACE = re.compile(
    r"\{\{\{\{|\{\{[ \t]*([A-Za-z_][A-Za-z0-9_-]*(?:\.[a-z]+)?)[ \t]*(?:\|[ \t]*([A-Za-z]+)[ \t]*)?\}\}"
)

MACHINE_VALUES = ("machine.name", "machine.host", "machine.user", "machine.port")
"""The names that every machine gives a value to."""


class TemplateError(ValueError):
    """A command whose places can't be filled; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """One `{{name}}`, and how the shell would read what is put there."""

    name: str
    raw: bool
    context: ShellContext


@dataclass(frozen=True, slots=True)
class RenderedCommand:
    """What is sent to one machine: the command, and the lines that it reads first (secrets, one a line).

    `command` holds no secret, and is what a preview shows.
    """

    command: str
    secret_lines: bytes = b""

    def __repr__(self) -> str:
        return f"RenderedCommand(command={self.command!r}, secret_lines=<withheld>)"


class CommandTemplate:
    """A command's text with its places found. Raises TemplateError for a place that no value could stand in.

    `raw` names the parameters that are raw wherever they stand.
    """

    def __init__(self, text: str, raw: frozenset[str] = frozenset()) -> None:
        if "\0" in text:
            raise TemplateError("a command can't hold a null character")
        self._parts: list[str | Place] = []
        shell = ShellText()
        end = 0
        for match in _PLACE.finditer(text):
            self._add_text(text[end : match.start()], shell)
            end = match.end()
            if match[1] is None:
                self._add_text("{{", shell)
            else:
                self._add_place(match, raw, shell)
        self._add_text(text[end:], shell)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all places but the machine's own, each once, in order."""
        names = (part.name for part in self._parts if isinstance(part, Place))
        return tuple(dict.fromkeys(name for name in names if name not in MACHINE_VALUES))

    @property
    def names_machines(self) -> bool:
        """Whether a place wants a value of the machine's own."""
        return any(isinstance(part, Place) and part.name in MACHINE_VALUES for part in self._parts)

    def is_raw(self, name: str) -> bool:
        """Whether a value is anywhere put in as it is."""
        return any(isinstance(part, Place) and part.name == name and part.raw for part in self._parts)

    def render(self, values: Mapping[str, str], secrets: frozenset[str] = frozenset()) -> RenderedCommand:
        """Fill every place. The remote shell reads values named in `secrets` from its input, into variables.

        Raises TemplateError for a place without a value.
        """
        variables = {name: f"mooring_{index}" for index, name in enumerate(self.names) if name in secrets}
        filled: list[str] = []
        for part in self._parts:
            if isinstance(part, str):
                filled.append(part)
            elif part.name in variables:
                filled.append(part.context.variable(variables[part.name]))
            elif part.name not in values:
                raise TemplateError(f"`{part.name}` has no value")
            else:
                value = values[part.name]
                filled.append(value if part.raw else part.context.quote(value))
        command = "".join(filled)
        if variables:
            reads = "; ".join(f"IFS= read -r {variable}" for variable in variables.values())
            command = f"{reads}\n{command}"
        lines = "".join(f"{values[name]}\n" for name in variables)
        return RenderedCommand(command, lines.encode("utf-8", "surrogateescape"))

    def _add_text(self, text: str, shell: ShellText) -> None:
        if text:
            shell.read(text)
            self._parts.append(text)

    def _add_place(self, match: re.Match[str], raw: frozenset[str], shell: ShellText) -> None:
        name, how = match[1], match[2]
        if "." in name and name not in MACHINE_VALUES:
            raise TemplateError(f"`{{{{{name}}}}}` is not known; a machine has {', '.join(MACHINE_VALUES)}")
        if how not in (None, "raw"):
            raise TemplateError(f"`{match[0]}`: `{how}` is not known, `raw` is; write {{{{{match[0]} for the braces")
        is_raw = how == "raw" or name in raw
        if not is_raw and shell.obstacle:
            raise TemplateError(f"`{match[0]}` stands {shell.obstacle}, where nothing can be quoted: mark it raw")
        self._parts.append(Place(name, is_raw, shell.context))
        shell.value_passed()


def names_in(text: str) -> tuple[str, ...]:
    """The names of all places but the machine's own, in order, whether they could be filled or not."""
    names = (match[1] for match in _PLACE.finditer(text))
    return tuple(dict.fromkeys(name for name in names if name and name not in MACHINE_VALUES and "." not in name))


def names_marked_raw(text: str) -> frozenset[str]:
    """The names that a command's own text marks as raw."""
    return frozenset(match[1] for match in _PLACE.finditer(text) if match[2] == "raw")


def as_root(command: str, prompt: str, started: str) -> str:
    """Run a command as root by sudo(8), which shows `prompt` on standard error and reads a password from its input.

    The program prints `started` on standard error as soon as sudo has let it in, before the command begins.
    """
    inner = f"printf %s {shlex.quote(started)} >&2\n{command}"
    return f"sudo -S -p {shlex.quote(prompt)} -- sh -c {shlex.quote(inner)}"
