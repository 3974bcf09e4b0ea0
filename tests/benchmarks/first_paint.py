"""How long it takes from exec to the first picture with machines in it, against a bare Textual application.

Run it with `python tests/benchmarks/first_paint.py [ROUNDS]`. Both run in a pseudo-terminal of their own, in turns: a
minimal application that shows the same names in a DataTable, and `mooring` on a machines.toml with these names. Timed
is until the last of the names has been written to the terminal; printed are best and median wall time and the best
processor time up to then, in milliseconds, and the ratios. `--imports` prints what of `mooring`'s modules takes
longest to load, each with all that it loads.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.few_machines import LAST, MOORING, NAMES, at_home

ROUNDS = 10
PATIENCE = 30.0

MINIMAL = f"""
from textual.app import App
from textual.widgets import DataTable

class Minimal(App[None]):
    def compose(self):
        yield DataTable()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("name", "address")
        for name in {NAMES!r}:
            table.add_row(name, "192.0.2.1")

Minimal().run()
"""


@dataclass
class Times:
    """What was measured of one program, in seconds."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def describe(self) -> str:
        """A line of milliseconds."""
        best, median, processor = min(self.wall), statistics.median(self.wall), min(self.processor)
        return f"{best * 1000:9.0f} {median * 1000:9.0f} {processor * 1000:9.0f}"


def measure(words: Sequence[str], times: Times) -> None:
    """Start a program in a terminal of 120x40, and end it when it has shown the last name."""
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execv(words[0], list(words))
    try:
        ioctl(terminal, TIOCSWINSZ, pack("HHHH", 40, 120, 0, 0))
        seen = b""
        while LAST not in seen:
            ready, _, _ = select.select([terminal], [], [], started + PATIENCE - time.perf_counter())
            if not ready:
                raise SystemExit(f"{words} showed nothing in {PATIENCE:g} s: {seen[-300:]!r}")
            seen = seen[-64:] + os.read(terminal, 65536)
        times.wall.append(time.perf_counter() - started)
        times.processor.append(processor_time(process))
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def processor_time(process: int) -> float:
    """User and system time of a process so far, in seconds (proc(5), stat); 0 where there is no /proc."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def print_imports() -> None:
    """What takes longest of what the screens load."""
    code = "import mooring.cli.main, mooring.cli.screens, mooring.ui"
    run = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True)
    rows = [line.split("|") for line in run.stderr.splitlines() if line.count("|") == 2 and "cumulative" not in line]
    for own, whole, name in sorted(rows, key=lambda row: int(row[1]), reverse=True)[:60]:
        print(f"{int(whole) / 1000:8.1f} ms  {int(own.split(':')[1]) / 1000:7.1f} own  {name.rstrip()}")


def main() -> None:
    """Measure and print."""
    if "--imports" in sys.argv:
        print_imports()
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as home:
        at_home(home)
        programs = {
            "a bare application": [sys.executable, "-c", MINIMAL],
            "mooring": list(MOORING),
        }
        times = {name: Times() for name in programs}
        for words in programs.values():
            measure(words, Times())
        for _ in range(rounds):
            for name, words in programs.items():
                measure(words, times[name])
    print(f"{'':20}     best    median  processor (ms)")
    for name, measured in times.items():
        print(f"{name:20}{measured.describe()}")
    bare, ours = times["a bare application"], times["mooring"]
    print(f"{'ratio':20}{min(ours.wall) / min(bare.wall):9.2f} ", end="")
    print(f"{statistics.median(ours.wall) / statistics.median(bare.wall):9.2f} ", end="")
    print(f"{min(ours.processor) / max(min(bare.processor), 0.001):9.2f}")


if __name__ == "__main__":
    main()
