"""One connection to one hop: it is made once for all who wait, and ends with its last user."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace

from mooring.model.errors import ConnectionLostError
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.forwards import ForwardOptions
from mooring.ssh.hop import HopOpener, OpenHop, Surroundings
from mooring.ssh.options import HopOptions
from mooring.ssh.sharing.audience import Audience, Member
from mooring.ssh.sharing.hop_key import HopKey
from mooring.ssh.sharing.shared_forwards import SharedForwards

CLOSE_LIMIT = 2.0
"""Seconds that a connection may take to close; a peer that does not answer holds nobody up."""

_logger = logging.getLogger(__name__)


class SharedHop:
    """A connection with its users: leases, and the hops that are reached through it.

    The last user's `leave` ends it. `surroundings` are the pool's, but for progress, which goes to this hop's audience.
    `forget` is called when nobody may join any more. `linger` is how many seconds it stays open without a user.
    """

    def __init__(
        self,
        key: HopKey,
        options: HopOptions,
        via: SharedHop | None,
        surroundings: Surroundings,
        forget: Callable[[SharedHop], None],
        linger: float,
    ) -> None:
        self.key = key
        self.hop = options.resolved.target.host
        self.audience = Audience()
        self._options = options
        self._via = via
        self.surroundings = replace(surroundings, progress=self.audience.progress)
        self._forget = forget
        self._linger = linger
        self._users = 0
        self._stack = AsyncExitStack()
        self._forwards: dict[ForwardOptions, SharedForwards] = {}
        self._lingering: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None
        self._started = False
        self._closed_to_others = False
        if via is not None:
            via.hold()
        self._opening = asyncio.create_task(self._open(), name=f"connect to {self.hop}")
        self._opening.add_done_callback(_look_at)

    @property
    def can_be_joined(self) -> bool:
        """Whether one more may use it: it is on its way or open, and so is what leads to it."""
        if (
            self._ending is not None
            or self._closed_to_others
            or (self._via is not None and not self._via.can_be_joined)
        ):
            return False
        if not self._opening.done():
            return True
        failed = self._opening.cancelled() or self._opening.exception() is not None
        return not failed and not self.connection.has_ended

    @property
    def is_open(self) -> bool:
        """Whether somebody is logged in on it."""
        return self._opening.done() and self.can_be_joined

    @property
    def connection(self) -> ClientConnection:
        """The connection, once it stands."""
        return self._opening.result().connection

    def hold(self) -> None:
        """Count one more user."""
        self._users += 1
        if self._lingering is not None:
            self._lingering.cancel()
            self._lingering = None

    def join(self, member: Member) -> None:
        """Count one more user, who hears and may be asked."""
        self.hold()
        self.audience.join(member)

    async def opened(self) -> OpenHop:
        """Wait until it stands. Raises what made it fail, for everybody who waits."""
        await asyncio.wait((self._opening,))
        if self._opening.cancelled():
            raise ConnectionLostError(f"The connection to {self.hop} was given up.")
        return self._opening.result()

    async def leave(self, member: Member) -> None:
        """The opposite of `join`; the last to leave waits for the end of the connection, and hears of it."""
        is_last = self._users == 1
        if not is_last:
            self.audience.leave(member)
        await self.drop()
        if is_last:
            self.audience.leave(member)

    async def drop(self) -> None:
        """The opposite of `hold`."""
        self._users -= 1
        if self._users:
            return
        if self._linger and self.is_open:
            loop = asyncio.get_running_loop()
            self._lingering = loop.call_later(self._linger, self.begin_end)
            return
        await asyncio.shield(self.begin_end())

    def begin_end(self) -> asyncio.Task[None]:
        """End it, whoever uses it. The task goes on where whoever waits for it is cancelled."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end(), name=f"close the connection to {self.hop}")
        return self._ending

    def close_to_others(self) -> None:
        """Let nobody else join it: its host does not answer. Those who use it may still hear from it."""
        self._closed_to_others = True

    def claim_start(self) -> bool:
        """True once: for the session that is to run LocalCommand, as the first of a ControlMaster does."""
        started, self._started = self._started, True
        return not started

    def forwards(self, options: ForwardOptions) -> SharedForwards:
        """The forwards that everybody shares who asks for the same ones."""
        shared = self._forwards.get(options)
        if shared is None or not shared.can_be_joined:
            shared = self._forwards[options] = SharedForwards(self.hop, self.connection, options, self.audience)
        return shared

    async def _open(self) -> OpenHop:
        try:
            via = self._via.connection if self._via is not None else None
            opener = HopOpener(self.hop, self._options, self.audience, self.surroundings, self._stack, via)
            return await opener.open()
        except BaseException:
            await self._close()
            raise

    async def _end(self) -> None:
        self._forget(self)
        if self._lingering is not None:
            self._lingering.cancel()
        if not self._opening.done():
            self._opening.cancel()
            await asyncio.wait((self._opening,))
        await self._close()
        if self._via is not None:
            await self._via.drop()

    async def _close(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_LIMIT):
                await self._stack.aclose()
        except TimeoutError:
            _logger.warning("the connection to %s did not close within %.0f seconds", self.hop, CLOSE_LIMIT)


def _look_at(opening: asyncio.Task[OpenHop]) -> None:
    """Fetch an error whose last hearer has just left; asyncio would complain about it otherwise."""
    if not opening.cancelled():
        opening.exception()
