"""The person's own machines: machines.toml, one `[[machine]]` table each.

An entry is to ssh what a `Host NAME` block would be, and it beats one: `host` is HostName, `key` IdentityFile, `jump`
ProxyJump, and `options` takes any keyword of ssh_config(5). The file can name programs (ProxyCommand), so it has to be
as private as ssh wants ~/.ssh/config to be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mooring.inventory.options import destination_problem, user_problem
from mooring.inventory.own_entry import EntryError, OwnEntry, decode_entry, entry_options
from mooring.inventory.source import SourceResult
from mooring.model.errors import ConfigError, MooringError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.store.read import read_text_file
from mooring.store.toml import KeyPath, key_lines, parse_toml

NAME = "mooring"

_LIMIT = 64 * 1024 * 1024
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*machine[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _RawEntry:
    """One `[[machine]]` as TOML has it: its number in the file (from 1), and where its keys stand."""

    number: int
    values: Mapping[str, object]
    line: int | None
    lines: Mapping[str, int]


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
        try:
            text = read_text_file(self.file, limit=_LIMIT, trusted_owner=True)
        except FileNotFoundError:
            return SourceResult()
        except ConfigError as error:
            return SourceResult(problems=(error,))
        problems: list[MooringError] = []
        machines: dict[str, Machine] = {}
        for raw in self._entries(text, problems):
            machine = self._machine(raw, problems)
            if machine is None:
                continue
            if first := machines.get(machine.name):
                problems.append(
                    ConfigError(f"machine `{machine.name}` is there twice; {first.origin} is used", machine.origin)
                )
                continue
            machines[machine.name] = machine
        return SourceResult(tuple(machines.values()), tuple(problems))

    def _entries(self, text: str, problems: list[MooringError]) -> list[_RawEntry]:
        path = str(self.file)
        try:
            return self._entries_of(parse_toml(text, path), key_lines(text), problems)
        except ConfigError as error:
            whole_file = error
        # One slip in the syntax would hide every machine: read the entries one by one, and lose only the broken one.
        starts = [match.start() for match in _ENTRY.finditer(text)]
        if not starts:
            problems.append(whole_file)
            return []
        entries: list[_RawEntry] = []
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1):
            skipped = text.count("\n", 0, start)
            part = text[start:end]
            try:
                document = parse_toml(part, path)
            except ConfigError as error:
                place = None if error.origin.line is None else error.origin.line + skipped
                problems.append(ConfigError(error.message, Origin(path, place)))
                continue
            lines = {key: line + skipped for key, line in key_lines(part).items()}
            entries += self._entries_of(document, lines, problems, first_number=number)
        if not any(isinstance(problem, ConfigError) for problem in problems):
            problems.append(whole_file)
        return entries

    def _entries_of(
        self,
        document: Mapping[str, object],
        lines: Mapping[KeyPath, int],
        problems: list[MooringError],
        first_number: int = 1,
    ) -> list[_RawEntry]:
        for key in document:
            if key != "machine":
                origin = Origin(str(self.file), lines.get((key,)))
                problems.append(ConfigError(f"`{key}` means nothing here", origin, hint="machines are [[machine]]"))
        tables = document.get("machine", [])
        if not isinstance(tables, list):
            origin = Origin(str(self.file), lines.get(("machine",)))
            problems.append(ConfigError("`machine` is not a list of tables", origin, hint="write [[machine]]"))
            return []
        by_entry: dict[int, dict[str, int]] = {}
        for path, line in lines.items():
            match path:
                case ("machine", int(index), str(field), *_):
                    by_entry.setdefault(index, {}).setdefault(field, line)
        entries: list[_RawEntry] = []
        for index, table in enumerate(tables):
            start = lines.get(("machine", index))
            if isinstance(table, dict):
                entries.append(_RawEntry(first_number + index, table, start, by_entry.get(index, {})))
            else:
                problems.append(ConfigError("a machine is not a table", Origin(str(self.file), start)))
        return entries

    def _machine(self, raw: _RawEntry, problems: list[MooringError]) -> Machine | None:
        path = str(self.file)
        origin = Origin(path, raw.line)
        entry, errors = decode_entry(raw.values)
        name = entry.name
        if not name:
            reason = next((error.message for error in errors if error.field == "name"), "is missing")
            problems.append(ConfigError(f"machine number {raw.number}: field `name` {reason}", origin))
            return None
        origins = {field: Origin(path, line) for field, line in raw.lines.items()}
        options, option_errors = entry_options(entry, lambda field: origins.get(field, origin))
        errors += option_errors
        checks = (("name", destination_problem(name)), ("user", user_problem(entry.user)))
        errors += [EntryError(field, wrong) for field, wrong in checks if wrong is not None]
        for error in errors:
            if not error.fatal:
                message = f"machine `{name}`, field `{error.field}`: {error.message}"
                problems.append(ConfigError(message, origins.get(error.field, origin), hint=error.hint))
        fatal = [
            f"{origins.get(error.field, origin)}: field `{error.field}` {error.message}"
            for error in errors
            if error.fatal
        ]
        return Machine(
            name=name,
            sources=(NAME,),
            origin=origin,
            target=Target(name, options=options, config_file=self.config_file),
            address=entry.host,
            user=entry.user,
            port=entry.port,
            driver=entry.driver,
            groups=_groups(entry),
            tags=entry.tags,
            notes=entry.notes,
            guard=entry.guard,
            problem="; ".join(fatal) or None,
        )


def _groups(entry: OwnEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(group for group in (entry.group, *entry.groups) if group))
