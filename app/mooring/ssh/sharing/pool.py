"""`ConnectionPool`: from a target to an open connection, shared with everybody who goes the same way."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import chain

from cryptography.utils import CryptographyDeprecationWarning

from mooring.limits import find_limits, refuse
from mooring.limits import warnings as limit_warnings
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.machine import Target
from mooring.model.prompts import Notice, Prompter
from mooring.ssh.carriers import Carriers
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.connection import Connection
from mooring.ssh.forwards import ForwardOptions
from mooring.ssh.handshakes import Handshakes
from mooring.ssh.hop import OpenHop, Progress, Surroundings
from mooring.ssh.local_programs import run_local_command
from mooring.ssh.opened_keys import OpenedKeys
from mooring.ssh.options import HopOptions, hop_options
from mooring.ssh.password_command import PasswordCommandPrompter
from mooring.ssh.sharing.hop_key import HopKey, way_key
from mooring.ssh.sharing.lease import Lease
from mooring.ssh.sharing.shared_hop import SharedHop
from mooring.ssh.supported import supported_algorithms
from mooring.sshconfig import ResolvedHost, Resolver, resolve, resolve_way


class ConnectionPool:
    """The connections of one process, one for each way to a machine.

    Two users share a connection where all hops and all options that matter on the wire are equal (`hop_key`), under
    whatever names; so a jump host's connection serves all machines behind it, and a tab on the jump host. Who comes
    while it is being made waits for the same login: its questions go to the first who may be asked, what it tells goes
    to all, and so does its failure. One that stops waiting disturbs nobody. A connection closes when its last user
    does, or `linger` seconds later.

    `resolver` runs in a thread, since `Match exec` and name servers take time. `handshakes` bounds how many exchange
    keys at once. `tells_programs` says that there is no terminal for what a ProxyCommand or LocalCommand prints, so it
    is told as notices. `keeps_keys`: a private key that was opened stays open for the pool's other connections. One
    pool is of one event loop.
    """

    def __init__(
        self,
        *,
        resolver: Resolver = resolve,
        handshakes: Handshakes | None = None,
        tells_programs: bool = False,
        linger: float = 0.0,
        keeps_keys: bool = False,
    ) -> None:
        # asyncssh's key exchanges over finite fields use what cryptography has deprecated, and a warning about that
        # would be printed into the person's terminal.
        warnings.filterwarnings("ignore", category=CryptographyDeprecationWarning, module=r"asyncssh\.")
        self._resolver = resolver
        self._surroundings = Surroundings(
            _unheard,
            handshakes or Handshakes(),
            tells_programs=tells_programs,
            keys=OpenedKeys() if keeps_keys else None,
        )
        self._linger = linger
        self._hops: dict[HopKey, SharedHop] = {}
        self._replaced: set[SharedHop] = set()

    @asynccontextmanager
    async def lease(
        self,
        target: Target,
        prompter: Prompter | None,
        *,
        progress: Progress | None = None,
        in_tab: bool = False,
        for_session: bool = False,
    ) -> AsyncIterator[Connection]:
        """`connect` for the length of a block."""
        connection = await self.connect(target, prompter, progress=progress, in_tab=in_tab, for_session=for_session)
        try:
            yield connection
        finally:
            await connection.close()

    async def connect(
        self,
        target: Target,
        prompter: Prompter | None,
        *,
        progress: Progress | None = None,
        in_tab: bool = False,
        for_session: bool = False,
    ) -> Connection:
        """Give a connection to `target`: resolve it, pass its jump hosts, check host keys, log in, as far as needed.

        Every hop is checked and logged in to with its own options, and its questions name it. All of them are resolved
        before the first is connected to, so that what the native path can't do (`mooring.limits`) is refused or told in
        time. `prompter` answers; None means that nobody may be asked, and what needs an answer fails. `progress` is
        told each step and the hop that it is about. `in_tab` says that the session will be a tab of the screen.
        `for_session` opens the forwards of the configuration and runs LocalCommand, as ssh does for its first session;
        without it nothing but the connection is made, as scp and sftp have it.

        Raises ConfigError, UnsupportedError, ConnectionFailedError (and its kinds) and CancelledByPersonError; nothing
        of this call is left then, and also when the caller cancels. The connection has to be closed by `close`.
        """
        progress = progress or _unheard
        progress(Step.RESOLVING, target.host)
        way = await asyncio.to_thread(resolve_way, target, self._resolver)
        _judge(way, prompter, in_tab=in_tab)
        *jumps, options = map(hop_options, way)
        lease = Lease(self._find, prompter, progress)
        try:
            for jump in jumps:
                await lease.enter(jump, prompter)
            opened = await lease.enter(options, _answering(target, prompter))
            permitted = options.forwards if for_session and not opened.trust.restricted else ForwardOptions()
            forwards = await lease.join_forwards(permitted)
            if for_session and options.local_command is not None and lease.hop.claim_start():
                hear = self._surroundings.hear(target.host, lease.hop.audience)
                await run_local_command(options.local_command, hear)
        except BaseException:
            await lease.close()
            raise
        carriers = Carriers(opened.connection, lease.another)
        facts = _facts(options, opened, tuple(jump.resolved.target.host for jump in jumps))
        return Connection(carriers, facts, options.resolved, options.session, forwards, lease.close)

    @asynccontextmanager
    async def approach(self, jumps: Sequence[ResolvedHost]) -> AsyncIterator[ClientConnection]:
        """The connection to the last of `jumps`, through which a machine is reached, for the length of a block.

        Nobody is asked: CancelledByPersonError says that somebody would have to be. Raises ConnectionFailedError (and
        its kinds) besides.
        """
        lease = Lease(self._find, None, _unheard)
        try:
            for resolved in jumps:
                opened = await lease.enter(hop_options(resolved), None)
            yield opened.connection
        finally:
            await lease.close()

    def open_connection(self, way: Sequence[ResolvedHost]) -> ClientConnection | None:
        """The connection to the last of `way`, if somebody has it open now."""
        hop = self._hops.get(way_key(way))
        return hop.connection if hop is not None and hop.is_open else None

    async def close(self) -> None:
        """End every connection, whoever uses it."""
        endings = [hop.begin_end() for hop in (*self._hops.values(), *self._replaced)]
        if endings:
            await asyncio.wait(endings)

    def _find(self, key: HopKey, options: HopOptions, via: SharedHop | None) -> SharedHop:
        hop = self._hops.get(key)
        if hop is None or not hop.can_be_joined:
            if hop is not None:
                # Whoever uses it still does.
                self._replaced.add(hop)
            hop = self._hops[key] = SharedHop(key, options, via, self._surroundings, self._forget, self._linger)
        return hop

    def _forget(self, hop: SharedHop) -> None:
        self._replaced.discard(hop)
        if self._hops.get(hop.key) is hop:
            del self._hops[hop.key]


def _judge(way: Sequence[ResolvedHost], prompter: Prompter | None, *, in_tab: bool) -> None:
    """Refuse the way, or tell what will not happen on it."""
    found = [find_limits(resolved, supported_algorithms, in_tab=in_tab and resolved is way[-1]) for resolved in way]
    refuse(chain.from_iterable(found), hint="Use the system ssh for this machine.")
    if prompter is None:
        return
    told: set[str] = set()
    for resolved, findings in zip(way, found, strict=True):
        # A line for every host, as below `Host *`, is no news at the second hop.
        limits = [text for text in limit_warnings(findings) if text not in told]
        told.update(limits)
        for text in (*resolved.warnings, *limits):
            prompter.notify(Notice(resolved.target.host, text))


def _answering(target: Target, prompter: Prompter | None) -> Prompter | None:
    """Whoever answers for the target itself; a password manager's answer is for no other hop."""
    if prompter is None or not target.password_command:
        return prompter
    return PasswordCommandPrompter(target.host, target.password_command, prompter)


def _facts(options: HopOptions, opened: OpenHop, hops: tuple[str, ...]) -> ConnectionFacts:
    return ConnectionFacts(
        user=options.authentication.user,
        address=options.transport.host,
        port=options.transport.port,
        key_type=opened.trust.key.short_name.lower(),
        fingerprint=opened.trust.key.fingerprint(options.host_keys.digest),
        authentication=opened.method,
        hops=hops,
    )


def _unheard(step: Step, hop: str) -> None:
    """Progress that nobody asked for."""
