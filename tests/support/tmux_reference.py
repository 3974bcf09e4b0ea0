"""tmux as a reference: the bytes that we were fed, shown by it, and its screen read back cell by cell."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mooring_widgets.emulator import Emulator, Style
from support.tmux import Tmux, running_in_tmux
from support.waiting import wait_until

Cells = list[list[tuple[str, Style]]]
"""Rows of cells, each with what tmux can say of it."""


def cells_of(emulator: Emulator) -> Cells:
    """The screen of an emulator, as far as tmux keeps it too."""
    return [
        [(cell, replace(row.style_at(x), link=None, link_id=None, protected=False)) for x, cell in enumerate(row.cells)]
        for row in emulator.rows
    ]


class TmuxReference:
    """One pane that shows what it is fed."""

    def __init__(self, tmux: Tmux, pipe: int, columns: int) -> None:
        self._tmux = tmux
        self._pipe = pipe
        self._columns = columns
        self._marks = 0

    def feed(self, data: bytes) -> None:
        """Show bytes that end between two sequences; return when tmux has seen them all."""
        self._marks += 1
        mark = f"seen {self._marks}"
        _write_all(self._pipe, data + f"\x1b]2;{mark}\x1b\\".encode())
        wait_until(lambda: self._tmux.asks("#{pane_title}") == mark, what="tmux has seen what it was fed")

    @property
    def cursor(self) -> tuple[int, int]:
        """Its column and row."""
        x, y = self._tmux.asks("#{cursor_x} #{cursor_y}").split()
        return int(x), int(y)

    @property
    def cells(self) -> Cells:
        """Its rows; erased cells at the end of a row are left out, as capture-pane does it."""
        rows = []
        reader = Emulator(self._columns + 1, 1)
        reader.feed(b"\x1b)0")  # capture-pane writes line drawing between SO and SI.
        for line in self._tmux.run("capture-pane", "-p", "-e", "-N").removesuffix("\n").split("\n"):
            reader.feed(b"\x1b7\x1b[0m\x1b[2K\x1b8\r" + line.encode())
            rows.append(cells_of(reader)[0][: reader.cursor.x])
        return rows


def assert_same_screen(ours: Emulator, theirs: Cells, *, where: str) -> None:
    """Compare cell by cell, with attributes; `where` tells in a failure which step it was."""
    for y, (our_row, their_row) in enumerate(zip(cells_of(ours), theirs, strict=True)):
        assert our_row[: len(their_row)] == their_row, f"{where} row {y}: {ours.display[y]!r}"
        rest = "".join(cell for cell, _style in our_row[len(their_row) :])
        assert not rest.strip(" "), f"{where} row {y}: tmux has not {rest!r}"


@contextmanager
def tmux_reference(*, columns: int = 80, lines: int = 24) -> Iterator[TmuxReference]:
    """Start a tmux to feed; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="mooring-reference-") as folder:
        pipe = Path(folder) / "pipe"
        os.mkfifo(pipe)
        script = f"stty raw -echo; exec cat {shlex.quote(str(pipe))}"
        with running_in_tmux(["sh", "-c", script], columns=columns, lines=lines) as tmux:
            descriptor = os.open(pipe, os.O_WRONLY)
            try:
                yield TmuxReference(tmux, descriptor, columns)
            finally:
                os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
