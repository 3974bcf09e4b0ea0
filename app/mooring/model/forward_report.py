"""A forward as it stands: what the panel of forwards shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mooring.model.forward_specification import ForwardSpecification


class ForwardState(StrEnum):
    """WAITING has no connection at the moment; FAILED has one, and could not be opened on it."""

    LISTENING = "listening"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ForwardReport:
    """One forward of a machine. `port` is where it listens, 0 for a socket; `reason` says why it failed.

    `open` and `connections` count the connections on it, now and altogether; `sent` and `received` are bytes, as seen
    from our side of the SSH connection.
    """

    specification: ForwardSpecification
    remote: bool
    state: ForwardState
    port: int = 0
    reason: str = ""
    open: int = 0
    connections: int = 0
    sent: int = 0
    received: int = 0
