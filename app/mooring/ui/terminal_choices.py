"""What the settings say of a session's terminal, as the engine is asked for it."""

from __future__ import annotations

from pathlib import Path

from mooring.model.recording import RecordingFormat, RecordingPlan
from mooring.session import TerminalChoices
from mooring.store import Settings

_MEBIBYTE = 1024 * 1024


def terminal_choices(settings: Settings, *, recordings: Path = Path("~")) -> TerminalChoices:
    """What a session gets that is opened now; `recordings` is the folder where the settings name none."""
    plan = RecordingPlan(
        settings.recording_folder or str(recordings),
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
