"""Starting the application from the command line's wishes."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from mooring import system_ssh
from mooring.inventory import InventorySources, Source, further_sources
from mooring.inventory.looks import Looks
from mooring.model.errors import ConfigError
from mooring.store import Paths, Settings, load_settings
from mooring.store.read import read_text_file
from mooring.store.settings.reading import LIMIT
from mooring.store.write import write_atomically
from mooring.ui import sessions
from mooring.ui.app import MooringApp
from mooring.ui.keys import keymap_of
from mooring.ui.options import UiOptions
from mooring.ui.services import NO_SSH, Services
from mooring.ui.themes import theme_problems

NATIVE_WANTED = "--native-ssh was asked for: there is nothing to hand over to"
"""Said in place of handing over; the environment may have asked for it too."""


def run(options: UiOptions) -> int:
    """Run the full-screen program and return the status to end with: 0, or 128 and the signal that ended it.

    With the demonstration fleet all that is written goes to its folder; the person's settings are read, no more.
    Raises MooringError when that fleet can't be started.
    """
    paths = Paths.of_this_person()
    looks = Looks()
    looks.note(paths.settings_file)
    loaded = load_settings(paths.settings_file)
    keymap, key_problems = keymap_of(loaded.settings, loaded.origin_of)
    with ExitStack() as stack:
        sources = InventorySources(options.config_file, options.machine_store, options.machines_file)
        sources_of: Callable[[Settings], tuple[Source, ...]] | None = partial(_sources_of, sources, paths)
        if options.demo:
            # Imports a whole SSH server, for this only.
            from mooring.demo import start_demo

            fleet = stack.enter_context(start_demo())
            begun_with = paths.settings_file
            sources, paths = fleet.sources, fleet.paths
            sources_of = None
            looks = _carry_over(begun_with, paths.settings_file)
        services = Services(
            sources=sources.in_order() if sources_of is None else sources_of(loaded.settings),
            settings=loaded.settings,
            keymap=keymap,
            problems=(*loaded.problems, *key_problems, *theme_problems(loaded.settings, loaded.origin_of)),
            make_sessions=lambda listener: sessions.make_sessions(options, loaded.settings, paths, listener),
            find_ssh=lambda: None if options.native else system_ssh.find_ssh(),
            without_ssh=NATIVE_WANTED if options.native else NO_SSH,
            config_file=options.config_file,
            machines_file=sources.machines_file or paths.machines_file,
            annotations_file=sources.annotations_file or paths.annotations_file,
            recent_file=paths.recent_file,
            probe_visible=loaded.settings.probe_visible,
            settings_file=paths.settings_file,
            settings_looks=looks.states,
            choices_of=lambda settings: sessions.terminal_choices(settings, recordings=paths.recordings),
            sources_of=sources_of,
            workspaces_file=paths.workspaces_file,
            commands_file=paths.commands_file,
            command_usage_file=paths.command_usage_file,
            runs_folder=paths.runs,
            project_folder=None if options.demo else Path.cwd(),
            to_open=options.to_open,
            keeps_sessions=not options.demo,
        )
        app = MooringApp(services, desks_later=True)
        # What was imported stays: a full collection that walks it too takes 50 ms, which is felt between two keys.
        gc.freeze()
        gc.enable()
        # Machines are all kept: to look for garbage at each 700 new objects makes reading many half as slow again.
        gc.set_threshold(10_000, 10, 10)
        # A thread that reads, resolves or loads something lets a key through after one millisecond, not after five.
        sys.setswitchinterval(0.001)
        app.main_screen.browser.read_ahead()
        app.run()
        return app.return_code or 0


def _sources_of(usual: InventorySources, paths: Paths, settings: Settings) -> tuple[Source, ...]:
    return replace(usual, further=further_sources(settings, paths, usual.config_file)).in_order()


def _carry_over(settings_file: Path, demo_file: Path) -> Looks:
    """Begin the demonstration with a copy of the person's settings, which may be changed and goes with it."""
    with contextlib.suppress(OSError, ConfigError):
        write_atomically(demo_file, read_text_file(settings_file, limit=LIMIT).encode(), durable=False)
    looks = Looks()
    looks.note(demo_file)
    return looks
