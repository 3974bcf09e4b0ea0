"""How fast the engine brings output to the UI's process, and how soon a key's echo: against `ssh -tt`, in one run.

Run it with `python tests/benchmarks/engine.py [MEGABYTES]`. It starts a real sshd on loopback and prints, best of
three: seconds for `cat` of a coloured log through a PTY, and milliseconds from key to echo.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mooring.engine.client import EngineClient
from mooring.model.machine import Target
from mooring.model.terminal import TerminalSize
from mooring.session import CREDIT
from support.engine import EngineRecorder, machine_of
from support.programs import require_program
from support.sshd import SshServer, running_sshd

ROUNDS = 3
KEYS = 300
MARK = b"all-of-it"


class Taker(EngineRecorder):
    """A UI that takes everything at once and keeps only the end of it."""

    def __init__(self) -> None:
        super().__init__()
        self.client: EngineClient | None = None
        self._ungranted: Counter[int] = Counter()

    def output_received(self, session: int, data: bytes) -> None:
        self._ungranted[session] += len(data)
        if self._ungranted[session] > CREDIT // 4 and self.client is not None:
            self.client.grant(session, self._ungranted[session])
            self._ungranted[session] = 0
        del self.output[session][:-200]
        super().output_received(session, data)


def write_log(path: Path, megabytes: int) -> None:
    """A coloured log of that size."""
    line = "\x1b[32m2024-01-01T00:00:00\x1b[0m \x1b[1;34mINFO\x1b[0m request {0:08d} took \x1b[33m{1} ms\x1b[0m\n"
    lines = "".join(line.format(number, number % 977) for number in range(10_000)).encode()
    with path.open("wb") as file:
        for _ in range(megabytes * 1_000_000 // len(lines) + 1):
            file.write(lines)


def time_ssh(config: Path, log: Path) -> float:
    """Seconds for `ssh -tt` to bring the log to a reader that throws it away."""
    command = [require_program("ssh"), "-tt", "-F", str(config), "box", f"cat {log}"]
    started = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as ssh:
        assert ssh.stdout is not None
        while os.read(ssh.stdout.fileno(), 1 << 20):
            pass
    return time.perf_counter() - started


async def open_shell(client: EngineClient, taker: Taker, config: Path, session: int) -> None:
    """A shell without echo."""
    taker.client = client
    target = Target("box", config_file=str(config))
    client.open(session, machine_of(target), TerminalSize(80, 24), "xterm-256color", {}, CREDIT)
    client.send(session, b"stty -echo; PS1= exec sh\r")
    client.send(session, b"echo re'ad'y\r")
    await taker.text(session, b"ready")


async def time_engine(config: Path, log: Path, folder: Path) -> float:
    """Seconds from the command to the mark behind the log, in a session that is open already."""
    taker = Taker()
    client = await EngineClient.start(taker, log_file=folder / "engine.log")
    try:
        await open_shell(client, taker, config, 1)
        started = time.perf_counter()
        client.send(1, f"cat {log}; echo all-of''-it\r".encode())
        await taker.text(1, MARK, limit=300)
        return time.perf_counter() - started
    finally:
        await client.stop()


async def time_keys(config: Path, folder: Path, *, flood: bool) -> list[float]:
    """Milliseconds from each key to its echo by a raw `cat` on the other side; `flood`: another session runs `yes`."""
    taker = Taker()
    client = await EngineClient.start(taker, log_file=folder / "engine.log")
    try:
        await open_shell(client, taker, config, 1)
        client.send(1, b"stty raw; echo ra'w'; exec cat\r")
        await taker.text(1, b"raw")
        if flood:
            await open_shell(client, taker, config, 2)
            client.send(2, b"yes\r")
            await taker.until(lambda: taker.received[2] > 1_000_000)
        times: list[float] = []
        for number in range(KEYS):
            started = time.perf_counter()
            client.send(1, b"%d" % (number % 10))
            await taker.more(1)
            times.append(1000 * (time.perf_counter() - started))
        return times
    finally:
        await client.stop()


def time_keys_of_ssh(config: Path) -> list[float]:
    """The same through `ssh -tt`."""
    command = [require_program("ssh"), "-tt", "-F", str(config), "box", "stty raw -echo; echo raw; exec cat"]
    times: list[float] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as ssh:
        assert ssh.stdin is not None
        assert ssh.stdout is not None
        while b"raw" not in os.read(ssh.stdout.fileno(), 1000):
            pass
        for number in range(KEYS):
            started = time.perf_counter()
            os.write(ssh.stdin.fileno(), b"%d" % (number % 10))
            os.read(ssh.stdout.fileno(), 1000)
            times.append(1000 * (time.perf_counter() - started))
        ssh.terminate()
    return times


def measure(server: SshServer, folder: Path, megabytes: int) -> None:
    """Print both comparisons."""
    log = folder / "log"
    write_log(log, megabytes)
    config = server.write_client_config("box")
    ssh = min(time_ssh(config, log) for _ in range(ROUNDS))
    ours = min(asyncio.run(time_engine(config, log, folder)) for _ in range(ROUNDS))
    print(f"cat of {megabytes} MB: ssh -tt {ssh:.2f} s, engine {ours:.2f} s, ratio {ours / ssh:.2f}")
    keys = {
        "ssh -tt": time_keys_of_ssh(config),
        "engine": asyncio.run(time_keys(config, folder, flood=False)),
        "engine, another session floods": asyncio.run(time_keys(config, folder, flood=True)),
    }
    for name, times in keys.items():
        median, late = statistics.median(times), sorted(times)[len(times) * 99 // 100]
        print(f"key to echo, {name}: median {median:.2f} ms, p99 {late:.2f} ms")


def main() -> None:
    """Measure."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as name, running_sshd(Path(name) / "sshd") as server:
        measure(server, Path(name), megabytes)


if __name__ == "__main__":
    main()
