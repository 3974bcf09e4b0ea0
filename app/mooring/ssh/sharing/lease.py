"""One user's hold on all connections of the way to a machine."""

from __future__ import annotations

from collections.abc import Callable

from mooring.model.errors import MooringError
from mooring.model.prompts import Prompter
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.forwards import ForwardOptions, Forwards
from mooring.ssh.hop import OpenHop, Progress
from mooring.ssh.options import HopOptions
from mooring.ssh.sharing.audience import Member
from mooring.ssh.sharing.hop_key import HopKey, hop_key
from mooring.ssh.sharing.shared_forwards import SharedForwards
from mooring.ssh.sharing.shared_hop import SharedHop

FindHop = Callable[[HopKey, HopOptions, SharedHop | None], SharedHop]
"""Gives the hop with a key that may be joined, made anew where there is none."""

PATIENCE = 5.0
"""Seconds for a sign of life from a connection that is to be shared; without one another is made, and it is let be."""


class Lease:
    """Joins hops one after the other, and leaves them all at the end.

    `prompter` is None where nobody may be asked.
    """

    def __init__(self, find: FindHop, prompter: Prompter | None, progress: Progress) -> None:
        self._find = find
        self._prompter = prompter
        self._progress = progress
        self._held: list[tuple[SharedHop, Member]] = []
        self._last: tuple[HopOptions, SharedHop | None, Prompter | None] | None = None
        self._forwards: SharedForwards | None = None

    @property
    def hop(self) -> SharedHop:
        """The hop that was entered last."""
        return self._held[-1][0]

    async def enter(self, options: HopOptions, prompter: Prompter | None) -> OpenHop:
        """Join the next hop of the way and wait until it is open; `prompter` answers for this one."""
        via = self.hop if self._held else None
        self._last = (options, via, prompter)
        return await self._join(hop_key(options.resolved, via.key if via is not None else None))

    async def another(self, ordinal: int) -> ClientConnection:
        """One more connection to the last hop, where the server allows no more sessions on the others."""
        if self._last is None:
            raise RuntimeError("no hop was entered")
        options, via, _prompter = self._last
        key = hop_key(options.resolved, via.key if via is not None else None)
        while key.ordinal < ordinal:
            key = key.next()
        return (await self._join(key)).connection

    async def join_forwards(self, options: ForwardOptions) -> Forwards:
        """Share the forwards of the last hop. Raises ConnectionFailedError under ExitOnForwardFailure."""
        self._forwards = self.hop.forwards(options)
        return await self._forwards.join()

    async def close(self) -> None:
        """Leave everything, the target first."""
        if self._forwards is not None:
            forwards, self._forwards = self._forwards, None
            await forwards.leave()
        while self._held:
            hop, member = self._held.pop()
            await hop.leave(member)

    async def _join(self, key: HopKey) -> OpenHop:
        if self._last is None:
            raise RuntimeError("no hop was entered")
        options, via, prompter = self._last
        while True:
            hop = self._find(key, options, via)
            stood_before = hop.is_open
            member = Member(prompter, self._progress)
            hop.join(member)
            self._held.append((hop, member))
            try:
                opened = await hop.opened()
            except MooringError:
                if prompter is None or not hop.audience.asked_nobody:
                    raise
                # It failed for want of an answer, before we were there to give one.
            else:
                if not stood_before or await opened.connection.answers(PATIENCE):
                    return opened
                hop.close_to_others()
            self._held.pop()
            await hop.leave(member)
