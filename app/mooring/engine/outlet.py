"""Output on its way to the UI: on credit, and what can't be sent stops the channel."""

from __future__ import annotations

import asyncio
from typing import Protocol

from mooring.engine.credit import CreditedOutput
from mooring.engine.framing import FrameKind
from mooring.engine.valve import Valve

_CREDIT = "credit"


class SendData(Protocol):
    """Sends bytes of a session to the UI."""

    def __call__(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Send `data`."""
        ...


class Outlet:
    """Sends a session's output; what one turn of the loop brings goes out as one run.

    `valve` stops the channel while there is no credit. Nothing is sent before `open`: the UI hears first that there is
    a program.
    """

    def __init__(self, session: int, credit: int, send: SendData, valve: Valve) -> None:
        self._session = session
        self._send = send
        self._valve = valve
        self._output = CreditedOutput(credit)
        self._opened = False
        self._flush_scheduled = False
        self._drained = asyncio.Event()
        self._drained.set()
        self.added = 0
        """Bytes that were put in so far."""

    @property
    def waiting(self) -> int:
        """Bytes that have not been sent."""
        return self._output.waiting

    def open(self) -> None:
        """Send from now on."""
        self._opened = True
        self._flush()

    def add(self, data: bytes, kind: FrameKind = FrameKind.OUTPUT) -> None:
        """Take output."""
        self._output.add(data, kind)
        self.added += len(data)
        self._drained.clear()
        self._valve.set(_CREDIT, self._output.blocked)
        if not self._flush_scheduled:
            self._flush_scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    def grant(self, count: int) -> None:
        """Take more credit, send what waited for it, and let the channel go on."""
        self._output.grant(count)
        self._flush()

    def drop(self) -> None:
        """Send nothing more, and hold nobody up: the UI is gone."""
        self._opened = False
        self._drained.set()
        self._valve.set(_CREDIT, False)

    async def drained(self) -> None:
        """Wait until the UI has been sent everything, or is gone."""
        await self._drained.wait()

    def _flush(self) -> None:
        self._flush_scheduled = False
        if not self._opened:
            return
        for kind, data in self._output.take():
            self._send(kind, self._session, data)
        if not self._output.waiting:
            self._drained.set()
        self._valve.set(_CREDIT, self._output.blocked)
