"""After which failures a session that was open is tried again."""

from __future__ import annotations

from mooring.model.errors import (
    AuthenticationFailedError,
    ConnectionFailedError,
    ConnectionLostError,
    HostKeyError,
    MooringError,
)


def is_worth_another_attempt(error: MooringError) -> bool:
    """Whether another attempt may end otherwise with nobody doing anything.

    A network comes back and a machine boots. A host that shows another key, or lets us in no more, is for a person to
    look at: trying on would wear out MaxAuthTries and lock accounts, or teach that a changed key is nothing. The same
    holds for what the person left, and for what the configuration says.
    """
    if isinstance(error, AuthenticationFailedError | HostKeyError):
        return False
    return isinstance(error, ConnectionLostError | ConnectionFailedError)
