"""One connection a machine: who shares it, who is asked while it is made, and when it ends."""

from __future__ import annotations

from mooring.ssh.sharing.pool import ConnectionPool

__all__ = ["ConnectionPool"]
