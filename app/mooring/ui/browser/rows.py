"""Machines as rows of the list."""

from __future__ import annotations

from collections.abc import Iterable

from mooring.model.machine import Machine
from mooring_widgets.machine_list import MachineRow

UNGROUPED = "no group"


def rows_of(machines: Iterable[Machine]) -> list[MachineRow]:
    """Return the rows in the order of the list: groups in the order of their names, those without one last.

    A machine of several groups stands under its first. Machines that only the docker-machine store knows have a group
    of their own.
    """
    rows = [_row(machine) for machine in machines]
    groups = sorted({row.group for row in rows} - {"", UNGROUPED}, key=str.casefold)
    rank = {name: position for position, name in enumerate((*groups, UNGROUPED))}
    return sorted(rows, key=lambda row: rank.get(row.group, len(rank)))


def _row(machine: Machine) -> MachineRow:
    port = "" if machine.port in (None, 22) else f":{machine.port}"
    return MachineRow(
        key=machine.name,
        name=machine.name,
        address=f"{machine.address}{port}" if machine.address else "",
        user=machine.user,
        driver=machine.driver,
        tags=machine.tags,
        group=_group(machine),
        problem=machine.problem,
        guard=machine.guard,
    )


def _group(machine: Machine) -> str:
    if machine.groups:
        return machine.groups[0]
    return "docker-machine" if machine.sources == ("docker-machine",) else UNGROUPED
