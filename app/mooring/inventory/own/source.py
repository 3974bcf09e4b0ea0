"""The person's own machines: machines.toml, one `[[machine]]` table each.

An entry is to ssh what a `Host NAME` block would be, and it beats one: `host` is HostName, `key` IdentityFile, `jump`
ProxyJump, `forwards` are ssh's own -L, -R and -D, and `options` takes any keyword of ssh_config(5). `password_command`
is a password manager's command line: its first line of output answers the password prompt of the native path. The file
names programs, then, so it has to be as private as ssh wants ~/.ssh/config to be.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mooring.inventory.looks import Looks
from mooring.inventory.options import destination_problem, expand_host_name, user_problem
from mooring.inventory.own.entry import EntryError, OwnEntry, decode_entry, entry_options, split_command
from mooring.inventory.source import SourceResult
from mooring.inventory.source_file import read_source_file
from mooring.model.colours import is_colour
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.sshconfig.files import badly_owned
from mooring.sshconfig.person import Person
from mooring.store.entry_file import EntryFile, RawEntry

NAME = "mooring"
TABLE = "machine"


@dataclass(frozen=True, slots=True)
class OwnMachinesSource:
    """The machines of `file`; no such file means no machines."""

    file: Path
    config_file: str | None = None

    @property
    def name(self) -> str:
        """What `Machine.sources` calls it."""
        return NAME

    def read(self) -> SourceResult:
        """Read all entries. An entry with a wrong field is a row that says which; the others are as good as ever."""
        return read_source_file(self.file, self._take)

    def machine_of(self, values: Mapping[str, object]) -> Machine:
        """The machine that an entry with these values would be, to be tried out before it is written.

        What makes it unusable is its problem. Raises ConfigError where it has no name.
        """
        origin = Origin(str(self.file))
        problems: list[ConfigError] = []
        machine = self._machine(RawEntry(1, values, origin, {}), problems)
        if machine is None:
            raise problems[0]
        return machine

    def _take(self, text: str, _looks: Looks) -> SourceResult:
        if badly_owned(str(self.file), Person.current()):
            hint = f"chmod go-w {shlex.quote(str(self.file))}"
            raise ConfigError("bad owner or permissions: others could write to it", Origin(str(self.file)), hint=hint)
        own_file = EntryFile(str(self.file), TABLE)
        own_file.read(text)
        problems = own_file.problems
        machines: dict[str, Machine] = {}
        for raw in own_file.entries:
            machine = self._machine(raw, problems)
            if machine is None:
                continue
            if first := machines.get(machine.name):
                twice = f"{machine.origin}: it is there once more; the entry at {first.origin} is used"
                machines[machine.name] = replace(first, warnings=(*first.warnings, twice))
            else:
                machines[machine.name] = machine
        return SourceResult(tuple(machines.values()), tuple(problems))

    def _machine(self, raw: RawEntry, problems: list[ConfigError]) -> Machine | None:
        """Make a machine of an entry. What makes it unusable becomes its problem, the rest goes to `problems`."""
        entry, errors = decode_entry(raw.values)
        name = entry.name
        if not name:
            reason = next((error.message for error in errors if error.field == "name"), "is missing")
            problems.append(ConfigError(f"machine number {raw.number}: field `name` {reason}", raw.origin))
            return None
        options, option_errors = entry_options(entry, raw.origin_of)
        password_command, command_errors = split_command(entry)
        errors += [*option_errors, *command_errors]
        checks = (("name", destination_problem(name)), ("user", user_problem(entry.user)))
        errors += [EntryError(field, wrong) for field, wrong in checks if wrong is not None]
        if entry.colour and not is_colour(entry.colour):
            errors.append(EntryError("colour", f"is no colour: {entry.colour!r}", fatal=False))
        for error in errors:
            if not error.fatal:
                message = f"machine `{name}`: field `{error.field}` {error.message}"
                problems.append(ConfigError(message, raw.origin_of(error.field), hint=error.hint))
        fatal = [
            f"{raw.origin_of(error.field)}: field `{error.field}` {error.message}" for error in errors if error.fatal
        ]
        return Machine(
            name=name,
            sources=(NAME,),
            origin=raw.origin,
            target=Target(name, options=options, config_file=self.config_file, password_command=password_command),
            address=expand_host_name(entry.host, name),
            user=entry.user,
            port=entry.port,
            jump=entry.jump or ("none" if any(option.keyword.lower() == "proxycommand" for option in options) else ""),
            driver=entry.driver,
            groups=_groups(entry),
            tags=entry.tags,
            notes=entry.notes,
            colour=entry.colour if is_colour(entry.colour) else "",
            guard=entry.guard,
            on_connect=entry.on_connect,
            record=entry.record,
            problem="; ".join(fatal) or None,
        )


def _groups(entry: OwnEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(group for group in (entry.group, *entry.groups) if group))
