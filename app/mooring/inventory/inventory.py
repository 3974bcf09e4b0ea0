"""All machines that a person can reach, read from every source."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mooring.inventory.machine_store import MachineStoreSource
from mooring.inventory.merge import merge
from mooring.inventory.own_machines import OwnMachinesSource
from mooring.inventory.source import Source, SourceResult
from mooring.inventory.ssh_config import SshConfigSource
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.store.paths import Paths


@dataclass(frozen=True, slots=True)
class InventorySources:
    """Where machines are looked for; None means the usual place.

    `config_file` is what `-F` was given ("none" for no file at all). `machine_store` is docker-machine's folder,
    usually $MACHINE_STORAGE_PATH or ~/.docker/machine. `machines_file` is Mooring's own machines.toml.
    """

    config_file: str | None = None
    machine_store: Path | None = None
    machines_file: Path | None = None

    def in_order(self) -> tuple[Source, ...]:
        """The sources in order of precedence: own entries, then ssh_config, then the docker-machine store."""
        return (
            OwnMachinesSource(self.machines_file or Paths.of_this_person().machines_file, self.config_file),
            SshConfigSource(self.config_file),
            MachineStoreSource(self.machine_store or usual_machine_store(), self.config_file),
        )


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the sources gave: machines sorted naturally by name, and the problems that no machine's row tells."""

    machines: tuple[Machine, ...] = ()
    problems: tuple[MooringError, ...] = ()

    def find(self, name: str) -> Machine | None:
        """The machine of exactly that name."""
        return next((machine for machine in self.machines if machine.name == name), None)


def load(sources: InventorySources) -> Inventory:
    """Read every source and merge what they give. Blocks while it reads; raises nothing for bad input."""
    return load_from(sources.in_order())


def load_from(sources: Sequence[Source]) -> Inventory:
    """Read `sources`, which are in order of precedence, and merge what they give."""
    results: list[SourceResult] = [source.read() for source in sources]
    machines, problems = merge([result.machines for result in results])
    for result in results:
        if result.complete is not None:
            machines = tuple(map(result.complete, machines))
    return Inventory(machines, (*(problem for result in results for problem in result.problems), *problems))


def usual_machine_store() -> Path:
    """Where docker-machine keeps its store (libmachine/mcndirs/utils.go)."""
    named = os.environ.get("MACHINE_STORAGE_PATH")
    return Path(named) if named else Path.home() / ".docker" / "machine"
