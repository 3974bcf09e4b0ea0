"""Sessions as the person has chosen them, by the settings and on the command line."""

from __future__ import annotations

import os
from pathlib import Path

from mooring.model.recording import RecordingFormat, RecordingPlan
from mooring.session import EngineChoice, SessionListener, Sessions, TerminalChoices
from mooring.store import Paths, Settings
from mooring.ui.options import UiOptions


def make_sessions(options: UiOptions, settings: Settings, paths: Paths, listener: SessionListener) -> Sessions:
    """Have `listener` told of them."""
    return Sessions(
        listener,
        start_engine=_engine_choice(options, settings, paths),
        choices=terminal_choices(settings, recordings=paths.recordings),
        first_number=_first_number(),
    )


def terminal_choices(settings: Settings, *, recordings: Path = Path("~")) -> TerminalChoices:
    """What a session gets that is opened now; `recordings` is the folder where the settings name none."""
    plan = RecordingPlan(
        settings.recording_folder or str(recordings),
        RecordingFormat(settings.recording_format),
        stamps=settings.recording_times,
    )
    return TerminalChoices(
        settings.scrollback_lines,
        settings.scrollback_bytes,
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
