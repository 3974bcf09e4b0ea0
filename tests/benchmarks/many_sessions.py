"""How soon a key's echo is there with fifty sessions open, while one of them floods; prints, asserts nothing.

    python tests/benchmarks/many_sessions.py [--sessions 50] [--keys 300] [--rounds 3]

The real program runs in a PTY, against a real sshd on loopback, beside `ssh -tt` in the same PTY with as many others
open. What counts as shown is what was written to that PTY. Printed as well: how long a tab takes to come forward, the
machines and a session again, and the leader's keys, with two sessions and with all.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.end_to_end import PROMPT, Bench, drain, time_keys, wait_for
from support.fake_terminal import FakeTerminal
from support.sshd import running_sshd

LEADER = b"\x1b[24~"
NEXT_TAB, PREVIOUS_TAB = b"\x1b[6;5~", b"\x1b[5;5~"


@contextmanager
def with_sessions(bench: Bench, count: int) -> Iterator[tuple[FakeTerminal, int]]:
    """The program with so many sessions open, the last of them in view."""
    with bench.mooring() as (terminal, process_id):
        for _ in range(count - 1):
            terminal.write(LEADER + b"d")
            wait_for(terminal, PROMPT)
        drain(terminal, seconds=1.0)
        yield terminal, process_id


@contextmanager
def with_flood(bench: Bench, count: int) -> Iterator[tuple[FakeTerminal, int]]:
    """The same, and the tab to the left runs `yes`."""
    with with_sessions(bench, count) as (terminal, process_id):
        terminal.write(PREVIOUS_TAB)
        drain(terminal, seconds=1.0)
        terminal.write(b"yes\r")
        drain(terminal, seconds=0.5)
        terminal.write(NEXT_TAB)
        drain(terminal, seconds=1.0)
        yield terminal, process_id


@contextmanager
def beside_others(bench: Bench, count: int) -> Iterator[tuple[FakeTerminal, int]]:
    """`ssh -tt` beside as many others, one of which floods."""
    idle = [
        subprocess.Popen(
            [*bench.ssh_words, "cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(count - 2)
    ]
    try:
        with bench.ssh_beside_flood() as opened:
            yield opened
    finally:
        for process in idle:
            process.terminate()
            process.wait()


def time_tabs(terminal: FakeTerminal, count: int) -> list[float]:
    """Milliseconds until another tab's prompt is there, going back and forth."""
    times: list[float] = []
    for number in range(count):
        began = time.perf_counter()
        terminal.write(PREVIOUS_TAB if number % 2 == 0 else NEXT_TAB)
        wait_for(terminal, PROMPT.strip())
        times.append(1000 * (time.perf_counter() - began))
        drain(terminal, seconds=0.2)
    return times


def time_machines(terminal: FakeTerminal, count: int) -> list[float]:
    """Milliseconds to the machines, told by the footer, and to a session again, told by its prompt; both together."""
    times: list[float] = []
    for _ in range(count):
        began = time.perf_counter()
        terminal.write(LEADER + b"1")
        wait_for(terminal, b"filter")
        terminal.write(LEADER + b"2")
        wait_for(terminal, PROMPT.strip())
        times.append(1000 * (time.perf_counter() - began))
        drain(terminal, seconds=0.2)
    return times


def time_leader(terminal: FakeTerminal, count: int) -> list[float]:
    """Milliseconds until the leader's keys are seen."""
    times: list[float] = []
    for _ in range(count):
        began = time.perf_counter()
        terminal.write(LEADER)
        wait_for(terminal, b"and then")
        times.append(1000 * (time.perf_counter() - began))
        terminal.write(b"\x1b")
        drain(terminal, seconds=0.2)
    return times


def described(times: Sequence[float]) -> str:
    """Median, p95 and the slowest."""
    ordered = sorted(times)
    late = ordered[len(ordered) * 95 // 100]
    return f"median {statistics.median(ordered):.1f} ms, p95 {late:.1f} ms, slowest {ordered[-1]:.1f} ms"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Key to echo with many sessions, one of them flooding.")
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--keys", type=int, default=300, help="at most 1000")
    parser.add_argument("--rounds", type=int, default=1)
    wanted = parser.parse_args()
    for name in ("TMUX_PANE", "NO_COLOR", "SSH_AUTH_SOCK"):
        os.environ.pop(name, None)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mooring-many-sessions-")))
        shell = f"exec env -u ENV PS1='{PROMPT.decode()}' /bin/sh"
        forced = f'ForceCommand test -z "$SSH_ORIGINAL_COMMAND" || exec $SSH_ORIGINAL_COMMAND; {shell}'
        server = stack.enter_context(running_sshd(folder / "sshd", forced))
        bench = Bench(folder, server.write_client_config("box"))
        count = wanted.sessions
        for number in (2, count):
            with with_sessions(bench, number) as (terminal, _process_id):
                for name, times in (
                    ("another tab", time_tabs(terminal, 20)),
                    ("to the machines and back", time_machines(terminal, 20)),
                    ("the leader's keys", time_leader(terminal, 20)),
                ):
                    print(f"{number} sessions, {name}: {described(times)}", flush=True)
        for _ in range(wanted.rounds):
            for name, opened in (
                ("ssh, 1 alone", bench.ssh()),
                (f"ssh beside {count - 1} others, one floods", beside_others(bench, count)),
                ("mooring, 1 session", bench.mooring()),
                (f"mooring, {count} sessions, one floods", with_flood(bench, count)),
            ):
                print(f"key to echo, {name}: {described(time_keys(opened, wanted.keys))}", flush=True)


if __name__ == "__main__":
    main()
