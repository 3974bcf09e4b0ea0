"""SSH itself, on asyncio and asyncssh, without any user interface: `connect` and what it gives."""

from __future__ import annotations

import mooring.ssh.library  # noqa: F401 (first: it decides how asyncssh is loaded)
from mooring.ssh.byte_stream import Receiver
from mooring.ssh.channel import DEFAULT_WINDOW, PtyRequest, Shell
from mooring.ssh.connect import connect
from mooring.ssh.connection import Connection
from mooring.ssh.direct import DirectStream
from mooring.ssh.forwards import Forward, Forwards
from mooring.ssh.handshakes import Handshakes
from mooring.ssh.hop import Progress
from mooring.ssh.prober import Prober
from mooring.ssh.sharing import ConnectionPool
from mooring.sshconfig import Resolver

__all__ = [
    "DEFAULT_WINDOW",
    "Connection",
    "ConnectionPool",
    "DirectStream",
    "Forward",
    "Forwards",
    "Handshakes",
    "Prober",
    "Progress",
    "PtyRequest",
    "Receiver",
    "Resolver",
    "Shell",
    "connect",
]
