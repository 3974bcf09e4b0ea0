"""The full-screen program in a real terminal, as the tests of the screens start it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from support.process_tree import descendants
from support.tmux import Tmux, running_in_tmux
from support.waiting import process_runs, wait_until


@contextmanager
def running_screens(
    *arguments: str,
    columns: int = 120,
    lines: int = 34,
    environment: Mapping[str, str] | None = None,
    keeps_sessions: bool = False,
    terminal: str | None = None,
) -> Iterator[Tmux]:
    """Mooring with these arguments, from the command line's own entry point.

    Its terminal closes with the block, which keeps the sessions; unless they are wanted, their engine is ended too.
    `terminal` is what it takes its terminal for, by the name of a TERM; else that is what tmux is.
    """
    words = [sys.executable, "-c", "from mooring.cli.main import main; main()", *arguments]
    if terminal is not None:
        words = ["env", "-u", "COLORTERM", f"TERM={terminal}", *words]
    engines: set[int] = set()
    try:
        with running_in_tmux(words, columns=columns, lines=lines, environment=environment) as tmux:
            try:
                yield tmux
            finally:
                engines = set() if keeps_sessions else _engines_below(tmux.process)
    finally:
        for engine in engines:
            with suppress(ProcessLookupError):
                os.kill(engine, signal.SIGTERM)
        wait_until(lambda: not any(map(process_runs, engines)), what="the engine ends")


def _engines_below(process_id: int) -> set[int]:
    found = set()
    for child in descendants(process_id):
        with suppress(OSError):
            if b"mooring.engine" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(child)
    return found
