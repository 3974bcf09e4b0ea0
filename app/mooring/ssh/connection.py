"""An open connection: what is known of it, and the channels and forwards on it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import asyncssh

from mooring.model.connection import ConnectionFacts
from mooring.model.errors import ConnectionLostError, FileError
from mooring.model.forward_specification import ForwardSpecification
from mooring.ssh import failures
from mooring.ssh.byte_stream import Receiver
from mooring.ssh.carriers import Carriers
from mooring.ssh.channel import DEFAULT_WINDOW, ChannelSession, PtyRequest, Shell, not_opened
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.direct import DirectStream, open_direct
from mooring.ssh.failures import terminal_safe
from mooring.ssh.forwards import Forwards
from mooring.ssh.service_class import mark_packets
from mooring.sshconfig import ResolvedHost

if TYPE_CHECKING:
    from mooring.ssh.remote_files import RemoteFiles

_SFTP_LIMIT = 20.0
"""Seconds that a server may take to begin with SFTP."""


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """RequestTTY ("auto", "no", "yes", "force"), RemoteCommand, and the environment of SendEnv and SetEnv.

    `terminal_type` is TERM where SetEnv gives it one: then a terminal is asked for under that name.
    """

    request_tty: str = "auto"
    remote_command: str | None = None
    environment: Mapping[str, str] | None = None
    terminal_type: str | None = None


class Connection:
    """A connection to a machine as one of its users has it: `ConnectionPool` and `connect` give it.

    What lies below may be shared with others; `close` ends what this user opened, and the connection with its last.
    """

    def __init__(
        self,
        carriers: Carriers,
        facts: ConnectionFacts,
        resolved: ResolvedHost,
        session_options: SessionOptions,
        forwards: Forwards,
        release: Callable[[], Awaitable[None]],
    ) -> None:
        self.facts = facts
        self.resolved = resolved
        self.forwards = forwards
        self._carriers = carriers
        self._options = session_options
        self._release = release
        self._shells: set[Shell] = set()

    @property
    def round_trip(self) -> float:
        """Seconds from a request to its answer, measured when authentication began."""
        return self._carriers.first.round_trip

    async def open_shell(self, pty: PtyRequest, receiver: Receiver, *, window: int = DEFAULT_WINDOW) -> Shell:
        """Start a login shell in a terminal, or RemoteCommand where one is configured.

        `window` is how many bytes the remote side may send ahead. Raises ConnectionLostError.
        """
        return await self._open(self._options.remote_command, pty, receiver, window)

    async def open_shell_without_terminal(self, receiver: Receiver, *, window: int = DEFAULT_WINDOW) -> Shell:
        """Start a login shell (or RemoteCommand) without a terminal, as `ssh -T host` does."""
        return await self._open(self._options.remote_command, None, receiver, window)

    async def execute(
        self, command: str, receiver: Receiver, *, pty: PtyRequest | None = None, window: int = DEFAULT_WINDOW
    ) -> Shell:
        """Run `command` through the user's shell on the machine; with a terminal if `pty` asks for one."""
        return await self._open(command, pty, receiver, window)

    async def open_subsystem(self, name: str, receiver: Receiver, *, window: int = DEFAULT_WINDOW) -> Shell:
        """Start a subsystem, as `ssh -s` does."""
        return await self._open(None, None, receiver, window, subsystem=name)

    async def open_files(self, name: str | None = None) -> RemoteFiles:
        """Start an SFTP session on a machine that messages call `name`; where it has none its address is its name.

        Raises FileError where the server has no SFTP, ConnectionLostError.
        """
        # A session needs none of what files need, and starts without it.
        from mooring.ssh.remote_files import RemoteFiles

        host = self.facts.address

        async def attempt(connection: ClientConnection) -> asyncssh.SFTPClient:
            # Paths as bytes: they may hold anything. The environment is for programs of the person's.
            return await connection.start_sftp_client(env=(), send_env=None, path_encoding=None)

        try:
            async with asyncio.timeout(_SFTP_LIMIT):
                client, count = await self._carriers.open(attempt)
        except TimeoutError:
            # A ForceCommand in sshd_config takes the place of SFTP too, and waits for somebody to type.
            raise FileError(f"{host}: the server gives no access to files: what runs there is no SFTP") from None
        except asyncssh.ChannelOpenError as error:
            if error.code == asyncssh.OPEN_REQUEST_SESSION_FAILED:
                raise FileError(f"{host}: the server gives no access to files (it has no SFTP)") from error
            raise not_opened(host, error, pty=False, request="subsystem") from None
        except asyncssh.SFTPError as error:
            raise FileError(f"{host}: the server gives no access to files: {terminal_safe(error.reason)}") from error
        except (asyncssh.Error, OSError) as error:
            raise ConnectionLostError(f"Connection to {host} closed by remote host.") from error
        return RemoteFiles(client, name or host, when_closed=lambda: count.free(ended=True))

    async def open_direct(self, place: ForwardSpecification, receiver: Receiver) -> DirectStream:
        """Connect to a place that the machine reaches, as `ssh -W` does. Raises ConnectionFailedError."""
        return await open_direct(self.facts.address, self._carriers.first, place, receiver)

    async def close(self) -> None:
        """End the programs that were started here, then the connection and the hops that nobody else uses."""
        for shell in tuple(self._shells):
            shell.close()
        await self._release()

    @property
    def open_channels(self) -> tuple[str, ...]:
        """What is open on it, a line each: sessions, and connections on its forwards."""
        return tuple(self._carriers.first.open_channels.described())

    async def wait_idle(self) -> None:
        """Wait until nothing is open on it: ssh stays that long after its session. Raises ConnectionLostError."""
        connection = self._carriers.first
        idle = asyncio.ensure_future(connection.open_channels.wait_none())
        closed = asyncio.ensure_future(connection.wait_closed())
        try:
            await asyncio.wait((idle, closed), return_when=asyncio.FIRST_COMPLETED)
            if closed.done() and not idle.done():
                raise ConnectionLostError(f"Connection to {self.facts.address} closed by remote host.")
        finally:
            for task in (idle, closed):
                task.cancel()
            await asyncio.gather(idle, closed, return_exceptions=True)

    def rekey(self) -> None:
        """Exchange keys anew, as `~R` does."""
        self._carriers.first.rekey()

    async def wait_closed(self) -> None:
        """Wait until the connection has ended, whoever ended it."""
        await self._carriers.first.wait_closed()

    async def _open(
        self, command: str | None, pty: PtyRequest | None, receiver: Receiver, window: int, subsystem: str | None = None
    ) -> Shell:
        host = self.facts.address
        size = None
        if pty is not None:
            size = (pty.size.columns, pty.size.lines, pty.size.pixel_width, pty.size.pixel_height)

        async def attempt(connection: ClientConnection) -> Shell:
            mark_packets(connection, self.resolved, interactive=pty is not None)
            channel, session = await connection.create_session(
                lambda: ChannelSession(host, receiver),
                # asyncssh encodes text strictly and passes bytes on: a command may hold any.
                cast(str, os.fsencode(command)) if command is not None else None,
                subsystem=subsystem,
                env=self._environment(pty),
                send_env=None,
                request_pty="force" if pty is not None else False,
                term_type=(self._options.terminal_type or pty.terminal_type) if pty is not None else None,
                term_size=size,
                term_modes=dict(pty.modes) if pty is not None else {},
                x11_forwarding=False,
                encoding=None,
                window=window,
            )
            if not isinstance(session, ChannelSession):
                raise TypeError(f"asyncssh made a {type(session).__name__}")
            return Shell(channel, session, connection)

        try:
            shell, count = await self._carriers.open(attempt)
        except asyncssh.ChannelOpenError as error:
            if self._carriers.first.has_ended:
                raise failures.lost(host, self._carriers.first.lost_by) from None
            request = "subsystem" if subsystem is not None else "shell" if command is None else "exec"
            raise not_opened(host, error, pty=pty is not None, request=request) from None
        except (asyncssh.Error, OSError) as error:
            raise ConnectionLostError(f"Connection to {host} closed by remote host.") from error
        self._shells.add(shell)
        shell.when_ended(lambda: self._shells.discard(shell))
        shell.when_ended(lambda: count.free(ended=True))
        return shell

    def _environment(self, pty: PtyRequest | None) -> dict[bytes | str, bytes | str]:
        """What is asked for: the terminal's own variables first, since servers take the last value of a name.

        Bytes, since a variable that came from our own environment need not be valid UTF-8.
        """
        wanted = {**(pty.environment if pty is not None else {}), **(self._options.environment or {})}
        return {os.fsencode(name): os.fsencode(value) for name, value in wanted.items()}
