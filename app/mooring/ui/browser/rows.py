"""Machines as rows of the list."""

from __future__ import annotations

import time
from collections.abc import Iterable

from mooring.model.machine import Machine
from mooring.store.recent import Recent
from mooring.ui.browser.ago import ago
from mooring_widgets.machine_list import MachineRow


def rows_of(machines: Iterable[Machine], recent: Recent) -> list[MachineRow]:
    """Return a row for each machine, which tells how much and when it was used; the list puts them in order.

    Machines that only the docker-machine store knows have a group of their own.
    """
    now = time.time()
    return [_row(machine, recent, now) for machine in machines]


def _row(machine: Machine, recent: Recent, now: float) -> MachineRow:
    visits = recent.of(machine.name)
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
        score=recent.score(machine.name, now) if visits else 0.0,
        last_used=ago(now - visits[0].when) if visits else "",
    )


def _groups(machine: Machine) -> tuple[str, ...]:
    if machine.groups:
        return machine.groups
    return ("docker-machine",) if machine.sources == ("docker-machine",) else ()
