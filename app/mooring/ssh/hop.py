"""One hop of the way: transport, key exchange, host key, login."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TypeVar, cast

import asyncssh

from mooring.model.connection import Step
from mooring.model.errors import ConnectionFailedError, MooringError
from mooring.model.prompts import Notice, Prompter
from mooring.ssh import failures
from mooring.ssh.authentication import Authenticator
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.direct import open_failed
from mooring.ssh.failures import Peer
from mooring.ssh.handshakes import Handshakes
from mooring.ssh.host_key_updates import HostKeyUpdates
from mooring.ssh.host_keys import HostKeyChecker, Trust
from mooring.ssh.known_hosts import LinesMemory
from mooring.ssh.local_programs import Hear
from mooring.ssh.opened_keys import OpenedKeys
from mooring.ssh.options import HopOptions
from mooring.ssh.transport import Transport, open_transport

Progress = Callable[[Step, str], None]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all hops of a way have in common. `tells_programs`: programs that are run here have no terminal."""

    progress: Progress
    handshakes: Handshakes
    tells_programs: bool = False
    known_hosts: LinesMemory = field(default_factory=LinesMemory)
    keys: OpenedKeys | None = None

    def hear(self, hop: str, prompter: Prompter) -> Hear | None:
        """Who is told what programs print for `hop`; None where they print it themselves."""
        return (lambda line: prompter.notify(Notice(hop, line))) if self.tells_programs else None


@dataclass(frozen=True, slots=True)
class OpenHop:
    """A hop that let us in."""

    connection: ClientConnection
    trust: Trust
    method: str


