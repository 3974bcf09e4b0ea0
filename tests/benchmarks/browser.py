"""The whole program on ten machines and on ten thousand: how soon they are listed, and what a key costs then.

Run it with `python tests/benchmarks/browser.py [--huge] [--rounds N]`; --huge adds a hundred thousand machines, once.
The machines stand in files of a thousand `Host` blocks each, included by a glob, and every second one in the dynamic
inventory of a program too, which gives it a group. `mooring` runs in a terminal of ours, and our own emulator reads
the screen. Sizes take turns, and of the rounds the best counts, since machines are never quiet. Printed are:

painted   from exec to the first full paint: panel, list or what stands in its place, and the keys at the bottom
listed    from there until every machine is listed and nothing is being read any more
work      processor time of the program, all its threads, up to there: other work on the machine disturbs it less
key       from a key in the filter until the machines, their matched letters and the count are right: median, 95th
          percentile, and processor time of the event loop's thread
step      the same for one step of the cursor
memory    resident, with everything listed, after the keys

Nothing is probed: addresses of a made-up network would be looked for (`probe_visible = false`).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mooring.inventory import InventorySources, further_sources, load
from mooring.store import Paths, Recent, load_settings
from mooring.ui.browser.rows import rows_of
from mooring_widgets.machine_list import MachineRow
from support.command_line import MOORING
from support.fake_terminal import fake_terminal
from support.list_screen import COLUMNS, LINES, Expected, Screen, Times, step, type_words
from support.machine_list_app import fleet
from support.waiting import resident_bytes

BLOCKS_IN_A_FILE = 1000
TOP, BELOW = 1, 1
"""The line of tabs above the list, and the keys below it."""


@dataclass(frozen=True)
class Fleet:
    """The files of a person with so many machines, in a home of their own."""

    home: Path
    count: int

    @property
    def environment(self) -> dict[str, str]:
        """What the program is started with."""
        folders = {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        plain = {"HOME": str(self.home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SSH_AUTH_SOCK": ""}
        return {**plain, **folders, "XDG_RUNTIME_DIR": str(self.home / "run")}

    @property
    def config(self) -> Path:
        """The ssh_config."""
        return self.home / "config"

    def write(self) -> None:
        """Write all of it."""
        machines = fleet(self.count)
        (self.home / "conf.d").mkdir(parents=True)
        (self.home / "run").mkdir(mode=0o700)
        for start in range(0, self.count, BLOCKS_IN_A_FILE):
            blocks = [
                f"Host {machine.name}\n    HostName {machine.address}\n    User {machine.user}\n    Port 2222\n"
                for machine in machines[start:][:BLOCKS_IN_A_FILE]
            ]
            (self.home / "conf.d" / f"{start:06}.conf").write_text("".join(blocks))
        self.config.write_text(f"Include {self.home}/conf.d/*.conf\nHost *\n    Compression yes\n")
        groups: dict[str, dict[str, list[str]]] = {}
        for machine in machines[::2]:
            groups.setdefault(machine.groups[0], {"hosts": []})["hosts"].append(machine.name)
        hostvars = {machine.name: {"ansible_port": 22, "rack": machine.key} for machine in machines[::2]}
        inventory = {"_meta": {"hostvars": hostvars}, "all": {"children": list(groups)}, **groups}
        (self.home / "inventory.json").write_text(json.dumps(inventory))
        settings = self.home / "settings" / "mooring" / "settings.toml"
        settings.parent.mkdir(parents=True)
        command = f"sh -c 'exec cat {self.home}/inventory.json'"
        settings.write_text(
            f'probe_visible = false\nsplash = false\n[[source]]\nname = "site"\ncommand = "{command}"\nkeep = 0\n'
        )

    def rows(self) -> Sequence[MachineRow]:
        """What is to be listed, as the program makes it."""
        paths = Paths.inside(self.home)
        settings = load_settings(self.home / "settings" / "mooring" / "settings.toml").settings
        further = further_sources(settings, paths, str(self.config))
        none = self.home / "none"
        sources = InventorySources(str(self.config), none, none, none, further)
        return rows_of(load(sources).machines, Recent())


@dataclass
class Figures:
    """What one run showed, times in milliseconds; `work` is all processor time up to the list."""

    painted: float
    listed: float
    work: float
    key: Times
    step: Times
    memory: float


def measure(person: Fleet, expected: Expected) -> Figures:
    """Start the program once, and use it."""
    words = [*MOORING, "-F", str(person.config)]
    environment = {**person.environment, "XDG_CONFIG_HOME": str(person.home / "settings")}
    began = time.perf_counter()
    with fake_terminal(words, columns=COLUMNS, lines=LINES, environment=environment) as terminal:
        screen = Screen(terminal, top=TOP, below=BELOW)
        screen.wait(lambda: "enter open" in screen.row(LINES - 1).text, "the first paint")
        painted = time.perf_counter()
        screen.wait(lambda: screen.seen[0] == str(person.count), "every machine")
        screen.wait(lambda: "reading" not in screen.row(TOP).text, "the end of reading")
        listed, work = time.perf_counter(), _processor_seconds(terminal.process_id)
        screen.settle(1.5)
        steps = step(terminal, screen)
        expected.columns = screen.columns
        terminal.write(b"/")
        screen.settle(0.3)
        keys = type_words(terminal, screen, expected)
        memory = resident_bytes(terminal.process_id) / 2**20
        terminal.write(b"\x11")  # ctrl+q
        terminal.wait()
    return Figures(1000 * (painted - began), 1000 * (listed - painted), 1000 * work, keys, steps, memory)


def _processor_seconds(process_id: int) -> float:
    """What all threads of a process have used, from /proc/PID/stat (proc(5))."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def best(runs: Sequence[Figures]) -> Figures:
    """Of each figure the best."""
    return Figures(
        min(run.painted for run in runs),
        min(run.listed for run in runs),
        min(run.work for run in runs),
        min((run.key for run in runs), key=_worst),
        min((run.step for run in runs), key=_worst),
        min(run.memory for run in runs),
    )


def _worst(times: Times) -> float:
    return sorted(times.wall)[int(0.95 * len(times.wall))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--huge", action="store_true", help="a hundred thousand machines, too")
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        people = [Fleet(Path(folder) / str(count), count) for count in (10, 10_000)]
        if wanted.huge:
            people.append(Fleet(Path(folder) / "100000", 100_000))
        expected: dict[int, Expected] = {}
        for person in people:
            person.write()
            expected[person.count] = Expected(person.rows())
        runs: dict[int, list[Figures]] = {person.count: [] for person in people}
        for number in range(wanted.rounds):
            for person in people:
                if person.count < 100_000 or number == 0:
                    runs[person.count].append(measure(person, expected[person.count]))
    for count, found in runs.items():
        figures = best(found)
        print(f"{count:>7} machines, best of {len(found)}")
        print(f"    painted  {figures.painted:7.0f} ms")
        print(f"    listed   {figures.listed:7.0f} ms after that")
        print(f"    work     {figures.work:7.0f} ms of processor time up to here")
        print(f"    key      {figures.key.describe()}")
        print(f"    step     {figures.step.describe()}")
        print(f"    memory   {figures.memory:7.0f} MiB")
    few, many = best(runs[10]), best(runs[10_000])
    print(f"10000 to 10: listed {many.listed - few.listed:.0f} ms later,", end=" ")
    print(f"step {statistics.median(many.step.wall) / statistics.median(few.step.wall):.1f} times the time", end=" ")
    print(f"and {many.step.processor / few.step.processor:.1f} times the processor")
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
