"""Whether a machine can be reached, as far as that can be told without logging in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a probe came. Up to NOT_SSH the machine itself was not met; the host key kinds say that it is up."""

    UP = "up"
    NO_ADDRESS = "no address"
    REFUSED = "refused"
    TIMED_OUT = "timed out"
    NO_ROUTE = "no route"
    NOT_SSH = "not ssh"
    JUMP_FAILED = "jump failed"
    JUMP_NEEDS_LOGIN = "jump needs login"
    HOST_KEY_UNKNOWN = "host key unknown"
    HOST_KEY_CHANGED = "host key changed"
    NOT_PROBED = "not probed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reachability:
    """What a probe found.

    `latency` is in seconds: one round trip to the machine, through its jump hosts; None where it was not met. `reason`
    is a sentence for everything but UP. `hop` is the host where it stopped: the machine itself, or a jump host.
    """

    reach: Reach
    latency: float | None = None
    reason: str = ""
    hop: str = ""

    @property
    def is_up(self) -> bool:
        """Whether an SSH server answered at the other end."""
        return self.reach in (Reach.UP, Reach.HOST_KEY_UNKNOWN, Reach.HOST_KEY_CHANGED)
