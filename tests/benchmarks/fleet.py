"""How long `uname -a` takes on two hundred machines: `mooring run` against clush, parallel-ssh and xargs with ssh.

Run it with `python tests/benchmarks/fleet.py [--machines N] [--servers N] [--rounds N] [--only PROGRAM]`. Real sshds on
loopback listen, each on a port of its own, with many names in one ssh_config; every name has a HostKeyAlias and so a
line in known_hosts, or Mooring would share a connection between those that lead to one place. All but parallel-ssh,
which knows no known_hosts, check the host keys. The four take turns in one run.

`clush` (ClusterShell) and parallel-ssh are looked for beside this interpreter, and left out where they are not: `pip
install ClusterShell parallel-ssh` brings them. Printed are, for each: the best and the median wall time, the best
processor time of the client with all its children, that of the servers meanwhile, and the peak of its resident memory
(all processes, sampled). `--faults` runs another comparison: Mooring alone on machines of which one floods 1 GB.
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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.command_line import MOORING
from support.process_tree import processor_seconds
from support.programs import require_program
from support.sshd import SshServer, running_sshd
from support.waiting import resident_bytes, wait_until

COMMAND = "uname -a"
SAMPLE_SECONDS = 0.05

PARALLEL_SSH = """
import sys
from pssh.clients import ParallelSSHClient
from pssh.config import HostConfig
ports, user, key, command = sys.argv[1].split(","), sys.argv[2], sys.argv[3], sys.argv[4]
hosts = [HostConfig(port=int(port)) for port in ports]
client = ParallelSSHClient(["127.0.0.1"] * len(hosts), host_config=hosts, user=user, pkey=key)
answers = client.run_command(command)
client.join(answers)
for answer in answers:
    print("\\n".join(answer.stdout))
"""


@dataclass
class Figures:
    """What was measured of one program; seconds and bytes."""

    wall: list[float] = field(default_factory=list)
    client: list[float] = field(default_factory=list)
    servers: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    def describe(self) -> str:
        """One line."""
        return (
            f"{min(self.wall):9.2f} {statistics.median(self.wall):9.2f} {min(self.client):9.2f} "
            f"{min(self.servers):9.2f} {max(self.memory) / 1024**2:9.0f}"
        )


@dataclass(frozen=True)
class Fleet:
    """The servers, and what clients need to reach all machines."""

    servers: Sequence[SshServer]
    names: Sequence[str]
    config: Path
    home: Path

    def port(self, index: int) -> int:
        """Where a machine listens."""
        return self.servers[index % len(self.servers)].port

    def processor_seconds(self) -> float:
        """What the servers have used, once nobody is connected any more."""
        for server in self.servers:
            process = server.process.pid
            wait_until(partial(_has_no_children, process), what="all have disconnected")
        return sum(processor_seconds(server.process.pid) for server in self.servers)

    def commands(self) -> dict[str, list[str]]:
        """The programs to compare, by name; those that are not installed are left out."""
        names = " ".join(self.names)
        commands = {"mooring": [*MOORING, "-F", str(self.config), "run", "--gather", "-n", "--on", "m*", "--", COMMAND]}
        programs = Path(sys.executable).parent
        if (clush := programs / "clush").exists():
            commands["clush -b"] = [str(clush), "-b", "-o", f"-F {self.config}", "-w", ",".join(self.names), COMMAND]
        if subprocess.run([sys.executable, "-c", "import pssh"], capture_output=True).returncode == 0:
            ports = ",".join(str(self.port(index)) for index in range(len(self.names)))
            server = self.servers[0]
            commands["parallel-ssh"] = [
                sys.executable, "-c", PARALLEL_SSH, ports, server.user, str(server.client_key), COMMAND,
            ]  # fmt: skip
        shell = f"printf '%s\\n' {names} | xargs -P 20 -I{{}} ssh -F {self.config} {{}} {COMMAND} | sort | uniq -c"
        commands["xargs ssh"] = ["/bin/sh", "-c", shell]
        return commands


def _has_no_children(process_id: int) -> bool:
    return not Path(f"/proc/{process_id}/task/{process_id}/children").read_text()


@contextmanager
def running_fleet(folder: Path, machines: int, servers: int) -> Iterator[Fleet]:
    """Start the servers and write the configuration."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(running_sshd(folder / f"sshd{index}", "MaxStartups 1000", "LogLevel ERROR"))
            for index in range(servers)
        ]
        for server in started[1:]:
            server.authorize((started[0].folder / "client_key.pub").read_text())
        names = [f"m{index + 1:03}" for index in range(machines)]
        known = folder / "known_hosts"
        known.write_text(
            "".join(f"{name} {started[index % servers].host_public_key}\n" for index, name in enumerate(names))
        )
        hosts = "".join(
            f"Host {name}\nHostName 127.0.0.1\nPort {started[index % servers].port}\nHostKeyAlias {name}\n"
            for index, name in enumerate(names)
        )
        config = folder / "config"
        config.write_text(
            f"{hosts}Host *\nUser {started[0].user}\nIdentityFile {started[0].client_key}\nIdentitiesOnly yes\n"
            f"IdentityAgent none\nUserKnownHostsFile {known}\nGlobalKnownHostsFile /dev/null\n"
            "StrictHostKeyChecking yes\n"
        )
        config.chmod(0o600)
        home = folder / "home"
        home.mkdir()
        yield Fleet(started, names, config, home)


