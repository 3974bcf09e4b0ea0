"""What the first keys after the first picture wait for, while modules are loaded behind it and when they have been.

Run it with `python tests/benchmarks/first_keys.py [ROUNDS]`. `mooring` starts in a pseudo-terminal, on twelve machines.
In one run the cursor is moved from the moment on that the list is painted, a step each time that the last one was seen:
printed is the longest and the median wait for a step of those in the first second. In another the program is
left alone for a second; then each of the main keys is pressed, what it opened is closed, and it is pressed again:
printed is how much longer the first press took than the second, the median of the rounds, in milliseconds.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.few_machines import LAST, MOORING, NAMES, at_home

ROUNDS = 5
PATIENCE = 30.0
CLOSING = 1.0
"""Seconds that are left for what was opened to be whole, and for it to go."""

STEPS = 1.0
"""Seconds from the first picture in which steps are counted."""

KEYS = {
    "? (help)": (b"?", b"what it does, a key", b"\x1b"),
    "ctrl+p (palette)": (b"\x10", b"earch for commands", b"\x1b"),
    ", (settings)": (b",", b"keep_sessions_minutes", b"\x1b"),
    "c (commands)": (b"c", b"Commands", b"\x1b[24~c"),
    "enter (session)": (b"\r", b"connecting", b"\x1b[24~x"),
    "f12 t (files)": (b"\x1b[24~t", b"other side", b"q"),
}
"""What is typed, what is to be seen then, and what closes it."""


class Program:
    """`mooring` in a terminal."""

    def __init__(self) -> None:
        process, self._terminal = pty.fork()
        if process == 0:
            os.execv(MOORING[0], MOORING)
        self._process = process
        ioctl(self._terminal, TIOCSWINSZ, pack("HHHH", 40, 120, 0, 0))
        self._seen = b""

    def type(self, keys: bytes, wanted: bytes) -> float:
        """Type, and return the seconds until `wanted` is painted."""
        self.read_for(0.0)
        self._seen = b""
        started = time.perf_counter()
        os.write(self._terminal, keys)
        self.wait_for(wanted)
        return time.perf_counter() - started

    def write(self, keys: bytes) -> None:
        """Type."""
        os.write(self._terminal, keys)

    def wait_for(self, wanted: bytes) -> None:
        """Read until it is painted."""
        end = time.perf_counter() + PATIENCE
        while wanted not in self._seen:
            if time.perf_counter() > end:
                raise SystemExit(f"{wanted!r} was not shown in {PATIENCE:g} s: {self._seen[-500:]!r}")
            self._read(end - time.perf_counter())

    def read_for(self, seconds: float) -> None:
        """Read what comes, for a while."""
        end = time.perf_counter() + seconds
        while self._read(max(0.0, end - time.perf_counter())) or time.perf_counter() < end:
            pass

    def end(self) -> None:
        """End it."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if ready:
            self._seen = self._seen[-8192:] + os.read(self._terminal, 65536)
        return bool(ready)


@contextmanager
def started() -> Iterator[Program]:
    """A program that has painted its list."""
    program = Program()
    try:
        program.wait_for(LAST)
        yield program
    finally:
        program.end()


def steps() -> list[float]:
    """The waits for steps of the cursor behind the first picture, down and up, in seconds."""
    waits: list[float] = []
    with started() as program:
        end = time.perf_counter() + STEPS
        row, step = 0, 1
        while time.perf_counter() < end:
            step = 1 if row == 0 else -1 if row == len(NAMES) - 1 else step
            row += step
            waits.append(program.type(b"j" if step > 0 else b"k", NAMES[row].encode()))
    return waits


def first_and_second() -> dict[str, float]:
    """How much longer each key waits when it is pressed first, in seconds."""
    more: dict[str, float] = {}
    with started() as program:
        program.read_for(1.0)
        for name, (keys, wanted, close) in KEYS.items():
            first = program.type(keys, wanted)
            program.read_for(CLOSING)
            program.write(close)
            program.read_for(CLOSING)
            more[name] = first - program.type(keys, wanted)
            program.read_for(CLOSING)
            program.write(close)
            program.read_for(CLOSING)
    return more


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as home:
        at_home(home)
        with started() as program:
            program.read_for(2.0)
        waits = [wait for _ in range(rounds) for wait in steps()]
        presses = [first_and_second() for _ in range(rounds)]
    print(f"a step while the rest is loaded: longest {max(waits) * 1000:.0f} ms, median ", end="")
    print(f"{statistics.median(waits) * 1000:.0f} ms, of {len(waits)}")
    for name in KEYS:
        print(f"{name:20} first press {statistics.median(each[name] for each in presses) * 1000:+6.0f} ms")


if __name__ == "__main__":
    main()
