"""Whether the other side of a shell is still there: asked after sleep, and where what is typed has no echo."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

AFTER_SLEEP = 15.0
"""Seconds for an answer after sleep: a wireless network needs some to come back, and what it interrupted goes on."""

WHEN_ASKED = 3.0
"""Seconds for an answer where a person says that it seems dead."""

SILENCE = 5.0
"""Seconds without output after a key press, after which we ask."""

GRACE = 0.5
"""Seconds that an answer may take before anybody is told that it is awaited."""

LARGEST_HELD = 64 * 1024
"""Bytes typed that wait for the answer."""


class Peer(Protocol):
    """What is asked of a shell (`mooring.ssh.Shell` has it)."""

    def write(self, data: bytes) -> None:
        """Type."""
        ...

    async def ping(self) -> None:
        """Return as soon as the other side has answered."""
        ...

    def give_up(self) -> None:
        """End its connection as lost."""
        ...


class PeerWatch:
    """Stands between the keys and a shell.

    Once an answer is asked for after sleep, or is overdue, keys are held: they follow when it comes, and are gone with
    the connection when it does not. `tell` hears whether an answer is overdue.
    """

    def __init__(
        self, peer: Peer, tell: Callable[[bool], None], last_heard: Callable[[], float], *, silence: float = SILENCE
    ) -> None:
        """`last_heard` says when the other side wrote something last, on the clock of `time.monotonic`."""
        self._peer = peer
        self._tell = tell
        self._last_heard = last_heard
        self._silence = silence
        self.is_silent = False
        """Whether an answer is overdue."""
        self._typed_at = 0.0
        self._held: bytearray | None = None
        self._checking: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None

    def type(self, data: bytes) -> None:
        """Send keys, or hold them."""
        if self._held is not None:
            self._held += data[: LARGEST_HELD - len(self._held)]
            return
        self._peer.write(data)
        self._typed_at = time.monotonic()
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen(), name="listen for an echo")
            self._listening.add_done_callback(self._listened)

    def check(self, patience: float) -> None:
        """Hold the keys until the other side has answered, and give it up when it has not in `patience` seconds."""
        if self._checking is None:
            self._hold()
            self._checking = asyncio.create_task(self._check(patience), name="check a peer")

    async def stop(self) -> None:
        """The shell is over; what was held is not sent any more."""
        self._held = None
        tasks = [task for task in (self._checking, self._listening) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _check(self, patience: float) -> None:
        try:
            async with asyncio.timeout(patience):
                await self._answer(GRACE)
        except TimeoutError:
            self._peer.give_up()
            return
        self._checking = None
        self._release()

    async def _listen(self) -> None:
        """Ask where nothing comes back. The answer is waited for without an end: what was typed may well arrive."""
        await asyncio.sleep(self._silence)
        if self._last_heard() < self._typed_at:
            await self._answer(self._silence / 2)
            self._release()

    def _hold(self) -> None:
        if self._held is None:
            self._held = bytearray()

    def _release(self) -> None:
        held, self._held = self._held, None
        if held:
            self._peer.write(bytes(held))

    async def _answer(self, grace: float) -> None:
        """Wait for an answer; after `grace` seconds tell that it is overdue."""
        ping = asyncio.ensure_future(self._peer.ping())
        try:
            await asyncio.wait((ping,), timeout=grace)
            if not ping.done():
                self._hold()
                self._tell_overdue(True)
                await ping
                self._tell_overdue(False)
        finally:
            ping.cancel()

    def _tell_overdue(self, overdue: bool) -> None:
        self.is_silent = overdue
        self._tell(overdue)

    def _listened(self, listening: asyncio.Task[None]) -> None:
        self._listening = None
        if not listening.cancelled():
            # Looked at: a fault here would be complained about by asyncio otherwise, long after.
            listening.exception()
