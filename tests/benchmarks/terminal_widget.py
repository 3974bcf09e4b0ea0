"""The widget in a terminal: how fast output gets through it, and how soon a key's echo. Without SSH.

Run it with `python tests/benchmarks/terminal_widget.py [MEGABYTES]`. It prints, best of three, seconds from the start
of `cat` to a cursor report behind its last byte, in tmux alone and in the widget in tmux; and milliseconds from a key
to its echo on the screen, in a PTY alone, through the widget, and through it while a hidden view is flooded.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.fake_terminal import FakeTerminal, fake_terminal
from support.tmux import running_in_tmux
from support.waiting import wait_until

TESTS = str(Path(__file__).resolve().parents[1])
WIDGET = [sys.executable, "-m", "support.terminal_app"]
ROUNDS = 3
KEYS = 200

_CAT = """
import os, subprocess, sys, time, tty
began = time.perf_counter()
subprocess.run(["cat", sys.argv[1]], check=True)
tty.setraw(0)
os.write(1, b"\\x1b[6n")
os.read(0, 64)
open(sys.argv[2], "w").write(f"{time.perf_counter() - began}\\n")
"""


def coloured_log(path: Path, megabytes: int) -> None:
    """Write a log with a few SGR sequences a line."""
    lines = "".join(
        f"\x1b[3{n % 8}m2026-01-0{n % 9 + 1} host-{n} \x1b[1mlevel\x1b[0m message number {n} went by\n"
        for n in range(2000)
    )
    path.write_text(lines * (megabytes * 1_000_000 // len(lines) + 1))


def seconds_for(words: Sequence[str], log: Path, folder: Path) -> float:
    """Run `cat` of the log in tmux, through `words`."""
    result = folder / "seconds"
    result.unlink(missing_ok=True)
    program = [*words, sys.executable, "-c", _CAT, str(log), str(result)]
    with running_in_tmux(program, columns=100, lines=30, environment={"PYTHONPATH": TESTS}):
        wait_until(lambda: result.exists() and result.read_text().endswith("\n"), what="the end of the log", limit=300)
    return float(result.read_text())


def settle(terminal: FakeTerminal, seconds: float) -> None:
    """Read what still comes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.read(0.01)
    terminal.output = b""


def echoes(words: Sequence[str]) -> list[float]:
    """Seconds from key to echo, in order of size."""
    took: list[float] = []
    with fake_terminal([*words, "cat"], columns=100, lines=30, environment={"PYTHONPATH": TESTS}) as terminal:
        settle(terminal, 4.0 if words else 0.5)
        for number in range(KEYS):
            key = b"abcdefghij"[number % 10 : number % 10 + 1]
            began = time.perf_counter()
            terminal.write(key)
            # Letters stand in the sequences around an update too, but never behind a blank line's end or a move.
            while key not in terminal.output.replace(b"\x1b[?2026h", b"").replace(b"\x1b[?25h", b""):
                terminal.read(0.5)
            took.append(time.perf_counter() - began)
            settle(terminal, 0.05 + 0.007 * (number % 5))
    return sorted(took)


def report(name: str, took: list[float]) -> None:
    """Print one line of milliseconds."""
    median, worst = statistics.median(took), took[int(len(took) * 0.99)]
    print(f"{name:34} median {1000 * median:6.2f} ms   p99 {1000 * worst:6.2f} ms")


def main() -> None:
    """Measure and print."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "log"
        coloured_log(log, megabytes)
        for label, words in (("tmux alone", []), ("the widget in tmux", WIDGET)):
            best = min(seconds_for(words, log, folder) for _ in range(ROUNDS))
            print(f"{label:34} {best:6.2f} s for {log.stat().st_size / 1e6:.0f} MB")
    report("key to echo, a PTY alone", echoes([]))
    report("through the widget", echoes(WIDGET))
    report("while a hidden view is flooded", echoes([*WIDGET, "--flood"]))
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
