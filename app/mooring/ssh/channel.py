"""A remote program on a channel: a shell or a command, with or without a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import asyncssh

from mooring.model.errors import ConnectionLostError, MooringError
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import failures
from mooring.ssh.byte_stream import ByteStream, Receiver, StreamSession
from mooring.ssh.client_connection import ClientConnection

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


class ChannelSession(StreamSession, asyncssh.SSHClientSession[bytes]):
    """The channel of a program: remembers how it ended."""

    def __init__(self, host: str, receiver: Receiver) -> None:
        super().__init__(receiver)
        self._host = host
        self._channel: asyncssh.SSHClientChannel[bytes] | None = None
        self._status: int | None = None
        self._signal: tuple[str, bool, str] | None = None
        self._ended: asyncio.Future[ExitResult] = asyncio.get_running_loop().create_future()

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        """Called when the channel is open."""
        self._channel = chan

    def exit_status_received(self, status: int) -> None:
        """Called with the program's status."""
        self._status = status

    def exit_signal_received(self, signal: str, core_dumped: bool, msg: str, lang: str) -> None:
        """Called when a signal ended the program."""
        self._signal = (failures.terminal_safe(signal), core_dumped, failures.terminal_safe(msg))

    def connection_lost(self, exc: Exception | None) -> None:
        """Called at the end of the channel, however it came."""
        self.resume_writing()
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

    @property
    def end(self) -> asyncio.Future[ExitResult]:
        """The end, which nobody else may cancel."""
        return self._ended

    def _result(self) -> ExitResult:
        if self._signal is not None:
            name, core_dumped, message = self._signal
            return ExitResult(None, name, core_dumped, message)
        return ExitResult(self._status)


class Shell(ByteStream):
    """A running remote program: its standard input and output, its terminal, its end."""

    def __init__(
        self, channel: asyncssh.SSHClientChannel[bytes], session: ChannelSession, connection: ClientConnection
    ) -> None:
        super().__init__(channel, session)
        self._channel = channel
        self._connection = connection
        self._session = session
        self._hung_up = False

    def resize(self, size: TerminalSize) -> None:
        """Tell it the new size of its terminal."""
        if self._takes_requests:
            self._channel.change_terminal_size(size.columns, size.lines, size.pixel_width, size.pixel_height)

    def send_signal(self, name: str) -> None:
        """Send a signal by its name without SIG (RFC 4254, section 6.9)."""
        if self._takes_requests:
            self._channel.send_signal(name)

    def send_break(self) -> None:
        """Send a break (RFC 4335), as `~B` does."""
        if self._takes_requests:
            self._channel.send_break(_BREAK_MILLISECONDS)

    def close(self) -> None:
        """Hang up."""
        self._hung_up = True
        super().close()

    async def ping(self) -> None:
        """Return as soon as the host has answered a sign of life, or the connection has ended."""
        with suppress(asyncssh.Error, OSError):
            await self._connection.ping()

    def give_up(self) -> None:
        """End the connection that carries it, and all that others have on it, as one whose host does not answer."""
        self._connection.give_up()

    @property
    def _takes_requests(self) -> bool:
        """Whether it is there; asyncssh calls a channel closing as soon as our side of it has sent its end of file."""
        return not self._hung_up and not self._session.end.done()

    async def wait(self) -> ExitResult:
        """Wait for its end. Raises ConnectionLostError when the connection broke before it told how it ended.

        Output that had arrived is delivered before this returns, to a paused receiver too when the connection broke.
        """
        return await asyncio.shield(self._session.end)

    def when_ended(self, call: Callable[[], None]) -> None:
        """Have `call` called after its end, however it came."""
        self._session.end.add_done_callback(lambda _end: call())


def not_opened(host: str, error: asyncssh.ChannelOpenError, *, pty: bool, request: str = "shell") -> MooringError:
    """The error for a channel that the server would not open; `request` is "shell", "exec" or "subsystem"."""
    reason = failures.terminal_safe(error.reason)
    if pty and error.code == asyncssh.OPEN_REQUEST_PTY_FAILED:
        return ConnectionLostError("PTY allocation request failed on channel 0")
    if error.code == asyncssh.OPEN_REQUEST_SESSION_FAILED:
        return ConnectionLostError(f"{request} request failed on channel 0")
    return ConnectionLostError(f"{host}: channel 0: open failed: {reason}")
