"""How long `mooring --native-ssh ssh HOST true` takes from start to end, against `ssh HOST true`, in one run.

Run it with `python tests/benchmarks/startup.py [ROUNDS]`. It starts a real sshd on loopback and prints, of rounds that
take turns: the best and the median wall time, and the best processor time of the client alone (which other work on
the machine disturbs less), all in milliseconds, with the ratios. Modules are compiled beforehand, as they are after a
program's first start. `import` is the same interpreter loading asyncssh and
nothing else: the floor for anything that is built on it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.command_line import MOORING
from support.programs import require_program
from support.sshd import running_sshd

ROUNDS = 10


@dataclass
class Times:
    """What was measured of one command, in seconds."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def describe(self) -> str:
        """A line of milliseconds."""
        best, median, processor = min(self.wall), statistics.median(self.wall), min(self.processor)
        return f"{best * 1000:9.0f} {median * 1000:9.0f} {processor * 1000:9.0f}"


def measure(words: list[str], times: Times, environment: Mapping[str, str]) -> None:
    """Run a command once."""
    before = os.times()
    started = time.perf_counter()
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, env=environment)
    times.wall.append(time.perf_counter() - started)
    after = os.times()
    children = after.children_user + after.children_system - before.children_user - before.children_system
    times.processor.append(children)
    if done.returncode != 0:
        raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder, running_sshd(Path(folder)) as server:
        config = str(server.write_client_config("here"))
        commands = {
            "ssh": [require_program("ssh"), "-F", config, "here", "true"],
            "native": [*MOORING, "--native-ssh", "-F", config, "ssh", "here", "true"],
            "import": [sys.executable, "-c", "import asyncssh"],
        }
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        measured = {name: Times() for name in commands}
        for words in commands.values():
            measure(words, Times(), environment)
        for _round in range(rounds):
            for name, words in commands.items():
                measure(words, measured[name], environment)
    print(f"{'':8}{'best':>9} {'median':>9} {'processor':>9}")
    for name, times in measured.items():
        print(f"{name:8}{times.describe()}")
    native, ssh = measured["native"], measured["ssh"]
    print(
        f"native / ssh: best {min(native.wall) / min(ssh.wall):.1f}, "
        f"median {statistics.median(native.wall) / statistics.median(ssh.wall):.1f}"
    )


if __name__ == "__main__":
    main()
