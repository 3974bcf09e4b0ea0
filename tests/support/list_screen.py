"""A list of machines as a terminal shows it, and what a key in it costs: for the benchmarks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mooring_widgets.emulator import Emulator, Row, Underline
from mooring_widgets.machine_list import MachineRow
from mooring_widgets.machine_list.columns import Column
from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.outline import MachineLine
from mooring_widgets.machine_list.paint import FOLDED_SIGN, MARGIN, UNFOLDED_SIGN
from mooring_widgets.machine_list.work import finish
from support.fake_terminal import FakeTerminal

COLUMNS, LINES = 120, 40
WORDS = ("web", "db-fra", "wf1", "node1", "10.0.3", "ops e", "tag:db 01", "!web s")
ROUNDS = 2
STEPS = 40
CTRL_U, DOWN, HOME = b"\x15", b"\x1b[B", b"\x1b[H"
DIVIDER = "│"

Seen = tuple[str, str, str]
"""The count in the header, the name in the first line, and the letters of it that are shown as matched."""


@dataclass
class Times:
    """Milliseconds of wall time, and of processor time on the average."""

    wall: list[float] = field(default_factory=list)
    processor: float = 0.0

    def describe(self) -> str:
        """Median, 95th percentile, processor."""
        ordered = sorted(self.wall)
        worst = ordered[int(0.95 * len(ordered))]
        return f"p50 {statistics.median(ordered):6.1f} ms   p95 {worst:6.1f} ms   processor {self.processor:6.1f} ms"


class Screen:
    """What the application has painted; the list begins in line `top`, and ends `below` lines above the bottom."""

    def __init__(self, terminal: FakeTerminal, *, top: int = 0, below: int = 0) -> None:
        self._terminal = terminal
        self._emulator = Emulator(COLUMNS, LINES)
        self._header = top
        self.first_line = top + 3
        self.end = LINES - below

    def row(self, y: int) -> Row:
        """One row of it."""
        return self._emulator.row(y)

    @property
    def seen(self) -> Seen:
        """What tells one filter from another."""
        header, first = self.row(self._header), self.row(self.first_line)
        letters = "".join(text for text, style in first.segments() if style.underline is not Underline.NONE)
        is_machine = first.text.strip() and first.cells[1] not in (FOLDED_SIGN, UNFOLDED_SIGN)
        name = first.text[MARGIN:].split(" ")[0] if is_machine else ""
        return _last_fact(header.text), name, letters

    @property
    def cursor_line(self) -> int | None:
        """The row with another background than the header, which is the cursor's."""
        plain = self.row(self._header).style_at(0).background
        return next((y for y in range(self.first_line, self.end) if self.row(y).style_at(0).background != plain), None)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that there is room for."""
        titles = self.row(self.first_line - 1).text.partition(DIVIDER)[0]
        return tuple(column for column in Column if f" {column} " in titles)

    def wait(self, ready: Callable[[], bool], what: str) -> None:
        """Read until the screen is so."""
        end = time.monotonic() + 60
        while not ready():
            if time.monotonic() > end:
                raise SystemExit(f"never came: {what}; there is {self.seen}")
            self._read(0.05)

    def wait_for(self, wanted: Seen) -> None:
        """Read until a filter has been painted."""
        self.wait(lambda: self.seen == wanted, str(wanted))

    def wait_for_step(self, here: int) -> None:
        """Read until the cursor is elsewhere."""
        self.wait(lambda: self.cursor_line not in (here, None), "a step of the cursor")

    def settle(self, seconds: float) -> None:
        """Read what still comes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(0.005)

    def _read(self, seconds: float) -> None:
        self._terminal.read(seconds)
        self._emulator.feed(self._terminal.output)
        self._terminal.output = b""


def _last_fact(header: str) -> str:
    return header.partition(DIVIDER)[0].rstrip().split("  ")[-1].strip()


class Expected:
    """What has to be on the screen for a pattern, worked out here."""

    def __init__(self, rows: Sequence[MachineRow]) -> None:
        self._contents = Contents()
        self._contents.set_rows(rows)
        self.columns: Sequence[Column] = tuple(Column)

    def after(self, pattern: str) -> Seen:
        """The same as `Screen.seen`."""
        contents = self._contents
        contents.set_filter(pattern)
        finish(contents.arrange())
        contents.show()
        count = f"{contents.shown} of {contents.total}" if contents.shown < contents.total else str(contents.total)
        line = contents.outline.line(0)
        if not isinstance(line, MachineLine):
            return count, "", ""
        row = line.entry.row
        letters = contents.filter.highlights(row, contents.condition(row))
        shown = [(column.text(row, contents.condition(row)), letters.get(column, ())) for column in self.columns]
        return count, row.name, "".join(text[index] for text, found in shown for index in sorted(found))


@contextmanager
def measured(times: Times, process_id: int) -> Iterator[None]:
    """Add the wall time of the block, and the processor time of the process."""
    processor, began = processor_seconds(process_id), time.perf_counter()
    yield
    times.wall.append(1000 * (time.perf_counter() - began))
    times.processor += 1000 * (processor_seconds(process_id) - processor)


def processor_seconds(process_id: int) -> float:
    """What a process has used so far, by its scheduler's own count."""
    return int(Path(f"/proc/{process_id}/schedstat").read_text().split()[0]) / 1e9


def type_words(terminal: FakeTerminal, screen: Screen, expected: Expected) -> Times:
    """Type the words key by key, each of whose repaints is waited for."""
    times = Times()
    for word in WORDS * ROUNDS:
        before = expected.after("")
        for length, key in enumerate(word, 1):
            wanted = expected.after(word[:length])
            if wanted == before:
                terminal.write(key.encode())  # Nothing that could be waited for.
            else:
                with measured(times, terminal.process_id):
                    terminal.write(key.encode())
                    screen.wait_for(wanted)
            before = wanted
            screen.settle(0.06 + 0.007 * (length % 5))
        terminal.write(CTRL_U)
        screen.settle(0.3)
    times.processor /= len(times.wall)
    return times


def step(terminal: FakeTerminal, screen: Screen) -> Times:
    """Move the cursor down the screen, one line at a time."""
    times = Times()
    for number in range(STEPS):
        here = screen.cursor_line
        assert here is not None
        if here + 1 == screen.end or not screen.row(here + 1).text.partition(DIVIDER)[0].strip():
            terminal.write(HOME)
            screen.wait_for_step(here)
            screen.settle(0.3)
            here = screen.cursor_line or screen.first_line
        with measured(times, terminal.process_id):
            terminal.write(DOWN)
            screen.wait_for_step(here)
        screen.settle(0.06 + 0.007 * (number % 5))
    times.processor /= STEPS
    return times
