"""`connect`: one connection of one's own, for a program that makes no other."""

from __future__ import annotations

from mooring.model.machine import Target
from mooring.model.prompts import Prompter
from mooring.ssh.connection import Connection
from mooring.ssh.handshakes import Handshakes
from mooring.ssh.hop import Progress
from mooring.ssh.sharing import ConnectionPool
from mooring.sshconfig import Resolver, resolve


async def connect(
    target: Target,
    prompter: Prompter,
    *,
    resolver: Resolver = resolve,
    progress: Progress | None = None,
    in_tab: bool = False,
    handshakes: Handshakes | None = None,
) -> Connection:
    """Open a connection to `target` that nobody shares, with its forwards: what `ConnectionPool.connect` does first.

    Raises what that raises; nothing is left open then, and also when the caller cancels.
    """
    pool = ConnectionPool(resolver=resolver, handshakes=handshakes, tells_programs=in_tab)
    return await pool.connect(target, prompter, progress=progress, in_tab=in_tab, for_session=True)
