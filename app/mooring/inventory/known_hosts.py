"""Machines that known_hosts names: where the person has been, where nothing else tells of it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mooring.inventory.looks import Looks
from mooring.inventory.options import destination_problem, literal
from mooring.inventory.source import SourceResult
from mooring.inventory.source_file import read_source_file
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.model.ports import parse_port
from mooring.sshconfig.patterns import is_literal

NAME = "known_hosts"


@dataclass(frozen=True, slots=True)
class KnownHostsSource:
    """The names in `file`, in the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.

    Hashed names can't be read and are counted. A line often names a host and its address: the first name stands for
    both, and an address alone is listed where no name has the same key. Patterns, authorities and revoked keys name no
    machine.
    """

    file: Path
    config_file: str | None = None

    @property
    def name(self) -> str:
        """What `Machine.sources` calls it."""
        return NAME

    def read(self) -> SourceResult:
        """Read the file; without one there are no machines."""
        return read_source_file(self.file, self._take)

    def _take(self, text: str, _looks: Looks) -> SourceResult:
        names = _Names()
        for number, line in enumerate(text.splitlines(), start=1):
            names.take(line, number)
        remarks = (f"{names.hashed} lines of {self.file} have hashed names, which can't be listed",)
        machines = tuple(self._machine(*each) for each in names.listed())
        return SourceResult(machines, remarks=remarks if names.hashed else ())

    def _machine(self, name: str, port: int | None, line: int) -> Machine:
        origin = Origin(str(self.file), line)
        reason = destination_problem(name)
        return Machine(
            name=name,
            sources=(NAME,),
            origin=origin,
            target=Target(
                name,
                options=() if port is None else (literal("Port", str(port), origin),),
                config_file=self.config_file,
            ),
            port=port,
            problem=f"its name {reason}" if reason else None,
        )


@dataclass(slots=True)
class _Names:
    """What the lines name, each name once."""

    hashed: int = 0
    _found: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    _addresses: dict[str, tuple[int | None, int, str]] = field(default_factory=dict)
    _keys_of_names: set[str] = field(default_factory=set)

    def take(self, line: str, number: int) -> None:
        """Take one line."""
        words = line.split(None, 2)
        if len(words) < 3 or words[0][0] in "#@":
            return
        if words[0].startswith("|"):
            self.hashed += 1
            return
        hosts = [_name_and_port(host) for host in words[0].split(",") if is_literal(host)]
        names = [(name, port) for name, port in hosts if not _is_address(name)]
        key = " ".join(words[2].split()[:1])
        if names:
            self._keys_of_names.add(key)
            self._found.setdefault(names[0][0], (names[0][1], number))
        elif hosts:
            self._addresses.setdefault(hosts[0][0], (hosts[0][1], number, key))

    def listed(self) -> Iterator[tuple[str, int | None, int]]:
        """Name, port (None for ssh's own) and line of each machine."""
        yield from ((name, port, line) for name, (port, line) in self._found.items())
        for name, (port, line, key) in self._addresses.items():
            if key not in self._keys_of_names:
                yield name, port, line


def _name_and_port(host: str) -> tuple[str, int | None]:
    """Read `name` or `[name]:port`."""
    name, bracket, port = host[1:].partition("]:") if host.startswith("[") else (host, "", "")
    return (name, parse_port(port)) if bracket else (host, None)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
