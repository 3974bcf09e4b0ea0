"""A command that a person keeps by name, with what it has to be told before it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mooring.model.errors import UsageError
from mooring.model.origin import Origin


class CommandSource(StrEnum):
    """Whose file a command comes from. A project's is somebody else's words: shown as such, and never run unasked."""

    PERSONAL = "personal"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a command is given: `{{name}}` in it.

    A value has to match the whole of `pattern` (Python's syntax) and be one of `choices`, where there are any.
    A `secret` is asked for without echo, shown nowhere, kept nowhere, and reaches the machine over standard input.
    A `raw` value is put into the command as it is, for the remote shell to read.
    """

    name: str
    description: str = ""
    default: str | None = None
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    secret: bool = False
    raw: bool = False

    def check(self, value: str) -> str | None:
        """Say what is wrong with a value; None for a good one. A secret's value is not repeated."""
        shown = "the value" if self.secret else f"`{value}`"
        if "\0" in value:
            return f"{self.name}: a value can't hold a null character"
        if self.secret and "\n" in value:
            return f"{self.name}: a secret is one line"
        if self.choices and value not in self.choices:
            return f"{self.name}: {shown} is none of {', '.join(self.choices)}"
        if self.pattern is not None and re.fullmatch(self.pattern, value) is None:
            return f"{self.name}: {shown} does not match {self.pattern}"
        return None


@dataclass(frozen=True, slots=True)
class SavedCommand:
    """One `[[command]]` of a commands.toml.

    `machines` are selections as `mooring run --on` takes them; a command without any is for all. `parameters` holds the
    declared ones and, behind them, those that only the command's text names, in the order of the text. `timeout` is in
    seconds for each machine. `confirm` asks before each run; `sudo` runs the whole command as root.
    """

    name: str
    command: str
    origin: Origin
    source: CommandSource = CommandSource.PERSONAL
    description: str = ""
    tags: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    timeout: float | None = None
    confirm: bool = False
    sudo: bool = False

    @property
    def asks_first(self) -> bool:
        """Whether nobody may run it without having been asked: it says so itself, or a project brought it along."""
        return self.confirm or self.source is CommandSource.PROJECT

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def values(self, given: dict[str, str]) -> dict[str, str]:
        """Complete `given` by the defaults, and check every value.

        Raises UsageError that names the parameters that are unknown, missing or wrong.
        """
        known = {parameter.name for parameter in self.parameters}
        faults = [f"{name}: there is no such parameter" for name in given if name not in known]
        values: dict[str, str] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is None:
                faults.append(f"{parameter.name}: a value is needed")
            elif fault := parameter.check(value):
                faults.append(fault)
            else:
                values[parameter.name] = value
        if faults:
            hint = f"Its parameters: {', '.join(sorted(known))}." if known else "It has no parameters."
            raise UsageError(f"{self.name}: {'; '.join(faults)}", hint=hint)
        return values
