"""The full-screen program in a real terminal, as the tests of the screens start it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from support.tmux import Tmux, running_in_tmux


@contextmanager
def running_screens(
    *arguments: str, columns: int = 120, lines: int = 34, environment: Mapping[str, str] | None = None
) -> Iterator[Tmux]:
    """Mooring with these arguments, from the command line's own entry point."""
    words = [sys.executable, "-c", "from mooring.cli.main import main; main()", *arguments]
    with running_in_tmux(words, columns=columns, lines=lines, environment=environment) as tmux:
        yield tmux
