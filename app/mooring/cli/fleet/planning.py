"""From the flags of `mooring run` to a plan: which machines, which command, which values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mooring.cli.errors import say
from mooring.cli.fleet.request import RunRequest
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.fleet.folding import unfold
from mooring.fleet.history import RunHistory
from mooring.fleet.plan import RunPlan, plan_line, plan_saved
from mooring.inventory import Inventory, select
from mooring.inventory.nearest_name import did_you_mean
from mooring.model.errors import UsageError
from mooring.model.machine import Machine
from mooring.model.saved_command import SavedCommand
from mooring.store.paths import Paths

if TYPE_CHECKING:
    from mooring.commands.library import Library

USAGE = "usage: mooring run [--on NAME|GROUP|tag:T|GLOB ...] (--saved NAME [-p KEY=VALUE ...] | -- COMMAND ...)"


def load_library(paths: Paths) -> Library:
    """The saved commands of the person and of the project around the working directory."""
    from mooring.commands.library import CommandFiles, load_commands

    return load_commands(CommandFiles.around(paths.commands_file, Path.cwd()))


def make_plan(request: RunRequest, options: GlobalOptions, paths: Paths, history: RunHistory) -> RunPlan:
    """Decide what is to be run where; raises UsageError for what does not fit together. Secrets are asked for."""
    inventory = load_machines(options)
    if request.rerun is not None:
        return _again(request, inventory, paths, history)
    if bool(request.words) == (request.saved is not None):
        raise UsageError("Name one saved command, or give a command behind --.", hint=USAGE)
    if request.saved is None:
        if request.parameters:
            raise UsageError("-p is for saved commands.", hint=USAGE)
        return plan_line(" ".join(request.words), chosen(inventory, request.patterns), sudo=request.sudo)
    command = _find(load_library(paths), request.saved)
    machines = chosen(inventory, request.patterns or command.machines)
    given = _given(request.parameters)
    plan = plan_saved(command, machines, _with_secrets(command, given), sudo=request.sudo or None)
    if not request.preview:
        _remember(paths, command, machines, plan)
    return plan


def chosen(inventory: Inventory, patterns: Sequence[str]) -> tuple[Machine, ...]:
    """The machines that any of the patterns selects; a folded name (`web-[01-48]`) stands for all in it."""
    if not patterns:
        raise UsageError("Say where: --on with a machine, a group, tag:TAG or a glob.", hint=USAGE)
    known = {machine.name for machine in inventory.machines}
    names: list[str] = []
    for pattern in patterns:
        names += _unfolded(pattern, known) or (pattern,)
    return select(inventory.machines, names)


def _unfolded(pattern: str, known: set[str]) -> tuple[str, ...]:
    """The names in a folded name, where all of them are machines: else the brackets are a glob's."""
    if "[" not in pattern:
        return ()
    try:
        names = unfold(pattern, limit=100_000)
    except ValueError:
        return ()
    return names if known.issuperset(names) else ()


def _find(library: Library, name: str) -> SavedCommand:
    command = library.find(name)
    if command is not None:
        return command
    for problem in library.problems:
        say(f"mooring: {problem.message}")
    question = did_you_mean(name, [command.name for command in library.commands])
    hint = question or "`mooring commands` lists the saved commands."
    raise UsageError(f"There is no saved command called {name}.", hint=hint)


def _given(parameters: Sequence[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"-p wants KEY=VALUE, not {text}.", hint=USAGE)
        given[name] = value
    return given


def _with_secrets(command: SavedCommand, given: Mapping[str, str]) -> dict[str, str]:
    """Ask for secrets that were not given: a command line is no place for them, since others can read it."""
    import asyncio

    from mooring.cli.native.terminal_line import read_line

    values = dict(given)
    for parameter in command.parameters:
        if parameter.secret and parameter.name not in values:
            value = asyncio.run(read_line(f"{parameter.name} for {command.name}: ", echo=False))
            if value is None:
                raise UsageError(f"{command.name} wants {parameter.name}, and there is no terminal to ask at.")
            values[parameter.name] = value
    return values


def _remember(paths: Paths, command: SavedCommand, machines: Sequence[Machine], plan: RunPlan) -> None:
    """Keep the values for the next time; that this can't be written is nothing to stop for."""
    if not plan.values:
        return
    from mooring.commands.usage import CommandUsage

    usage = CommandUsage(paths.command_usage_file)
    try:
        for machine in machines:
            usage.remember(command, machine.name, plan.values)
    except OSError as error:
        say(f"mooring: {paths.command_usage_file}: {error.strerror}; the values are not remembered")


def _again(request: RunRequest, inventory: Inventory, paths: Paths, history: RunHistory) -> RunPlan:
    """The same once more, on the machines where it did not end well."""
    if request.words or request.saved or request.patterns or request.parameters:
        raise UsageError("--rerun-failed says itself what is to be run and where.", hint=USAGE)
    record = history.load(request.rerun or "last")
    if not record.failed:
        raise UsageError(f"Nothing failed in the run {record.id}.")
    known = {machine.name: machine for machine in inventory.machines}
    if gone := [name for name in record.failed if name not in known]:
        say(f"mooring: no longer there, and left out: {', '.join(gone)}")
    machines = [known[name] for name in record.failed if name in known]
    if not record.saved:
        return plan_line(record.line, machines, sudo=record.sudo)
    command = _find(load_library(paths), record.saved)
    return plan_saved(command, machines, _with_secrets(command, record.values), sudo=record.sudo)
