"""Port forwarding: -L, -R, -D and their keywords."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh

from mooring.model.errors import ConnectionFailedError, MooringError, PortTakenError
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.prompts import Notice, Prompter
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.failures import terminal_safe
from mooring.ssh.forward_traffic import Traffic, counted_in
from mooring.ssh.port_holder import find_port_holder
from mooring.ssh.remote_socks import PermittedDestinations, RemoteSocks

_LOOPBACKS = ("::1", "127.0.0.1")
_ALL_ADDRESSES = ("0.0.0.0", "::")
_EVERYWHERE = ("", "*")
_CLOSE_LIMIT = 1.0
"""Seconds for a listener to be closed."""


@dataclass(frozen=True, slots=True)
class ForwardOptions:
    """LocalForward and DynamicForward in `local`, RemoteForward in `remote`, and how to treat them.

    `unlink_sockets` is StreamLocalBindUnlink, `socket_mask` StreamLocalBindMask, `permitted` PermitRemoteOpen.
    """

    local: tuple[ForwardSpecification, ...] = ()
    remote: tuple[ForwardSpecification, ...] = ()
    exit_on_failure: bool = False
    gateway_ports: bool = False
    unlink_sockets: bool = False
    socket_mask: int = 0o177
    permitted: PermittedDestinations = field(default_factory=PermittedDestinations)


@dataclass(frozen=True, slots=True)
class Forward:
    """A forward that stands. `port` is where it listens (chosen by the server for a remote port 0); 0 for sockets."""

    specification: ForwardSpecification
    remote: bool
    port: int
    traffic: Traffic = field(default_factory=Traffic, compare=False)


@dataclass(frozen=True, slots=True)
class FailedForward:
    """A forward of the configuration that could not be opened, and why."""

    specification: ForwardSpecification
    remote: bool
    error: MooringError


class Forwards:
    """The forwards of one connection; they end with it."""

    def __init__(self, hop: str, connection: ClientConnection, options: ForwardOptions, prompter: Prompter) -> None:
        self._hop = hop
        self._connection = connection
        self._options = options
        self._prompter = prompter
        self._listeners: list[tuple[Forward, Sequence[asyncssh.SSHListener]]] = []
        self.failed: tuple[FailedForward, ...] = ()

    @property
    def active(self) -> tuple[Forward, ...]:
        """Those that stand, in the order of their making."""
        return tuple(forward for forward, _listeners in self._listeners)

    def find(self, specification: ForwardSpecification, *, remote: bool) -> Forward | None:
        """The forward that stands with this specification, if one does."""
        return next(
            (each for each in self.active if (each.specification, each.remote) == (specification, remote)), None
        )

    async def open_configured(self) -> None:
        """Open what the configuration asks for. Raises ConnectionFailedError under ExitOnForwardFailure only."""
        for specification in self._options.local:
            await self._try(specification, remote=False)
        for specification in self._options.remote:
            await self._try(specification, remote=True)

    async def open(self, specification: ForwardSpecification, *, remote: bool) -> Forward:
        """Open one on whichever side it listens. Raises ConnectionFailedError."""
        return await (self.open_remote(specification) if remote else self.open_local(specification))

    async def open_local(self, specification: ForwardSpecification) -> Forward:
        """Listen here and lead to the far side (-L), or serve SOCKS 4 and 5 (-D). Raises ConnectionFailedError.

        One address of several is enough, as in ssh, which complains of the last one alone.
        """
        traffic = Traffic()
        if specification.listen_path is not None:
            with counted_in(traffic):
                listeners = [await self._listen_on_path(specification, specification.listen_path)]
            return self._keep(Forward(specification, False, 0, traffic), listeners)
        listeners = []
        port, complaint, function = specification.listen_port, "", "channel_setup_fwd_listener_tcpip"
        is_taken = False
        for address in self._addresses(specification.listen_host):
            try:
                with counted_in(traffic):
                    listeners.append(await self._listen_on_port(specification, address))
                complaint = ""
            except socket.gaierror as error:
                raise ConnectionFailedError(
                    f"{function}: getaddrinfo({address}): {error.strerror}\nCould not request local forwarding.",
                    hop=self._hop,
                    hint="The name before the port is where to listen on this computer.",
                ) from None
            except OSError as error:
                complaint = f"bind [{address}]:{port}: {os.strerror(error.errno) if error.errno else error}"
                is_taken = error.errno == errno.EADDRINUSE
        if not listeners:
            message = f"{complaint}\n{function}: cannot listen to port: {port}\nCould not request local forwarding."
            if is_taken:
                holder = await asyncio.to_thread(find_port_holder, port)
                hint = f"{holder or 'another program'} has port {port}"
                raise PortTakenError(message, hop=self._hop, hint=hint)
            raise ConnectionFailedError(message, hop=self._hop, hint="The port may need more rights.")
        if complaint:
            self._tell(complaint)
        return self._keep(Forward(specification, False, listeners[0].get_port(), traffic), listeners)

    async def open_remote(self, specification: ForwardSpecification) -> Forward:
        """Have the server listen and lead to our side (-R), or to wherever its clients ask by SOCKS (-R PORT).

        Raises ConnectionFailedError.
        """
        try:
            listener = await self._listen_remotely(specification)
        except (asyncssh.ChannelListenError, asyncssh.Error, OSError):
            if specification.listen_path is not None:
                text = f"remote port forwarding failed for listen path {specification.listen_path}"
            else:
                text = f"remote port forwarding failed for listen port {specification.listen_port}"
            raise ConnectionFailedError(
                text, hop=self._hop, hint="The server does not allow it, or the port is taken there."
            ) from None
        port = listener.get_port() if specification.listen_path is None else 0
        if specification.listen_path is None and specification.listen_port == 0:
            # "socks" is what ssh calls the far end of a forward that leads to wherever its clients ask.
            host = "socks" if specification.dynamic else specification.connect_host
            target = specification.connect_path or f"{host}:{specification.connect_port}"
            self._tell(f"Allocated port {port} for remote forward to {target}")
        forward = Forward(specification, True, port)
        place = specification.listen_path or (_remote_address(specification), port)
        self._connection.traffic_of_places.count(place, forward.traffic)
        return self._keep(forward, [listener])

    async def close(self, forward: Forward) -> None:
        """Stop listening for one forward; connections on it go on."""
        for entry in [entry for entry in self._listeners if entry[0] == forward]:
            self._listeners.remove(entry)
            for listener in entry[1]:
                listener.close()
                # From Python 3.12 on a server is closed when its connections are, and those may go on for ever.
                with suppress(TimeoutError):
                    async with asyncio.timeout(_CLOSE_LIMIT):
                        await listener.wait_closed()

    async def _try(self, specification: ForwardSpecification, *, remote: bool) -> None:
        try:
            if remote:
                await self.open_remote(specification)
            else:
                await self.open_local(specification)
        except MooringError as error:
            self.failed = (*self.failed, FailedForward(specification, remote, error))
            if self._options.exit_on_failure and remote:
                raise ConnectionFailedError(f"Error: {error.message}", hop=self._hop, hint=error.hint) from None
            if self._options.exit_on_failure:
                raise
            self._tell(f"Warning: {error.message}" if remote else error.message)

    def _addresses(self, host: str | None) -> Sequence[str]:
        """Where to listen: GatewayPorts decides only where no address was given, and "localhost" is loopback."""
        if host is None:
            return _ALL_ADDRESSES if self._options.gateway_ports else _LOOPBACKS
        if host in _EVERYWHERE:
            return _ALL_ADDRESSES
        return _LOOPBACKS if host == "localhost" else (host,)

    async def _listen_on_port(self, specification: ForwardSpecification, address: str) -> asyncssh.SSHListener:
        connection, port = self._connection, specification.listen_port
        if specification.dynamic:
            return await connection.forward_socks(address, port)
        if specification.connect_path is not None:
            return await connection.forward_local_port_to_path(address, port, specification.connect_path)
        return await connection.forward_local_port(
            address, port, specification.connect_host or "", specification.connect_port
        )

    async def _listen_on_path(self, specification: ForwardSpecification, path: str) -> asyncssh.SSHListener:
        connection = self._connection
        try:
            _make_room(path, remove=self._options.unlink_sockets)
            if specification.connect_path is not None:
                listener = await connection.forward_local_path(path, specification.connect_path)
            else:
                listener = await connection.forward_local_path_to_port(
                    path, specification.connect_host or "", specification.connect_port
                )
            _set_mode(path, 0o777 & ~self._options.socket_mask)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise ConnectionFailedError(
                f"unix_listener: cannot bind to path {terminal_safe(path)}: {reason}\n"
                "Could not request local forwarding.",
                hop=self._hop,
                hint="StreamLocalBindUnlink yes removes a socket that an earlier connection left.",
            ) from None
        return listener

    async def _listen_remotely(self, specification: ForwardSpecification) -> asyncssh.SSHListener:
        connection = self._connection
        if specification.dynamic:
            return await self._serve_socks_remotely(specification)
        if specification.listen_path is not None:
            if specification.connect_path is not None:
                return await connection.forward_remote_path(specification.listen_path, specification.connect_path)
            return await connection.forward_remote_path_to_port(
                specification.listen_path, specification.connect_host or "", specification.connect_port
            )
        host = _remote_address(specification)
        if specification.connect_path is not None:
            return await connection.forward_remote_port_to_path(
                host, specification.listen_port, specification.connect_path
            )
        return await connection.forward_remote_port(
            host, specification.listen_port, specification.connect_host or "", specification.connect_port
        )

    async def _serve_socks_remotely(self, specification: ForwardSpecification) -> asyncssh.SSHListener:
        socks = RemoteSocks(self._options.permitted)
        if specification.listen_path is not None:
            return await self._connection.start_unix_server(lambda: socks.serve, specification.listen_path)
        return await self._connection.start_server(
            lambda _host, _port: socks.serve, _remote_address(specification), specification.listen_port
        )

    def _keep(self, forward: Forward, listeners: Sequence[asyncssh.SSHListener]) -> Forward:
        self._listeners.append((forward, listeners))
        return forward

    def _tell(self, text: str) -> None:
        self._prompter.notify(Notice(self._hop, text))


def _remote_address(specification: ForwardSpecification) -> str:
    """Where the server is to listen, in the words of RFC 4254, section 7.1."""
    host = "localhost" if specification.listen_host is None else specification.listen_host
    return "" if host in _EVERYWHERE else host


def _make_room(path: str, *, remove: bool) -> None:
    """Remove what is at `path`, or refuse: asyncio would take a socket's place unasked, even one in use."""
    if remove:
        Path(path).unlink(missing_ok=True)
    elif Path(path).is_socket():
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))


def _set_mode(path: str, mode: int) -> None:
    Path(path).chmod(mode)
