"""The list of machines in a terminal: what a key costs with ten machines in it and with ten thousand.

Run it with `python tests/benchmarks/machine_list.py [--huge]`; the latter adds a hundred thousand. For each count it
prints: from handing the rows over to their being on the screen; from a key in the filter to its repaint, median and
95th percentile, beside the processor time that the application spent on such a key (which other work on the machine
disturbs less); the same for a step of the cursor; and the memory of the process. The screen is read by our own
emulator: a repaint has come when the best machine, its matched letters and the count are those that belong to the
pattern. The last lines are the ratios to ten machines.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mooring_widgets.emulator import Emulator, Row, Underline
from mooring_widgets.machine_list.columns import Column
from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.outline import MachineLine
from mooring_widgets.machine_list.paint import FOLDED_SIGN, MARGIN, UNFOLDED_SIGN
from mooring_widgets.machine_list.work import finish
from support.fake_terminal import FakeTerminal, fake_terminal
from support.machine_list_app import fleet
from support.waiting import resident_bytes

COLUMNS, LINES = 120, 40
WORDS = ("web", "db-fra", "wf1", "node1", "10.0.3", "ops e", "tag:db 01", "!web s")
ROUNDS = 2
STEPS = 40
HEADER, FIRST_LINE = 0, 3
F5, CTRL_U, DOWN, HOME = b"\x1b[15~", b"\x15", b"\x1b[B", b"\x1b[H"

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
    """What the application has painted."""

    def __init__(self, terminal: FakeTerminal) -> None:
        self._terminal = terminal
        self._emulator = Emulator(COLUMNS, LINES)

    def row(self, y: int) -> Row:
        """One row of it."""
        return self._emulator.row(y)

    @property
    def seen(self) -> Seen:
        """What tells one filter from another."""
        header, first = self.row(HEADER), self.row(FIRST_LINE)
        letters = "".join(text for text, style in first.segments() if style.underline is not Underline.NONE)
        is_machine = first.text.strip() and first.cells[1] not in (FOLDED_SIGN, UNFOLDED_SIGN)
        name = first.text[MARGIN:].split(" ")[0] if is_machine else ""
        return header.text.split("  ")[-1].strip(), name, letters

    @property
    def cursor_line(self) -> int | None:
        """The row with another background than the header, which is the cursor's."""
        plain = self.row(HEADER).style_at(0).background
        return next((y for y in range(FIRST_LINE, LINES) if self.row(y).style_at(0).background != plain), None)

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


class Expected:
    """What has to be on the screen for a pattern, worked out here."""

    def __init__(self, count: int) -> None:
        self._contents = Contents()
        self._contents.set_rows(fleet(count))

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
        shown = [(column.text(row, contents.condition(row)), letters.get(column, ())) for column in Column]
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
        if here + 1 == LINES or not screen.row(here + 1).text.strip():
            terminal.write(HOME)
            screen.wait_for_step(here)
            screen.settle(0.3)
            here = screen.cursor_line or FIRST_LINE
        with measured(times, terminal.process_id):
            terminal.write(DOWN)
            screen.wait_for_step(here)
        screen.settle(0.06 + 0.007 * (number % 5))
    times.processor /= STEPS
    return times


def measure(count: int) -> tuple[float, float, float]:
    """Print the figures of one count; return the medians of a filter key and of a step, and the 95th percentile."""
    expected = Expected(count)
    words = [sys.executable, "-m", "support.machine_list_app", str(count)]
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    with fake_terminal(words, columns=COLUMNS, lines=LINES, environment=environment) as terminal:
        screen = Screen(terminal)
        screen.wait(lambda: any("no machines" in screen.row(y).text for y in range(LINES)), "the empty list")
        screen.settle(0.5)
        empty = resident_bytes(terminal.process_id)
        listed = Times()
        with measured(listed, terminal.process_id):
            terminal.write(F5)
            screen.wait(lambda: screen.seen[0] == str(count), "all machines")
        screen.settle(0.5)
        steps = step(terminal, screen)
        terminal.write(b"/")
        screen.settle(0.3)
        keys = type_words(terminal, screen, expected)
        memory = resident_bytes(terminal.process_id)
    print(f"{count:>7} machines")
    print(f"    rows to painted   {listed.wall[0]:6.0f} ms")
    print(f"    key in the filter {keys.describe()}   of {len(keys.wall)} keys")
    print(f"    step of the cursor{steps.describe()}")
    print(
        f"    memory            {memory / 2**20:6.0f} MiB, of which {(memory - empty) / 2**20:.0f} came with the rows"
    )
    return keys.processor, steps.processor, statistics.median(steps.wall)


def main() -> None:
    """Measure and print."""
    figures = {count: measure(count) for count in (10, 10_000, *([100_000] if "--huge" in sys.argv else []))}
    few = figures.pop(10)
    for count, many in figures.items():
        ratios = [f"{mine / theirs:.1f}" for mine, theirs in zip(many, few, strict=True)]
        print(
            f"{count} to 10: filter key {ratios[0]} times the processor, cursor step {ratios[1]} ({ratios[2]} in time)"
        )
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
