"""How long it takes until 10, 10,000 and 100,000 machines are listed, and what they cost in memory.

Run it with `python tests/benchmarks/inventory.py [SIZE ...]`. Each line is a process of its own: seconds until all is
read and merged (imports are done before), processor seconds of that, MiB of memory that is held then, and the processor
time for one machine as a ratio to that of the smallest size from a thousand on: it stays near 1 where loading is
linear. The sources:

ssh_config  files of a thousand `Host` blocks each, included by a glob, below a `Host *` and a pattern
ansible     one program that prints a dynamic inventory in JSON, with `_meta.hostvars` of ten variables a host
own         machines.toml
all three   the same names in all of them: what merging costs
select      `tag:web !group:group-3 web-1*` over the machines of `all three`
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mooring.inventory import Inventory, InventoryReader, Source, select
from mooring.inventory.ansible.command import CommandSource
from mooring.inventory.own import OwnMachinesSource
from mooring.inventory.ssh_config import SshConfigSource

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.waiting import resident_bytes

SIZES = (10, 10_000, 100_000)
_BLOCKS_IN_A_FILE = 1000


@dataclass(frozen=True)
class Sources:
    """Files of one size in a folder."""

    folder: Path

    def ssh_config(self) -> Source:
        return SshConfigSource(str(self.folder / "config"))

    def ansible(self) -> Source:
        return CommandSource("ansible", [str(self.folder / "inventory")], timeout=500, folder=self.folder)

    def own(self) -> Source:
        return OwnMachinesSource(self.folder / "machines.toml")


def write(folder: Path, size: int) -> None:
    """Write the files of all sources."""
    names = [f"web-{number}" for number in range(size)]
    addresses = [f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" for number in range(size)]
    (folder / "conf.d").mkdir()
    for start in range(0, size, _BLOCKS_IN_A_FILE):
        blocks = [
            f"Host {name}\n    HostName {address}\n    Port 2222\n    IdentityFile ~/.ssh/key\n"
            for name, address in zip(names[start:][:_BLOCKS_IN_A_FILE], addresses[start:], strict=False)
        ]
        (folder / "conf.d" / f"{start:06}.conf").write_text("".join(blocks))
    (folder / "config").write_text(
        f"Include {folder}/conf.d/*.conf\nHost web-*\n  User ops\nHost *\n  Compression yes\n"
    )
    more = {f"variable_{number}": "x" * 20 for number in range(7)}
    hostvars = {
        name: {"ansible_host": address, "ansible_user": "ops", "ansible_port": 2222, **more}
        for name, address in zip(names, addresses, strict=True)
    }
    groups = {f"group-{number}": {"hosts": names[number::10]} for number in range(10)}
    everything = {"_meta": {"hostvars": hostvars}, "all": {"children": list(groups)}, **groups}
    (folder / "inventory.json").write_text(json.dumps(everything))
    (folder / "inventory").write_text(f"#!/bin/sh\nexec cat {folder}/inventory.json\n")
    (folder / "inventory").chmod(0o755)
    entries = [
        f'[[machine]]\nname = "{name}"\nhost = "{address}"\ntags = ["web"]\n\n'
        for name, address in zip(names, addresses, strict=True)
    ]
    (folder / "machines.toml").write_text("".join(entries))
    for path in (folder / "config", folder / "machines.toml", *folder.glob("conf.d/*")):
        path.chmod(0o600)


def measure(what: str, folder: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds and MiB of one thing, in this process."""
    sources = Sources(folder)
    makers: dict[str, tuple[Callable[[], Source], ...]] = {
        "ssh_config": (sources.ssh_config,),
        "ansible": (sources.ansible,),
        "own": (sources.own,),
    }
    makers["all three"] = makers["select"] = (sources.own, sources.ssh_config, sources.ansible)
    before = _held()
    started, worked = time.perf_counter(), time.process_time()
    *_parts, inventory = InventoryReader([make() for make in makers[what]], patience=1000).read()
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    _check(inventory)
    if what == "select":
        started, worked = time.perf_counter(), time.process_time()
        select(inventory.machines, ["tag:web !group:group-3 web-1*"])
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
    return seconds, processor, (_held() - before) / 2**20


def _check(inventory: Inventory) -> None:
    if inventory.problems or not inventory.machines or any(machine.problem for machine in inventory.machines):
        raise SystemExit(f"not a good inventory: {inventory.problems[:3]}")


def _held() -> int:
    gc.collect()
    return resident_bytes(os.getpid())


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--measure"]:
        print(*measure(sys.argv[2], Path(sys.argv[3])))
        return
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    print(f"{'':12}{'machines':>9}{'seconds':>9}{'processor':>11}{'MiB':>7}{'ratio':>7}")
    base: dict[str, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            write(Path(name), size)
            for what in ("ssh_config", "ansible", "own", "all three", "select"):
                words = [sys.executable, __file__, "--measure", what, name]
                output = subprocess.run(words, capture_output=True, text=True, check=True).stdout
                seconds, processor, mebibytes = map(float, output.split())
                each = processor / size
                if size >= 1000:
                    base.setdefault(what, each)
                ratio = f"{each / base[what]:7.2f}" if what in base else ""
                print(f"{what:12}{size:9}{seconds:9.3f}{processor:11.3f}{mebibytes:7.0f}{ratio}")


if __name__ == "__main__":
    main()
