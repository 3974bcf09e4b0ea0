"""MB/s of the emulator, of stock pyte.HistoryScreen and of tmux, in one run.

Run it with `python tests/benchmarks/terminal.py [80x24 ...]`.

Each takes the same bytes in chunks of 32 KiB (tmux from `cat`); reading the final screen, and comparing it with the
one of another run, is inside the timed part. The best of several runs counts, since machines are never quiet; for the
two in Python it is processor time, for tmux it is time on the clock.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pyte

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mooring_widgets.emulator import Emulator
from support.terminal_workloads import WORKLOADS

CHUNK = 32 * 1024
OURS_SIZE = 4_000_000
PYTE_SIZE = 120_000
RUNS = 5


def feed_ours(data: bytes, columns: int, lines: int) -> list[str]:
    """Feed the emulator and read the screen."""
    emulator = Emulator(columns, lines)
    for start in range(0, len(data), CHUNK):
        emulator.feed(data[start : start + CHUNK])
    return emulator.display


def feed_pyte(data: bytes, columns: int, lines: int) -> list[str]:
    """Feed stock pyte with history and read the screen."""
    screen = pyte.HistoryScreen(columns, lines)
    stream = pyte.ByteStream(screen)
    for start in range(0, len(data), CHUNK):
        stream.feed(data[start : start + CHUNK])
    return list(screen.display)


def feed_tmux(path: Path, columns: int, lines: int) -> float:
    """Have tmux show a file; return the seconds from the start of `cat` to a screen that was read."""
    tmux = ["tmux", "-L", f"mooring-benchmark-{path.stat().st_ino}", "-f", "/dev/null"]
    subprocess.run(
        [*tmux, "new-session", "-d", "-x", str(columns), "-y", str(lines), "sh"], check=True, stdin=subprocess.DEVNULL
    )
    try:
        subprocess.run([*tmux, "set", "-g", "history-limit", "10000"], check=True)
        start = time.perf_counter()
        subprocess.run([*tmux, "send-keys", f"stty -opost; cat {path}; tmux wait-for -S done", "Enter"], check=True)
        subprocess.run([*tmux, "wait-for", "done"], check=True, timeout=120)
        subprocess.run([*tmux, "capture-pane", "-p"], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)


Feed = Callable[[bytes, int, int], list[str]]


def best(feed: Feed, data: bytes, columns: int, lines: int, runs: int) -> float:
    """MB/s of the shortest of several runs, each of which must end on the screen of one before them."""
    expected = feed(data, columns, lines)
    shortest = float("inf")
    for _ in range(runs):
        start = time.process_time()
        if feed(data, columns, lines) != expected:
            raise SystemExit("two runs ended on different screens")
        shortest = min(shortest, time.process_time() - start)
    return len(data) / shortest / 1e6


def tmux_speed(data: bytes, columns: int, lines: int) -> float:
    """MB/s of tmux; 0 where there is none."""
    if which("tmux") is None:
        return 0.0
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return len(data) / feed_tmux(Path(file.name), columns, lines) / 1e6


def main() -> None:
    """Print a table."""
    for size in sys.argv[1:] or ["80x24", "200x50"]:
        columns, lines = (int(part) for part in size.split("x"))
        print(f"{size:16}{'ours MB/s':>12}{'pyte MB/s':>12}{'tmux MB/s':>12}{'multiple':>12}{'wanted':>10}")
        for name, (make, wanted) in WORKLOADS.items():
            data = make(OURS_SIZE, columns, lines)
            if not data:
                print(f"{name:16}  (the program for it is not installed)")
                continue
            ours = best(feed_ours, data, columns, lines, RUNS)
            stock = best(feed_pyte, data[:PYTE_SIZE], columns, lines, 2)
            tmux = tmux_speed(data, columns, lines)
            print(f"{name:16}{ours:12.2f}{stock:12.2f}{tmux:12.2f}{ours / stock:12.1f}{wanted:10.0f}", flush=True)


if __name__ == "__main__":
    main()
