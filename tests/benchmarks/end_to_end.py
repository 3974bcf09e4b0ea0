"""How fast the whole program is, from the key to the screen: against `ssh` in the same PTY and in tmux, in one run.

Run it with `python tests/benchmarks/end_to_end.py [--megabytes N] [--rounds N] [--keys N] [PART ...]`, where a part
is start, flood, interrupt or keys. A real sshd listens on loopback; Mooring, tmux with `ssh -tt` in it, and plain
`ssh -tt` each run under a PTY of ours, one after the other in every round, and the best round counts, since machines
are never quiet. What counts as shown is what was written to that PTY.
"""

from __future__ import annotations

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.command_line import MOORING
from support.fake_terminal import FakeTerminal, fake_terminal
from support.process_tree import processor_seconds
from support.programs import require_program
from support.sshd import running_sshd
from support.terminal_workloads import coloured_log

COLUMNS, LINES = 120, 34
PROMPT = b"there> "
LIMIT = 300.0
MEGABYTE = 1_000_000
_KEPT = 500
"""Bytes of what was written that are kept while waiting: more than any mark has."""

Opened = AbstractContextManager[tuple[FakeTerminal, int]]
"""A terminal with a shell in it, and the process whose descendants, itself included, do the work."""


class Bench:
    """A server, a configuration, and the three ways to a shell on it."""

    def __init__(self, folder: Path, config: Path) -> None:
        self._config = config
        self.ssh_words = [require_program("ssh"), "-tt", "-F", str(config), "box"]
        self._tmux = [require_program("tmux"), "-S", str(folder / "tmux"), "-f", "/dev/null"]
        home = folder / "home"
        home.mkdir(exist_ok=True)
        self._environment = {"HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TMUX": "", "SHELL": "/bin/sh"}
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            self._environment[f"XDG_{name}_HOME"] = str(home / name.lower())
        settings = home / "config" / "mooring" / "settings.toml"
        settings.parent.mkdir(parents=True)
        # A terminal that goes away would leave an engine behind, with whatever floods in it.
        settings.write_text("keep_sessions_minutes = 0\n")

    @contextmanager
    def mooring(self) -> Iterator[tuple[FakeTerminal, int]]:
        """The program, with one session open."""
        with self.mooring_list() as terminal:
            terminal.write(b"\r")
            wait_for(terminal, PROMPT)
            yield terminal, terminal.process_id

    @contextmanager
    def mooring_list(self) -> Iterator[FakeTerminal]:
        """The program, its machines listed."""
        with self._terminal(*MOORING, "-F", str(self._config)) as terminal:
            wait_for(terminal, b"box")
            yield terminal

    @contextmanager
    def ssh(self) -> Iterator[tuple[FakeTerminal, int]]:
        """`ssh -tt` alone."""
        with self._terminal(*self.ssh_words) as terminal:
            wait_for(terminal, PROMPT)
            yield terminal, terminal.process_id

    @contextmanager
    def tmux(self) -> Iterator[tuple[FakeTerminal, int]]:
        """`ssh -tt` in a pane of tmux, shown in the PTY."""
        with self._terminal(*self._tmux, "new-session", *self.ssh_words) as terminal:
            try:
                wait_for(terminal, PROMPT)
                yield terminal, int(self.ask_tmux("display-message", "-p", "#{pid}"))
            finally:
                self.ask_tmux("kill-server")

    @contextmanager
    def unseen_tmux(self) -> Iterator[int]:
        """`ssh -tt` in a pane of a tmux that nobody looks at: it only has to keep the screen. Yields its process."""
        pane = f"{shlex.join(self.ssh_words)}; {shlex.join(self._tmux)} wait-for -S ended; exec cat"
        self.ask_tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(LINES), pane)
        try:
            while PROMPT.strip() not in self.ask_tmux("capture-pane", "-p"):
                time.sleep(0.05)
            yield int(self.ask_tmux("display-message", "-p", "#{pid}"))
        finally:
            self.ask_tmux("kill-server")

    def ask_tmux(self, *words: str) -> bytes:
        """What tmux answers to a command."""
        environment = {**os.environ, **self._environment, "TERM": "xterm-256color"}
        return subprocess.run([*self._tmux, *words], env=environment, stdout=subprocess.PIPE, check=True).stdout

    @contextmanager
    def flooding_ssh(self) -> Iterator[None]:
        """An `ssh -tt` beside the measured one, whose output is thrown away."""
        with subprocess.Popen(
            [*self.ssh_words, "yes"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as ssh:
            try:
                yield
            finally:
                ssh.terminate()

    @contextmanager
    def mooring_beside_flood(self) -> Iterator[tuple[FakeTerminal, int]]:
        """The program, a session open, and another tab that runs `yes` and is not looked at."""
        with self.mooring() as (terminal, process_id):
            terminal.write(b"yes\r")
            drain(terminal, seconds=0.5)
            terminal.write(b"\x1b[24~d")  # F12, d: the same machine once more
            wait_for(terminal, PROMPT)
            yield terminal, process_id

    @contextmanager
    def ssh_beside_flood(self) -> Iterator[tuple[FakeTerminal, int]]:
        """`ssh -tt` beside another that is flooded."""
        with self.flooding_ssh(), self.ssh() as opened:
            yield opened

    def _terminal(self, *words: str) -> AbstractContextManager[FakeTerminal]:
        return fake_terminal(words, columns=COLUMNS, lines=LINES, environment=self._environment)


def wait_for(terminal: FakeTerminal, mark: bytes, *, seconds: float = LIMIT) -> None:
    """Read until `mark` has been written, and forget all up to the end of it."""
    end = time.monotonic() + seconds
    while mark not in terminal.output:
        terminal.output = terminal.output[-_KEPT:]
        if not terminal.read() or time.monotonic() > end:
            raise SystemExit(f"{mark!r} did not come; the last was {terminal.output!r}")
    terminal.output = terminal.output.partition(mark)[2]


def drain(terminal: FakeTerminal, *, seconds: float) -> None:
    """Read what comes for a while and forget it."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)
        terminal.output = b""


def time_start(bench: Bench) -> tuple[float, float]:
    """Seconds from the start to the list of machines, and from enter to the remote prompt."""
    began = time.perf_counter()
    with bench.mooring_list() as terminal:
        listed = time.perf_counter()
        drain(terminal, seconds=1.5)
        pressed = time.perf_counter()
        terminal.write(b"\r")
        wait_for(terminal, PROMPT)
        return listed - began, time.perf_counter() - pressed


def time_ssh_start(bench: Bench) -> float:
    """Seconds from the start of `ssh -tt` to the remote prompt."""
    began = time.perf_counter()
    with bench.ssh():
        return time.perf_counter() - began


def time_flood(opened: Opened, log: Path) -> tuple[float, float]:
    """Seconds, and seconds of processor, from the command to the mark behind the log on the screen."""
    with opened as (terminal, process_id):
        spent = processor_seconds(process_id)
        began = time.perf_counter()
        terminal.write(f"cat {log}; echo all-of''-it\r".encode())
        wait_for(terminal, b"all-of-it")
        return time.perf_counter() - began, processor_seconds(process_id) - spent


def time_flood_of_tmux(bench: Bench, log: Path) -> tuple[float, float]:
    """The same in tmux: until ssh has ended behind the log and the mark is on the screen."""
    with bench.unseen_tmux() as process_id:
        spent = processor_seconds(process_id)
        began = time.perf_counter()
        bench.ask_tmux("send-keys", f"cat {log}; echo all-of''-it; exit", "Enter")
        bench.ask_tmux("wait-for", "ended")
        while b"all-of-it" not in bench.ask_tmux("capture-pane", "-p"):
            time.sleep(0.01)
        return time.perf_counter() - began, processor_seconds(process_id) - spent


def time_interrupts(opened: Opened, count: int) -> list[float]:
    """Seconds from ^C during `yes` to the prompt, each time after a second of it."""
    times: list[float] = []
    with opened as (terminal, _process_id):
        for _number in range(count):
            terminal.write(b"yes\r")
            drain(terminal, seconds=1.0)
            began = time.perf_counter()
            terminal.write(b"\x03")
            wait_for(terminal, PROMPT)
            times.append(time.perf_counter() - began)
            drain(terminal, seconds=0.3)
    return times


def time_keys(opened: Opened, count: int) -> list[float]:
    """Milliseconds from each key to its echo by a raw `cat` on the other side; never twice the same key."""
    times: list[float] = []
    with opened as (terminal, _process_id):
        terminal.write(b"clear; stty raw -echo; echo ra''w; exec cat\r")
        wait_for(terminal, b"raw")
        drain(terminal, seconds=0.5)
        for number in range(count):
            key = chr(0x100 + number).encode()
            began = time.perf_counter()
            terminal.write(key)
            wait_for(terminal, key)
            times.append(1000 * (time.perf_counter() - began))
            # Keys come at every moment of whatever else goes on.
            drain(terminal, seconds=0.01 + 0.0037 * (number % 11))
    return times


def show_start(bench: Bench, rounds: int) -> None:
    """Print how long one waits at the beginning."""
    both = [(time_start(bench), time_ssh_start(bench)) for _ in range(rounds)]
    listed = min(ours[0] for ours, _ssh in both)
    opened = min(ours[1] for ours, _ssh in both)
    ssh = min(ssh for _ours, ssh in both)
    print(f"start to list {listed:.2f} s; enter to prompt {opened:.2f} s, ssh {ssh:.2f} s, ratio {opened / ssh:.2f}")


def show_flood(bench: Bench, rounds: int, folder: Path, megabytes: int) -> None:
    """Print how long `cat` of a coloured log takes."""
    log = folder / "log"
    block = coloured_log(MEGABYTE, COLUMNS, LINES).replace(b"\r\n", b"\n")
    with log.open("wb") as file:
        for _number in range(megabytes):
            file.write(block)
    ways: dict[str, Callable[[], tuple[float, float]]] = {
        "ssh": lambda: time_flood(bench.ssh(), log),
        "ssh in tmux": lambda: time_flood_of_tmux(bench, log),
        "ssh in tmux, looked at": lambda: time_flood(bench.tmux(), log),
        "mooring": lambda: time_flood(bench.mooring(), log),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            times[name].append(way())
    best = {name: min(found) for name, found in times.items()}
    reference = best["ssh in tmux"]
    for name, (seconds, processor) in best.items():
        ratios = sorted(ours[0] / theirs[0] for ours, theirs in zip(times[name], times["ssh in tmux"], strict=True))
        print(
            f"cat of {megabytes} MB, {name}: {seconds:.2f} s ({processor:.2f} s of processor), "
            f"{seconds / reference[0]:.2f} of tmux's; by round {' '.join(f'{ratio:.2f}' for ratio in ratios)}"
        )


def show_interrupt(bench: Bench, rounds: int) -> None:
    """Print how soon ^C is obeyed."""
    for name, way in (("ssh in tmux", bench.tmux), ("mooring", bench.mooring)):
        times = [seconds for _ in range(rounds) for seconds in time_interrupts(way(), 5)]
        print(f"^C during yes, {name}: median {statistics.median(times):.3f} s, slowest {max(times):.3f} s")


def show_keys(bench: Bench, rounds: int, count: int) -> None:
    """Print how soon a key's echo is there: of the rounds the one with the best p99."""
    ways: dict[str, Callable[[], Opened]] = {
        "ssh": bench.ssh,
        "mooring": bench.mooring,
        "ssh beside a flooded ssh": bench.ssh_beside_flood,
        "mooring, another tab floods": bench.mooring_beside_flood,
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            times = sorted(time_keys(way(), count))
            found[name].append((times[len(times) * 99 // 100], statistics.median(times)))
    ssh_late, ssh_median = min(found["ssh"])
    for name in ways:
        late, median = min(found[name])
        print(
            f"key to echo, {name}: median {median:.2f} ms ({median - ssh_median:+.2f}), "
            f"p99 {late:.2f} ms ({late - ssh_late:+.2f})"
        )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Speed of the whole program against ssh and tmux.")
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keys", type=int, default=300, help="at most 1000")
    parser.add_argument("parts", nargs="*", default=["start", "flood", "interrupt", "keys"])
    wanted = parser.parse_args()
    for name in ("TMUX_PANE", "NO_COLOR", "SSH_AUTH_SOCK"):
        os.environ.pop(name, None)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mooring-end-to-end-")))
        shell = f"exec env -u ENV PS1='{PROMPT.decode()}' /bin/sh"
        forced = f'ForceCommand test -z "$SSH_ORIGINAL_COMMAND" || exec $SSH_ORIGINAL_COMMAND; {shell}'
        server = stack.enter_context(running_sshd(folder / "sshd", forced))
        bench = Bench(folder, server.write_client_config("box"))
        parts: dict[str, Callable[[], None]] = {
            "start": lambda: show_start(bench, wanted.rounds),
            "flood": lambda: show_flood(bench, wanted.rounds, folder, wanted.megabytes),
            "interrupt": lambda: show_interrupt(bench, wanted.rounds),
            "keys": lambda: show_keys(bench, wanted.rounds, wanted.keys),
        }
        for name in wanted.parts:
            parts[name]()
            sys.stdout.flush()


if __name__ == "__main__":
    main()
