"""The engine processes of this person: sessions that go on, and what went wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.cli.doctor.finding import Finding, fine, note, warning
from mooring.engine.discovery import find_engines
from mooring.store import Paths


def examine_engines(paths: Paths) -> Iterator[Finding]:
    """Ask each engine what it keeps."""
    engines = find_engines(paths.runtime)
    if not engines:
        yield fine("no engine runs, and none is needed now")
    for engine in engines:
        if engine.report is None:
            yield warning(
                f"the engine (process {engine.process_id}) {engine.problem}",
                f"kill {engine.process_id}, once its sessions may end",
            )
            continue
        count = len(engine.report.sessions)
        sessions = f"{count} {'session' if count == 1 else 'sessions'}"
        if engine.waits:
            yield note(f"the engine (process {engine.process_id}) keeps {sessions}", "mooring attach")
        else:
            yield fine(f"the engine (process {engine.process_id}) has {sessions}")
    try:
        size = paths.engine_log.stat().st_size
    except OSError:
        size = 0
    if size:
        yield note(f"engines complained of something in {paths.engine_log}", "read it, and delete it then")
