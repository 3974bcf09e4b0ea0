"""Why a machine did not answer, in words that are the same for all machines with that trouble."""

from __future__ import annotations

from mooring.model.errors import (
    AuthenticationFailedError,
    CancelledByPersonError,
    ConfigError,
    ConnectionFailedError,
    ConnectionLostError,
    ConnectionRefusedByHostError,
    ConnectionTimedOutError,
    EngineError,
    HostKeyChangedError,
    HostKeyError,
    HostKeyRevokedError,
    HostKeyUnknownError,
    MooringError,
    NameResolutionError,
    UnsupportedError,
)

_KINDS: tuple[tuple[type[MooringError], str], ...] = (
    (HostKeyChangedError, "host key changed"),
    (HostKeyRevokedError, "host key revoked"),
    (HostKeyUnknownError, "host key unknown"),
    (HostKeyError, "host key not accepted"),
    (AuthenticationFailedError, "permission denied"),
    (NameResolutionError, "name not found"),
    (ConnectionRefusedByHostError, "connection refused"),
    (ConnectionTimedOutError, "no answer"),
    (ConnectionFailedError, "connection failed"),
    (ConnectionLostError, "connection lost"),
    (CancelledByPersonError, "question left unanswered"),
    (UnsupportedError, "not possible without the system ssh"),
    (ConfigError, "wrong configuration"),
    (EngineError, "engine failed"),
)
"""From the special to the general: the first that fits counts."""


def reason_kind(error: MooringError) -> str:
    """A few words for an error; what it says in full names hosts, ports and files."""
    return next((kind for kind_of, kind in _KINDS if isinstance(error, kind_of)), "failed")
