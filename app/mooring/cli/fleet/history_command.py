"""`mooring history`: the runs that were, and their answers once more."""

from __future__ import annotations

import asyncio

from mooring.cli.errors import printable, say
from mooring.cli.fleet.output import RunOutput
from mooring.cli.fleet.report import Report
from mooring.cli.fleet.request import View
from mooring.cli.options import GlobalOptions
from mooring.fleet.folding import fold
from mooring.fleet.history import RunHistory, RunRecord
from mooring.fleet.search import search
from mooring.store.paths import Paths

_SHOWN = 60
"""Characters of a command and of machines' names in the list."""


def run_history(options: GlobalOptions, *, name: str | None, view: View, text: str | None) -> int:
    """List the runs, or show one again, or the lines in it that hold `text`."""
    paths = options.paths or Paths.of_this_person()
    history = RunHistory(paths.runs)
    if name is None:
        none = True
        for record in history.records():
            none = False
            print(_line(record))
        if none:
            say("There are no runs yet: `mooring run` makes one.")
        return 0
    record = history.load(name)
    if text is None:
        return asyncio.run(_show(record, view))
    found = False
    for hit in search(record.results, text):
        found = True
        stream = " (error)" if hit.in_errors else ""
        print(printable(f"{hit.machine}:{hit.line}{stream}: {hit.text}"))
    return 0 if found else 1


async def _show(record: RunRecord, view: View) -> int:
    def nothing() -> None:
        """Nobody has to wait: the answers are on disk."""

    output = RunOutput(on_full=nothing, on_drained=nothing, on_failed=nothing)
    try:
        await asyncio.to_thread(Report(record, view, output).write)
    finally:
        await output.finish()
    return 0


def _line(record: RunRecord) -> str:
    failed = len(record.failed)
    count = len(record.results)
    outcome = f"{failed} of {count} failed" if failed else f"{count} done"
    what = (record.saved or record.line).replace("\n", " ")
    names = fold(result.machine for result in record.results)
    return printable(f"{record.id}  {outcome:<20} {_short(what)}  on {_short(names)}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