def measure(words: list[str], fleet: Fleet, figures: Figures) -> None:
    """Run one program once."""
    environment = {**os.environ, "HOME": str(fleet.home), "PYTHONPYCACHEPREFIX": str(fleet.home / "compiled")}
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment[f"XDG_{name}_HOME"] = str(fleet.home / name.lower())
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    servers = fleet.processor_seconds()
    before = os.times()
    started = time.perf_counter()
    peak = 0
    with (fleet.home / "errors").open("wb") as errors, (fleet.home / "output").open("wb") as output:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env=environment)
        while True:
            try:
                process.wait(SAMPLE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, tree_memory(process.pid))
    figures.wall.append(time.perf_counter() - started)
    after = os.times()
    figures.client.append(after.children_user + after.children_system - before.children_user - before.children_system)
    figures.servers.append(fleet.processor_seconds() - servers)
    figures.memory.append(peak)
    answers = (fleet.home / "output").read_text(errors="replace").count("Linux")
    if process.returncode != 0 or answers == 0:
        raise SystemExit(f"{words[:3]} ended with {process.returncode}: {(fleet.home / 'errors').read_text()[-2000:]}")


def tree_memory(process_id: int) -> int:
    """Resident bytes of a process and its descendants; shared pages count in each."""
    total = 0
    with suppress(OSError, AssertionError, ValueError):
        total = resident_bytes(process_id)
        children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
        total += sum(tree_memory(int(child)) for child in children)
    return total


def compare(fleet: Fleet, rounds: int, only: Sequence[str]) -> None:
    """Measure the programs in turn, Mooring first, and print."""
    commands = {name: words for name, words in fleet.commands().items() if name == "mooring" or name in only}
    figures = {name: Figures() for name in commands}
    for words in commands.values():
        measure(words, fleet, Figures())
    for _round in range(rounds):
        for name, words in commands.items():
            measure(words, fleet, figures[name])
    print(f"`{COMMAND}` on {len(fleet.names)} machines, {rounds} rounds (seconds; memory in MiB)")
    print(f"{'':14}{'best':>9} {'median':>9} {'client':>9} {'servers':>9} {'memory':>9}")
    for name, measured in figures.items():
        print(f"{name:14}{measured.describe()}")
    ours = figures.pop("mooring")
    for name, measured in figures.items():
        best, median = (
            min(ours.wall) / min(measured.wall),
            statistics.median(ours.wall) / statistics.median(measured.wall),
        )
        print(f"mooring / {name}: best {best:.2f}, median {median:.2f}")


def flood(fleet: Fleet, gigabytes: float) -> None:
    """One machine of all floods; print what that costs."""
    count = int(gigabytes * 1_000_000_000)
    first = f"mkdir {fleet.home}/flooded 2>/dev/null"
    script = f"if {first}; then head -c {count} /dev/zero; else {COMMAND}; fi"
    words = [*MOORING, "-F", str(fleet.config), "run", "--gather", "-n", "--on", "m*", "--export"]
    figures = Figures()
    measure([*words, str(fleet.home / "export.json"), "--", script], fleet, figures)
    kept = sum(file.stat().st_size for file in (fleet.home / "state").rglob("*") if file.is_file())
    print(f"{'':14}{'best':>9} {'median':>9} {'client':>9} {'servers':>9} {'memory':>9}")
    print(f"{f'{gigabytes:g} GB flood':14}{figures.describe()}, {kept / 1024**2:.0f} MiB kept on disk")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--machines", type=int, default=200)
    parser.add_argument("--servers", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", choices=("clush -b", "parallel-ssh", "xargs ssh"), default=[])
    parser.add_argument("--faults", action="store_true")
    wanted = parser.parse_args()
    require_program("ssh")
    with tempfile.TemporaryDirectory() as name, running_fleet(Path(name), wanted.machines, wanted.servers) as fleet:
        if wanted.faults:
            flood(fleet, 1.0)
        else:
            compare(fleet, wanted.rounds, wanted.only or ("clush -b", "parallel-ssh", "xargs ssh"))


if __name__ == "__main__":
    main()
