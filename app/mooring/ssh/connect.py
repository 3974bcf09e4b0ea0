"""`connect`: from a target to an open connection, through every hop on the way."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import chain

from cryptography.utils import CryptographyDeprecationWarning

from mooring.limits import find_limits, refuse
from mooring.limits import warnings as limit_warnings
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.machine import Target
from mooring.model.prompts import Notice, Prompter
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.connection import Connection
from mooring.ssh.forwards import ForwardOptions, Forwards
from mooring.ssh.handshakes import Handshakes
from mooring.ssh.hop import HopOpener, OpenHop, Progress, Surroundings
from mooring.ssh.local_programs import run_local_command
from mooring.ssh.options import HopOptions, hop_options
from mooring.ssh.password_command import PasswordCommandPrompter
from mooring.ssh.supported import supported_algorithms
from mooring.sshconfig import ResolvedHost, Resolver, resolve, resolve_way


async def connect(
    target: Target,
    prompter: Prompter,
    *,
    resolver: Resolver = resolve,
    progress: Progress | None = None,
    in_tab: bool = False,
    handshakes: Handshakes | None = None,
) -> Connection:
    """Open a connection to `target`: resolve it, pass its jump hosts, check host keys, log in, open its forwards.

    Every hop is checked and logged in to with its own options, and its questions name it. All of them are resolved
    before the first is connected to, so that what the native path can't do (`mooring.limits`) is refused or told in
    time. `resolver` runs in a thread, since `Match exec` and name servers take time. `progress` is told each step and
    the hop that it is about. `in_tab` says that the session will be a tab of the screen: what a ProxyCommand or
    LocalCommand prints has no terminal there, so it is told. `handshakes` is shared by the connections of one process,
    so that they take turns at exchanging keys.

    Raises ConfigError, UnsupportedError, ConnectionFailedError (and its kinds) and CancelledByPersonError; nothing is
    left open then, and also when the caller cancels.
    """
    # asyncssh's key exchanges over finite fields use what cryptography has deprecated, and a warning about that would
    # be printed into the person's terminal.
    warnings.filterwarnings("ignore", category=CryptographyDeprecationWarning, module=r"asyncssh\.")
    surroundings = Surroundings(progress or _unheard, handshakes or Handshakes(), tells_programs=in_tab)
    return await _Way(prompter, resolver, surroundings, in_tab).connect(target)


class _Way:
    """The way to one machine, hop by hop."""

    def __init__(self, prompter: Prompter, resolver: Resolver, surroundings: Surroundings, in_tab: bool) -> None:
        self._prompter = prompter
        self._resolver = resolver
        self._surroundings = surroundings
        self._in_tab = in_tab

    async def connect(self, target: Target) -> Connection:
        self._surroundings.progress(Step.RESOLVING, target.host)
        way = await asyncio.to_thread(resolve_way, target, self._resolver)
        self._judge(way)
        *jumps, options = map(hop_options, way)
        async with AsyncExitStack() as stack:
            via: ClientConnection | None = None
            for jump in jumps:
                via = (await self._open(jump, stack, via, self._prompter)).connection
            opened = await self._open(options, stack, via, self._answering(target))
            permitted = ForwardOptions() if opened.trust.restricted else options.forwards
            forwards = Forwards(target.host, opened.connection, permitted, self._prompter)
            await forwards.open_configured()
            if options.local_command is not None:
                hear = self._surroundings.hear(target.host, self._prompter)
                await run_local_command(options.resolved.expand(options.local_command), hear)
            facts = _facts(options, opened, tuple(jump.resolved.target.host for jump in jumps))
            return Connection(opened.connection, facts, options.resolved, options.session, forwards, stack.pop_all())

    def _judge(self, way: Sequence[ResolvedHost]) -> None:
        """Refuse the way, or tell what will not happen on it."""
        found = [
            find_limits(resolved, supported_algorithms, in_tab=self._in_tab and resolved is way[-1]) for resolved in way
        ]
        refuse(chain.from_iterable(found), hint="Use the system ssh for this machine.")
        for resolved, findings in zip(way, found, strict=True):
            for text in (*resolved.warnings, *limit_warnings(findings)):
                self._prompter.notify(Notice(resolved.target.host, text))

    def _answering(self, target: Target) -> Prompter:
        """Whoever answers for the target itself; a password manager's answer is for no other hop."""
        if not target.password_command:
            return self._prompter
        return PasswordCommandPrompter(target.host, target.password_command, self._prompter)

    async def _open(
        self, options: HopOptions, stack: AsyncExitStack, via: ClientConnection | None, prompter: Prompter
    ) -> OpenHop:
        hop = options.resolved.target.host
        return await HopOpener(hop, options, prompter, self._surroundings, stack, via).open()


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
