"""Every file that Mooring reads, with what is wrong in it and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mooring.cli.doctor.finding import Finding, Level, fine, note, of_error
from mooring.cli.fleet.planning import load_library
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.model.errors import MooringError
from mooring.sshconfig import user_file
from mooring.store import Paths, load_settings
from mooring.store.workspaces import WorkspaceFile


def examine_configuration(paths: Paths) -> Iterator[Finding]:
    """Read settings, keys, commands and workspaces."""
    loaded = load_settings(paths.settings_file)
    # The keys are the screens' own; only they know which there are.
    from mooring.ui.keys import keymap_of
    from mooring.ui.themes import theme_problems

    _keymap, key_problems = keymap_of(loaded.settings, loaded.origin_of)
    problems = (*loaded.problems, *key_problems, *theme_problems(loaded.settings, loaded.origin_of))
    there = paths.settings_file.exists()
    if not there:
        yield note("there is no settings.toml: the defaults hold", "`mooring settings --init` begins one")
    yield from _file("settings.toml", there, problems)
    library = load_library(paths)
    yield from _file("commands.toml", bool(library.commands), library.problems)
    workspaces = WorkspaceFile(paths.workspaces_file).read()
    yield from _file("workspaces.toml", bool(workspaces.workspaces), workspaces.problems)


def examine_machines(options: GlobalOptions, paths: Paths) -> Iterator[Finding]:
    """Read every source of machines, as the list does."""
    inventory = load_machines(options)
    told = {error.message for error in load_settings(paths.settings_file).problems}
    for source in inventory.sources:
        if source.machine_count:
            count = source.machine_count
            yield fine(f"{source.name}: {count} {'machine' if count == 1 else 'machines'}")
        for remark in source.remarks:
            yield note(f"{source.name}: {remark}")
    place = user_file(options.config_file)
    if not inventory.machines:
        yield note("there are no machines yet", f"add Host entries to {place}, or try `mooring --demo`")
    if options.config_file is None and place != "~/.ssh/config":
        yield note(
            f"$HOME is {Path.home()}, but ssh_config is read in {place}: as ssh does, by the account's home",
            "name another file by `mooring -F FILE`",
        )
    for error in inventory.problems:
        if error.message not in told:
            yield of_error(error)
    for machine in inventory.machines:
        if machine.problem is not None:
            yield Finding(Level.PROBLEM, f"{machine.name} can't be used: {machine.problem}", "", machine.origin)
        for text in machine.warnings:
            yield Finding(Level.WARNING, f"{machine.name}: {text}", "", machine.origin)


def _file(name: str, is_there: bool, problems: Sequence[MooringError]) -> Iterator[Finding]:
    for error in problems:
        yield of_error(error)
    if is_there and not problems:
        yield fine(f"{name} is in order")
