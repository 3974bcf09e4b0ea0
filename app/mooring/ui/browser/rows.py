"""Machines as rows of the list."""

from __future__ import annotations

from collections.abc import Iterable

from mooring.model.machine import Machine
from mooring_widgets.machine_list import MachineRow


def rows_of(machines: Iterable[Machine]) -> list[MachineRow]:
    """Return a row for each machine; the list puts them in order.

    Machines that only the docker-machine store knows have a group of their own.
    """
    return [_row(machine) for machine in machines]


def _row(machine: Machine) -> MachineRow:
    port = "" if machine.port in (None, 22) else f":{machine.port}"
    return MachineRow(
        key=machine.name,
        name=machine.name,
        address=f"{machine.address}{port}" if machine.address else "",
        user=machine.user,
        driver=machine.driver,
        tags=machine.tags,
        groups=_groups(machine),
        sources=machine.sources,
        problem=machine.problem,
        guard=machine.guard,
        favourite=machine.favourite,
        colour=machine.colour,
    )


def _groups(machine: Machine) -> tuple[str, ...]:
    if machine.groups:
        return machine.groups
    return ("docker-machine",) if machine.sources == ("docker-machine",) else ()
