"""The forwards of all machines that have sessions."""

from __future__ import annotations

from collections.abc import Callable

from mooring.engine.forwarding.machine_forwards import MachineForwards
from mooring.model.machine import Machine, Target


class ForwardTable:
    """Sessions on one machine share its forwards, as they share its connection; the last of them takes them along."""

    def __init__(self) -> None:
        self._machines: dict[Target, MachineForwards] = {}

    def join(self, machine: Machine, changed: Callable[[], None]) -> MachineForwards:
        """Take part in a machine's forwards; `changed` is called when others than counters are new."""
        forwards = self._machines.get(machine.target)
        if forwards is None:
            forwards = self._machines[machine.target] = MachineForwards(machine.name, self.who_listens)
        forwards.watchers.append(changed)
        return forwards

    def leave(self, machine: Machine, changed: Callable[[], None]) -> None:
        """The opposite of `join`."""
        forwards = self._machines[machine.target]
        forwards.watchers.remove(changed)
        if not forwards.watchers:
            del self._machines[machine.target]

    def who_listens(self, port: int) -> str | None:
        """The machine for which we listen on a port of this computer."""
        return next((each.name for each in self._machines.values() if each.listens_on(port)), None)
