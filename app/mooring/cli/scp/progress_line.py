"""How far copying has come, on one line of a terminal that is written over."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Self

from rich.cells import cell_len

from mooring.cli.errors import printable
from mooring.model.amounts import rate_text, size_text, time_text
from mooring.model.files import CopyProgress
from mooring_widgets.plain_text import fit_end


class ProgressLine:
    """Writes where standard output is a terminal and nobody wants quiet; at the end the line stays."""

    def __init__(self, *, quiet: bool) -> None:
        self._wanted = not quiet and os.isatty(1)
        self._written = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._written:
            self._write("\n")

    def show(self, progress: CopyProgress) -> None:
        """Write how far it is."""
        if self._wanted:
            self._written = True
            self._write(f"\r{progress_text(progress, os.get_terminal_size(1).columns - 1)}\x1b[K")

    def _write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            # Nobody looks any more; the files are copied all the same.
            self._wanted = self._written = False


def progress_text(progress: CopyProgress, width: int) -> str:
    """One line of `width` cells: the file, how much of all, how fast, and the time left."""
    total, done = progress.bytes_total, progress.bytes_done
    percent = 100 if progress.files_done == progress.files_total else min(99, 100 * done // total) if total else 0
    left = f"{time_text(progress.left)} left" if progress.left is not None and percent < 100 else ""
    several = f"{progress.files_done}/{progress.files_total} files" if progress.files_total > 1 else ""
    figures = [several, f"{percent:3} %", f"{size_text(done):>7}", f"{rate_text(progress.rate):>9}", left]
    right = "  ".join(figure for figure in figures if figure)
    name = printable(progress.current.decode("utf-8", "replace")).replace("\n", "^J").replace("\t", "^I")
    name = fit_end(name, max(0, width - cell_len(right) - 2))
    return f"{name}{' ' * max(0, width - cell_len(name) - cell_len(right))}{right}"[: max(width, 1)]
