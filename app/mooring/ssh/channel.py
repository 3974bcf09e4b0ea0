"""A remote program on a channel: a shell or a command, with or without a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import asyncssh

from mooring.model.errors import ConnectionLostError, MooringError
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import failures

DEFAULT_WINDOW = 2 * 1024 * 1024
"""Bytes that the remote side may send ahead, for programs without a terminal; terminals want less (see Connection)."""

_BREAK_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class PtyRequest:
    """A terminal for the remote program (RFC 4254, section 6.2): its type, size, further environment and modes.

    `environment` is asked for beside SendEnv and SetEnv; servers take what their AcceptEnv names. `modes` maps the
    opcodes of RFC 4254, section 8, to values.
    """

    terminal_type: str
    size: TerminalSize
    environment: Mapping[str, str] = field(default_factory=dict)
    modes: Mapping[int, int] = field(default_factory=dict)


class Receiver(Protocol):
    """Whoever takes what the remote program writes, byte for byte as it comes."""

    def data_received(self, data: bytes) -> None:
        """Take standard output (all output, where there is a terminal)."""
        ...

    def error_received(self, data: bytes) -> None:
        """Take standard error."""
        ...

    def eof_received(self) -> None:
        """Nothing more will be written."""
        ...


class ChannelSession(asyncssh.SSHClientSession[bytes]):
    """asyncssh's side of a channel: passes bytes on and remembers how it ended."""

    def __init__(self, host: str, receiver: Receiver) -> None:
        self._host = host
        self._receiver = receiver
        self._channel: asyncssh.SSHClientChannel[bytes] | None = None
        self._status: int | None = None
        self._signal: tuple[str, bool, str] | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self._ended: asyncio.Future[ExitResult] = asyncio.get_running_loop().create_future()

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        """Called when the channel is open."""
        self._channel = chan

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Called with each packet's bytes."""
        if datatype == asyncssh.EXTENDED_DATA_STDERR:
            self._receiver.error_received(data)
        else:
            self._receiver.data_received(data)

    def eof_received(self) -> bool:
        """Called at the end of output; the way in stays open, as in ssh."""
        self._receiver.eof_received()
        return True

    def exit_status_received(self, status: int) -> None:
        """Called with the program's status."""
        self._status = status

    def exit_signal_received(self, signal: str, core_dumped: bool, msg: str, lang: str) -> None:
        """Called when a signal ended the program."""
        self._signal = (failures.terminal_safe(signal), core_dumped, failures.terminal_safe(msg))

    def pause_writing(self) -> None:
        """Called when what we sent piles up."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Called when it has gone out."""
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called at the end of the channel, however it came."""
        self._writable.set()
        if self._channel is not None:
            # What had arrived before the connection broke would be dropped with a paused channel.
            self._channel.resume_reading()
        if self._ended.done():
            return
        told = self._status is not None or self._signal is not None
        if told or exc is None:
            self._ended.set_result(self._result())
        else:
            self._ended.set_exception(exc if isinstance(exc, MooringError) else failures.lost(self._host, exc))
            # Retrieved here once: whoever waits gets it again, and nobody has to.
            self._ended.exception()

    async def ended(self) -> ExitResult:
        """Wait for the end."""
        return await asyncio.shield(self._ended)

    async def drained(self) -> None:
        """Wait until there is room for more to send."""
        await self._writable.wait()

    def _result(self) -> ExitResult:
        if self._signal is not None:
            name, core_dumped, message = self._signal
            return ExitResult(None, name, core_dumped, message)
        return ExitResult(self._status)


class Shell:
    """A running remote program. After its end, what is written to it goes nowhere."""

    def __init__(self, channel: asyncssh.SSHClientChannel[bytes], session: ChannelSession) -> None:
        self._channel = channel
        self._session = session

    def write(self, data: bytes) -> None:
        """Send bytes to its standard input; `drain` waits where they are many."""
        if not self._channel.is_closing():
            self._channel.write(data)

    async def drain(self) -> None:
        """Wait until what was written has mostly gone out."""
        await self._session.drained()

    def write_eof(self) -> None:
        """End its standard input."""
        if not self._channel.is_closing():
            self._channel.write_eof()

    def resize(self, size: TerminalSize) -> None:
        """Tell it the new size of its terminal."""
        if not self._channel.is_closing():
            self._channel.change_terminal_size(size.columns, size.lines, size.pixel_width, size.pixel_height)

    def send_signal(self, name: str) -> None:
        """Send a signal by its name without SIG (RFC 4254, section 6.9)."""
        if not self._channel.is_closing():
            self._channel.send_signal(name)

    def send_break(self) -> None:
        """Send a break (RFC 4335), as `~B` does."""
        if not self._channel.is_closing():
            self._channel.send_break(_BREAK_MILLISECONDS)

    def pause_reading(self) -> None:
        """Take no more output: the remote program stops when the window is full."""
        self._channel.pause_reading()

    def resume_reading(self) -> None:
        """Take output again."""
        self._channel.resume_reading()

    def close(self) -> None:
        """Hang up on it."""
        self._channel.close()

    async def wait(self) -> ExitResult:
        """Wait for its end. Raises ConnectionLostError when the connection broke before it told how it ended.

        Output that had arrived is delivered before this returns, to a paused receiver too when the connection broke.
        """
        return await self._session.ended()


def not_opened(host: str, error: asyncssh.ChannelOpenError, *, pty: bool, request: str = "shell") -> MooringError:
    """The error for a channel that the server would not open; `request` is "shell", "exec" or "subsystem"."""
    reason = failures.terminal_safe(error.reason)
    if pty and error.code == asyncssh.OPEN_REQUEST_PTY_FAILED:
        return ConnectionLostError("PTY allocation request failed on channel 0")
    if error.code == asyncssh.OPEN_REQUEST_SESSION_FAILED:
        return ConnectionLostError(f"{request} request failed on channel 0")
    return ConnectionLostError(f"{host}: channel 0: open failed: {reason}")