class HopOpener:
    """Opens one hop: `via` is the connection that leads to it, None for the first (or behind a ProxyCommand).

    Whatever has to be ended is pushed on `stack`, the connection itself last.
    """

    def __init__(
        self,
        hop: str,
        options: HopOptions,
        prompter: Prompter,
        surroundings: Surroundings,
        stack: AsyncExitStack,
        via: ClientConnection | None,
    ) -> None:
        self._hop = hop
        self._options = options
        self._prompter = prompter
        self._surroundings = surroundings
        self._stack = stack
        self._via = via
        self._authenticator = Authenticator(hop, options.authentication, prompter, surroundings.keys)
        self._transport: Transport | None = None
        self._connection: ClientConnection | None = None
        self.round_trip = 0.0
        """Seconds that it took to connect, without name servers and keys; 0 until then, and behind a ProxyCommand."""
        self._updates: HostKeyUpdates | None = None
        if options.host_keys.update != "no":
            self._updates = HostKeyUpdates(hop, options.host_keys, prompter)
            stack.push_async_callback(self._updates.close)

    async def open(self) -> OpenHop:
        """Go all the way. Raises ConnectionFailedError or one of its kinds, and CancelledByPersonError."""
        self._stack.push_async_callback(self._authenticator.close)
        async with self._surroundings.handshakes.turn():
            self._surroundings.progress(Step.CONNECTING, self._hop)
            checker, connection, waiter = await self._exchange_keys()
        trust = await self._unless_lost(checker.check(connection.keys_exchanged.result()), connection, waiter)
        if trust.updates and self._updates is not None:
            self._updates.start(checker.name)
        if trust.restricted:
            self._restrict(connection)
        self._surroundings.progress(Step.AUTHENTICATING, self._hop)
        self._authenticator.binding = connection.binding
        connection.admit()
        await self._login(connection, waiter)
        return OpenHop(connection, trust, self._authenticator.method)

    async def knock(self) -> float:
        """Go as far as the host key, which is checked, and no further: nothing about the user is sent.

        Returns how many seconds one round trip to the host took. Raises as `open` does.
        """
        async with self._surroundings.handshakes.turn():
            checker, connection, waiter = await self._exchange_keys()
        await self._unless_lost(checker.check(connection.keys_exchanged.result()), connection, waiter)
        return self.round_trip

    async def _exchange_keys(self) -> tuple[HostKeyChecker, ClientConnection, asyncio.Future[None]]:
        """Everything that ConnectTimeout is about."""
        options = self._options.transport
        try:
            async with asyncio.timeout(options.connect_timeout):
                if self._via is None:
                    self._transport = await open_transport(
                        self._hop, options, self._surroundings.hear(self._hop, self._prompter), self._tell
                    )
                    self.round_trip = self._transport.round_trip
                    self._stack.push_async_callback(self._transport.end)
                return await self._start()
        except TimeoutError:
            connection = self._connection
            if connection is None:
                error = TimeoutError(errno.ETIMEDOUT, "")
                raise failures.connecting_failed(self._hop, options.host, options.port, error) from None
            raise failures.greeting_timed_out(connection.peer, greeted=connection.greeted) from None

    async def _start(self) -> tuple[HostKeyChecker, ClientConnection, asyncio.Future[None]]:
        options = self._options
        transport = self._transport
        address = transport.address if transport is not None else ""
        checker = HostKeyChecker(
            self._hop,
            options.transport.host,
            options.transport.port,
            address,
            options.host_keys,
            self._prompter,
            self._surroundings.known_hosts,
            self._surroundings.hear(self._hop, self._prompter),
        )
        offer = options.offer(await checker.known() if options.prefers_known_keys else None)
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        waiter.add_done_callback(_look_at)
        try:
            settings = options.asyncssh_options(offer, self._authenticator, self._updates)
        except ValueError as error:
            raise ConnectionFailedError(f"{self._hop}: {error}", hop=self._hop) from None
        settings.waiter = waiter
        peer = Peer(self._hop, options.transport.host)
        if address:
            peer = Peer(self._hop, options.transport.host, address, options.transport.port)
        connection = ClientConnection(loop, settings, peer, offer, self._authenticator)
        self._connection = connection
        self._stack.push_async_callback(_end, connection)
        if transport is not None:
            await transport.carry(connection)
        else:
            await self._start_through(connection)
        await asyncio.wait((connection.keys_exchanged, waiter), return_when=asyncio.FIRST_COMPLETED)
        if not connection.keys_exchanged.done():
            raise self._failure(connection, waiter.exception())
        return checker, connection, waiter

    async def _start_through(self, connection: ClientConnection) -> None:
        if self._via is None:
            raise RuntimeError("neither a transport nor a connection to go through")
        target = self._options.transport
        factory = cast(Callable[[], asyncssh.SSHTCPSession[bytes]], lambda: connection)
        began = time.monotonic()
        try:
            await self._via.create_connection(factory, target.host, target.port, encoding=None)
        except asyncssh.ChannelOpenError as error:
            raise open_failed(self._hop, error) from None
        self.round_trip = time.monotonic() - began

    async def _unless_lost(
        self, work: Awaitable[Result], connection: ClientConnection, waiter: asyncio.Future[None]
    ) -> Result:
        """Do `work`, which may ask the person, but give up (and withdraw the question) when the host hangs up."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait((task, waiter), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise self._failure(connection, waiter.exception())
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _login(self, connection: ClientConnection, waiter: asyncio.Future[None]) -> None:
        try:
            await waiter
        except (asyncssh.Error, MooringError, OSError, ValueError) as error:
            raise self._failure(connection, error) from None

    def _failure(self, connection: ClientConnection, error: BaseException | None) -> MooringError:
        if isinstance(error, MooringError):
            return error
        if connection.goodbye is not None:
            goodbye, agent_keys = connection.goodbye, self._authenticator.agent_keys_offered
            return failures.disconnected(connection.peer, goodbye.code, goodbye.reason, agent_keys=agent_keys)
        if isinstance(error, asyncssh.PermissionDenied):
            return self._authenticator.failure()
        return failures.broken_before_login(connection.peer, error, greeted=connection.greeted)

    def _tell(self, text: str) -> None:
        self._prompter.notify(Notice(self._hop, text))

    def _restrict(self, connection: ClientConnection) -> None:
        """Go on with a host that is not the one we know, but without what it could abuse (as ssh does)."""
        options = self._options
        tied = [
            ("Password authentication", "password" in options.authentication.methods),
            ("Keyboard-interactive authentication", "keyboard-interactive" in options.authentication.methods),
            ("Agent forwarding", options.agent_forwarding is not None),
            ("Port forwarding", bool(options.forwards.local or options.forwards.remote)),
        ]
        for what, wanted in tied:
            if wanted:
                self._tell(f"{what} is disabled to avoid man-in-the-middle attacks.")
        if options.forwards.exit_on_failure and any(wanted for _what, wanted in tied):
            raise ConnectionFailedError("Error: forwarding disabled due to host key check failure", hop=self._hop)
        self._authenticator.restricted = True
        connection.refuse_agent_forwarding()


async def _end(connection: ClientConnection) -> None:
    if connection.started:
        connection.close()
        await connection.wait_closed()


def _look_at(waiter: asyncio.Future[None]) -> None:
    """Fetch an error that may come after another has ended the attempt; asyncio would complain about it otherwise."""
    if not waiter.cancelled():
        waiter.exception()
