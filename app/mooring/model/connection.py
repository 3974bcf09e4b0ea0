"""What is known about a connection: how far it has come, and who is at the other end once it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """How far the way to a session has come."""

    RESOLVING = "resolving"
    CONNECTING = "connecting"
    AUTHENTICATING = "authenticating"
    STARTING = "starting"


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """What the splash and the footer tell: who, where, and by which key the host proved itself.

    `fingerprint` has ssh's form ("SHA256:..."), `key_type` is short ("ed25519"). `hops` names the jump hosts in order.
    `authentication` is the method that let us in ("publickey", "password", "keyboard-interactive", "none").
    """

    user: str
    address: str
    port: int
    key_type: str
    fingerprint: str
    authentication: str = ""
    hops: tuple[str, ...] = ()
    implementation: str = "native"
