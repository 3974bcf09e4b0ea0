"""`mooring sessions` and `mooring attach`: what engines keep, and going back to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from mooring.cli.errors import printable, say
from mooring.cli.options import GlobalOptions
from mooring.cli.screens import run_screens
from mooring.cli.table import columns
from mooring.engine.discovery import FoundEngine, find_engines
from mooring.model.errors import UsageError
from mooring.store import Paths

_HEADINGS = ("ENGINE", "SESSION", "MACHINE", "ADDRESS", "STATE", "SINCE", "SHOWN BY")


def run_sessions(*, as_json: bool) -> int:
    """Print the sessions that run or are kept, on standard output; the status is 0."""
    engines = find_engines(Paths.of_this_person().runtime)
    for engine in engines:
        if engine.problem:
            say(f"mooring: the engine (process {engine.process_id}) {engine.problem}")
    if as_json:
        print(json.dumps([asdict(engine.report) for engine in engines if engine.report is not None], indent=2))
        return 0
    rows = [row for engine in engines for row in _rows(engine)]
    if not rows:
        say("There are no sessions.")
        return 0
    for line in columns([_HEADINGS, *rows]):
        print(line.rstrip())
    return 0


def run_attach(options: GlobalOptions, *, engine: int | None, take_over: bool) -> int:
    """Start the screens on an engine that keeps sessions: the one named by its process id, or the one left last."""
    chosen = _choose(find_engines(Paths.of_this_person().runtime), engine, take_over=take_over)
    return run_screens(options, engine=chosen, take_over=take_over)


def _choose(engines: Sequence[FoundEngine], wanted: int | None, *, take_over: bool) -> int:
    if wanted is not None:
        if wanted not in {engine.process_id for engine in engines}:
            raise UsageError(f"mooring: there is no engine {wanted}", hint="`mooring sessions` lists them.")
        return wanted
    known = [engine for engine in engines if engine.report is not None and engine.report.sessions]
    waiting = [engine for engine in known if engine.waits]
    if waiting or (known and take_over):
        return (waiting or known)[0].process_id
    if known and known[0].report is not None:
        raise UsageError(
            f"mooring: another mooring (process {known[0].report.ui}) is showing the sessions",
            hint="`mooring attach --take-over` sends it away; its sessions go on here.",
        )
    for engine in engines:
        if engine.problem:
            raise UsageError(f"mooring: the engine (process {engine.process_id}) {engine.problem}")
    raise UsageError("mooring: there are no sessions to attach to")


def _rows(engine: FoundEngine) -> list[tuple[str, ...]]:
    report = engine.report
    if report is None:
        return []
    shown_by = "nobody" if report.ui is None else f"process {report.ui}"
    return [
        (
            str(engine.process_id),
            str(session.number),
            printable(session.machine),
            printable(session.address),
            session.state,
            datetime.fromtimestamp(session.started).astimezone().strftime("%Y-%m-%d %H:%M"),
            shown_by,
        )
        for session in report.sessions
    ]
