"""The requests about forwards, answered."""

from __future__ import annotations

from mooring.engine.forwarding.machine_forwards import MachineForwards
from mooring.engine.protocol import AddForward, ForwardList, ListForwards, RemoveForward


async def answer(forwards: MachineForwards, request: ListForwards | AddForward | RemoveForward) -> ForwardList:
    """Do what is asked, and tell how it stands then. Raises ConnectionFailedError and UsageError."""
    match request:
        case AddForward(specification=specification, remote=remote):
            await forwards.add(specification, remote=remote)
        case RemoveForward(specification=specification, remote=remote):
            await forwards.remove(specification, remote=remote)
    return ForwardList(request.request, forwards.reports())
