"""Which sources there are for one person, in order of precedence."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from mooring.inventory.annotations import AnnotationsSource
from mooring.inventory.machine_store import MachineStoreSource
from mooring.inventory.own import OwnMachinesSource
from mooring.inventory.source import Source
from mooring.inventory.ssh_config import SshConfigSource
from mooring.store.paths import Paths


@dataclass(frozen=True, slots=True)
class InventorySources:
    """Where machines are looked for; None means the usual place.

    `config_file` is what `-F` was given ("none" for no file at all). `machine_store` is docker-machine's folder,
    usually $MACHINE_STORAGE_PATH or ~/.docker/machine. `machines_file` is Mooring's own machines.toml, and
    `annotations_file` what the person adds to machines of others. `further` stand below these, in order of precedence.
    """

    config_file: str | None = None
    machine_store: Path | None = None
    machines_file: Path | None = None
    annotations_file: Path | None = None
    further: tuple[Source, ...] = ()

    def in_order(self) -> tuple[Source, ...]:
        """The sources in order of precedence: own entries, ssh_config, the docker-machine store, then others.

        The annotations come last: they add to what all of them say.
        """
        usual = Paths.of_this_person()
        return (
            OwnMachinesSource(self.machines_file or usual.machines_file, self.config_file),
            SshConfigSource(self.config_file),
            MachineStoreSource(self.machine_store or usual_machine_store(), self.config_file),
            *self.further,
            AnnotationsSource(self.annotations_file or usual.annotations_file),
        )


def usual_machine_store() -> Path:
    """Where docker-machine keeps its store (libmachine/mcndirs/utils.go)."""
    named = os.environ.get("MACHINE_STORAGE_PATH")
    return Path(named) if named else Path.home() / ".docker" / "machine"
