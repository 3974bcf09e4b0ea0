"""Machines that ssh_config names: each word of a `Host` line that is no pattern."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mooring.inventory.host_blocks import is_written_by_us
from mooring.inventory.looks import Looks
from mooring.inventory.merge import SSH_CONFIG
from mooring.inventory.options import destination_problem
from mooring.inventory.quick_look import Glance, QuickLook
from mooring.inventory.source import SourceResult
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine, Target
from mooring.sshconfig.files import ConfigurationFiles
from mooring.sshconfig.listing import ListedHost, list_hosts


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
        looks = Looks()
        try:
            files = ConfigurationFiles.of(self.config_file)
            listing = list_hosts(files, note=looks.note)
            quick_look = QuickLook.into(files, len(listing.hosts))
        except ConfigError as error:
            return SourceResult(problems=(error,), looks=looks.states)
        ours = {path for path in {host.origin.path for host in listing.hosts} if is_written_by_us(path)}
        hosts = [host for host in listing.hosts if host.origin.path not in ours]
        machines = tuple(self._machine(host, quick_look.named(host.name)) for host in hosts)
        return SourceResult(machines, listing.problems, complete=_Completer(quick_look), looks=looks.states)

    def _machine(self, host: ListedHost, glance: Glance) -> Machine:
        name_problem = destination_problem(host.name)
        return Machine(
            name=host.name,
            sources=(SSH_CONFIG,),
            origin=host.origin,
            target=Target(host.name, config_file=self.config_file),
            address=glance.address,
            user=glance.user,
            port=glance.port,
            jump=glance.jump,
            problem=f"its name {name_problem}" if name_problem else None,
        )


@dataclass(frozen=True, slots=True)
class _Completer:
    """Fills in what blocks with patterns say: they count for machines of every source, below what those say."""

    quick_look: QuickLook

    def __call__(self, machine: Machine) -> Machine:
        glance = self.quick_look.at(machine.name)
        address, user = machine.address or glance.address, machine.user or glance.user
        port = glance.port if machine.port is None else machine.port
        jump = machine.jump or glance.jump
        if (address, user, port, jump) == (machine.address, machine.user, machine.port, machine.jump):
            return machine
        return replace(machine, address=address, user=user, port=port, jump=jump)
