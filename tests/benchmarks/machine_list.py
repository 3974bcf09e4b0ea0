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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.fake_terminal import fake_terminal
from support.list_screen import COLUMNS, LINES, Expected, Screen, Times, measured, step, type_words
from support.machine_list_app import fleet
from support.waiting import resident_bytes

F5 = b"\x1b[15~"


def measure(count: int) -> tuple[float, float, float]:
    """Print the figures of one count; return the medians of a filter key and of a step, and the 95th percentile."""
    expected = Expected(fleet(count))
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
