"""Starting the application from the command line's wishes."""

from __future__ import annotations

import gc
import os
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from mooring.inventory import InventorySources, further_sources
from mooring.model.recording import RecordingFormat, RecordingPlan
from mooring.session import EngineChoice, Sessions, TerminalChoices
from mooring.store import Paths, Settings, load_settings
from mooring.system_ssh import find_ssh
from mooring.ui.app import MooringApp
from mooring.ui.keys import keymap_of
from mooring.ui.options import UiOptions
from mooring.ui.services import NO_SSH, Services
from mooring.ui.themes import theme_problems

NATIVE_WANTED = "--native-ssh was asked for: there is nothing to hand over to"
"""Said in place of handing over; the environment may have asked for it too."""

_MEBIBYTE = 1024 * 1024


def run(options: UiOptions) -> int:
    """Run the full-screen program and return the status to end with: 0, or 128 and the signal that ended it.

    With the demonstration fleet all that is written goes to its folder; the person's settings are read, no more.
    Raises MooringError when that fleet can't be started.
    """
    paths = Paths.of_this_person()
    loaded = load_settings(paths.settings_file)
    keymap, key_problems = keymap_of(loaded.settings, loaded.origin_of)
    with ExitStack() as stack:
        sources = InventorySources(
            options.config_file,
            options.machine_store,
            options.machines_file,
            further=further_sources(loaded.settings, paths, options.config_file),
        )
        if options.demo:
            # Imports a whole SSH server, for this only.
            from mooring.demo import start_demo

            fleet = stack.enter_context(start_demo())
            sources, paths = fleet.sources, fleet.paths
        services = Services(
            sources=sources.in_order(),
            settings=loaded.settings,
            keymap=keymap,
            problems=(*loaded.problems, *key_problems, *theme_problems(loaded.settings, loaded.origin_of)),
            make_sessions=partial(
                Sessions,
                start_engine=_engine_choice(options, loaded.settings, paths),
                choices=_terminal_choices(loaded.settings, paths),
                first_number=_first_number(),
            ),
            find_ssh=(lambda: None) if options.native else find_ssh,
            without_ssh=NATIVE_WANTED if options.native else NO_SSH,
            config_file=options.config_file,
            machines_file=sources.machines_file or paths.machines_file,
            annotations_file=sources.annotations_file or paths.annotations_file,
            recent_file=paths.recent_file,
            probe_visible=loaded.settings.probe_visible,
            settings_file=paths.settings_file,
            workspaces_file=paths.workspaces_file,
            commands_file=paths.commands_file,
            command_usage_file=paths.command_usage_file,
            runs_folder=paths.runs,
            project_folder=None if options.demo else Path.cwd(),
            to_open=options.to_open,
            keeps_sessions=not options.demo,
        )
        app = MooringApp(services)
        # What was imported stays: a full collection that walks it too takes 50 ms, which is felt between two keys.
        gc.freeze()
        gc.enable()
        # Machines are all kept: to look for garbage at each 700 new objects makes reading many half as slow again.
        gc.set_threshold(10_000, 10, 10)
        app.run()
        return app.return_code or 0


def _terminal_choices(settings: Settings, paths: Paths) -> TerminalChoices:
    plan = RecordingPlan(
        settings.recording_folder or str(paths.recordings),
        RecordingFormat(settings.recording_format),
        stamps=settings.recording_times,
    )
    return TerminalChoices(
        settings.scrollback_lines,
        settings.scrollback_megabytes * _MEBIBYTE,
        splash=settings.splash,
        reconnect=settings.reconnect,
        recording=plan,
        records=settings.record_sessions,
    )


def _engine_choice(options: UiOptions, settings: Settings, paths: Paths) -> EngineChoice:
    """The demonstration's sessions end with its machines: those have runtime files of their own and keep nothing."""
    return EngineChoice(
        runtime=paths.runtime,
        log_file=paths.engine_log,
        keep_seconds=0.0 if options.demo else settings.keep_sessions_minutes * 60.0,
        process_id=options.engine,
        take_over=options.take_over,
    )


def _first_number() -> int:
    """Where our sessions' numbers begin: apart from those of other processes, whose sessions we may take up."""
    return (os.getpid() << 10) % (1 << 31) + 1
