"""Gathering what can be completed, into the file that key presses are answered from."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import click

from mooring.cli.completion.complete import kept_file, program_stamp, state
from mooring.cli.completion.kinds import KINDS, REST, SSH_KINDS, SSH_LIKE, WORDS
from mooring.cli.ls_filters import KEYS
from mooring.inventory import InventoryReader, InventorySources, Source, SourceResult, further_sources
from mooring.inventory.ansible.command import CommandSource
from mooring.model.machine import Machine
from mooring.model.ssh_arguments import FLAGS, OPTIONS_WITH_ARGUMENT
from mooring.store import Paths, load_settings
from mooring.store.write import write_atomically


def gather(config_file: str | None) -> dict[str, Any]:
    """Read everything anew, and keep it for the next key presses unless `-F` names another ssh_config.

    No program of a source is run: its last answer will do, however old.
    """
    paths = Paths.of_this_person()
    stamp = program_stamp()
    looks: dict[str, object] = {str(path): state(str(path)) for path in (paths.settings_file, paths.answers)}
    machines, seen = _machines(paths, config_file)
    kept = {
        "program": stamp,
        "looks": {**looks, **{path: None if each is None else list(each) for path, each in seen.items()}},
        "table": command_table(),
        "names": {kind: list(pairs) for kind, pairs in _names(machines).items()},
    }
    if config_file is None:
        with contextlib.suppress(OSError):
            from pathlib import Path

            write_atomically(Path(kept_file()), json.dumps(kept).encode(), durable=False)
    return kept


def command_table() -> dict[str, Any]:
    """Every command with its options, and the kind of each value."""
    from mooring.cli.main import program

    context = program.context_class(program, **program.context_settings)
    commands: dict[str, Any] = {}
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        options = _options(name, command, context)
        if name in SSH_LIKE:
            options.update(_ssh_options())
        commands[name] = {
            "about": command.get_short_help_str(70),
            "options": options,
            "words": WORDS.get(name),
            "rest": REST.get(name, ""),
        }
    return {"options": _options("", program, context), "commands": commands}


def _options(name: str, command: click.Command, context: click.Context) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for parameter in command.get_params(click.Context(command, parent=context)):
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for spelling in sorted((*parameter.opts, *parameter.secondary_opts), key=len):
                found[spelling] = {"about": _first_sentence(parameter.help or ""), "takes": _takes(name, parameter)}
    return dict(sorted(found.items(), key=lambda pair: (pair[0][1] != "-", pair[0])))


def _takes(command: str, option: click.Option) -> str | list[str] | None:
    """The kind of the next word; "" for one that can't be completed, None for no such word."""
    if option.is_flag or option.count:
        return None
    if isinstance(option.type, click.Choice):
        return [str(choice) for choice in option.type.choices]
    if isinstance(option.type, click.Path):
        return "files"
    return KINDS.get((command, option.name or ""), "")


def _ssh_options() -> Iterator[tuple[str, Any]]:
    for letter in sorted(FLAGS):
        yield f"-{letter}", {"about": "", "takes": None}
    for letter in sorted(OPTIONS_WITH_ARGUMENT):
        yield f"-{letter}", {"about": "", "takes": SSH_KINDS.get(letter, "")}


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")


def _machines(paths: Paths, config_file: str | None) -> tuple[Sequence[Machine], Mapping[str, tuple[int, ...] | None]]:
    further = further_sources(load_settings(paths.settings_file).settings, paths, config_file)
    sources = InventorySources(config_file, further=tuple(map(_without_running, further))).in_order()
    reader = InventoryReader(sources)
    *_parts, whole = reader.read()
    return whole.machines, {path: each for looks in reader.looks.values() for path, each in looks.items()}


def _without_running(source: Source) -> Source:
    return _LastAnswer(source) if isinstance(source, CommandSource) else source


@dataclass(frozen=True, slots=True)
class _LastAnswer:
    """A program's source that is asked for what the program said last."""

    source: CommandSource

    @property
    def name(self) -> str:
        """That of the source."""
        return self.source.name

    def read(self) -> SourceResult:
        """Its machines without their programs' looks: a new answer is seen in the folder of answers."""
        return replace(SourceResult(), machines=self.source.last_answer())


def _names(machines: Sequence[Machine]) -> dict[str, list[tuple[str, str]]]:
    names = [(machine.name, machine.address) for machine in machines]
    groups = sorted({group for machine in machines for group in machine.groups})
    tags = sorted({tag for machine in machines for tag in machine.tags})
    drivers = sorted({machine.driver for machine in machines if machine.driver})
    sources = sorted({source for machine in machines for source in machine.sources})
    filters = [
        *(f"driver={driver}" for driver in drivers),
        *(f"group={group}" for group in groups),
        *(f"label={tag}" for tag in tags),
        *(f"source={source}" for source in sources),
        *(f"state={each}" for each in ("Running", "Stopped", "Timeout", "Error", "Unknown")),
        *(f"tag={tag}" for tag in tags),
        *(f"{key}=" for key in KEYS),
    ]
    return {
        "machine": names,
        "where": [*names, *((group, "group") for group in groups), *((f"tag:{tag}", "tag") for tag in tags)],
        "filter": [(each, "") for each in dict.fromkeys(filters)],
    }
