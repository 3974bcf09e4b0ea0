"""Machines that ssh_config names: each word of a `Host` line that is no pattern."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.inventory.merge import SSH_CONFIG
from mooring.inventory.source import SourceResult


@dataclass(frozen=True, slots=True)
class SshConfigSource:
    """The files that ssh would read: what `-F` was given, else the person's file and the system's."""

    config_file: str | None = None

    @property
    def name(self) -> str:
        """What `Machine.sources` calls it."""
        return SSH_CONFIG

    def read(self) -> SourceResult:
        """List the hosts, with no program run on the way (`Match exec` is for connecting)."""
        return SourceResult()
