"""Which machines are reached through which: what a person loses, or has to mend, together with a jump host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mooring.model.machine import Machine
from mooring.sshconfig.values.jumps import parse_destination


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each host that is jumped through the machines behind it, by name, in the order of the inventory."""

    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def among(cls, machines: Iterable[Machine]) -> Neighbours:
        """Look at the jumps of all machines; linear in their number."""
        behind: dict[str, list[str]] = {}
        for machine in machines:
            for hop in dict.fromkeys(_hops(machine.jump)):
                behind.setdefault(hop, []).append(machine.name)
        return cls({hop: tuple(names) for hop, names in behind.items()})

    def beside(self, machine: Machine) -> tuple[str, tuple[str, ...]]:
        """The last host that a machine is reached through, "" for none, and the other machines behind that."""
        hops = _hops(machine.jump)
        if not hops:
            return "", ()
        return hops[-1], tuple(name for name in self.behind.get(hops[-1], ()) if name != machine.name)


def _hops(jump: str) -> list[str]:
    if not jump or jump.lower() == "none":
        return []
    found = (parse_destination(hop.strip()) for hop in jump.split(","))
    return [hop.host for hop in found if hop is not None]
