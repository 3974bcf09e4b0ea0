"""A program's output on its way to the UI: on credit, and what can't be sent stops the channel."""

from __future__ import annotations

import asyncio
from typing import Protocol

from mooring.engine.credit import CreditedOutput
from mooring.engine.framing import FrameKind


class SendData(Protocol):
    """Sends bytes of a session to the UI."""

    def __call__(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Send `data`."""
        ...


class Channel(Protocol):
    """What an outlet stops and starts."""

    def pause_reading(self) -> None:
        """Take no more."""
        ...

    def resume_reading(self) -> None:
        """Take more again."""
        ...


class Outlet:
    """The `Receiver` of a session's channel. Nothing is sent before `open`: the UI hears first that there is a program.

    What one turn of the loop brings goes out as one run. With `joined`, standard error is sent as output, as a terminal
    shows it.
    """

    def __init__(self, session: int, credit: int, send: SendData, *, joined: bool) -> None:
        self._session = session
        self._send = send
        self._error_kind = FrameKind.OUTPUT if joined else FrameKind.ERROR
        self._output = CreditedOutput(credit)
        self._channel: Channel | None = None
        self._paused = False
        self._flush_scheduled = False
        self._drained = asyncio.Event()
        self._drained.set()

    def open(self, channel: Channel) -> None:
        """Send from now on, and let `channel` stand still where there is no credit."""
        self._channel = channel
        self._paused = False
        self._flush()

    def close(self) -> None:
        """Send no more, and leave the channel alone."""
        self._channel = None

    def grant(self, count: int) -> None:
        """Take more credit, send what waited for it, and let the channel go on."""
        self._output.grant(count)
        self._flush()

    async def drained(self) -> None:
        """Wait until the UI has been sent everything."""
        await self._drained.wait()

    def data_received(self, data: bytes) -> None:
        """Take standard output."""
        self._take(data, FrameKind.OUTPUT)

    def error_received(self, data: bytes) -> None:
        """Take standard error."""
        self._take(data, self._error_kind)

    def eof_received(self) -> None:
        """Nothing to do: the end comes with the program's result."""

    def _take(self, data: bytes, kind: FrameKind) -> None:
        self._output.add(data, kind)
        self._drained.clear()
        self._pause_or_resume()
        if not self._flush_scheduled:
            self._flush_scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._flush_scheduled = False
        if self._channel is None:
            return
        for kind, data in self._output.take():
            self._send(kind, self._session, data)
        if not self._output.waiting:
            self._drained.set()
        self._pause_or_resume()

    def _pause_or_resume(self) -> None:
        if self._channel is None or self._paused == self._output.blocked:
            return
        self._paused = self._output.blocked
        if self._paused:
            self._channel.pause_reading()
        else:
            self._channel.resume_reading()
