"""`connect`: from a target to an open connection, through every hop on the way."""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import Callable
from contextlib import AsyncExitStack

from cryptography.utils import CryptographyDeprecationWarning

from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import ConnectionFailedError
from mooring.model.machine import Target
from mooring.model.prompts import Notice, Prompter
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.connection import Connection
from mooring.ssh.forwards import ForwardOptions, Forwards
from mooring.ssh.hop import HopOpener, OpenHop, Progress
from mooring.ssh.options import HopOptions, hop_options
from mooring.sshconfig import ResolvedHost, resolve

Resolver = Callable[[Target], ResolvedHost]

_DEEPEST = 16
"""Jump hosts that are themselves reached through jump hosts; a loop in the configuration ends here."""


async def connect(
    target: Target, prompter: Prompter, *, resolver: Resolver = resolve, progress: Progress | None = None
) -> Connection:
    """Open a connection to `target`: resolve it, pass its jump hosts, check host keys, log in, open its forwards.

    Every hop is resolved, checked and logged in to with its own options, and its questions name it. `resolver` runs in
    a thread, since `Match exec` and name servers take time. `progress` is told each step and the hop that it is about.

    Raises ConfigError, UnsupportedError, ConnectionFailedError (and its kinds) and CancelledByPersonError; nothing is
    left open then, and also when the caller cancels.
    """
    # asyncssh's key exchanges over finite fields use what cryptography has deprecated, and a warning about that would
    # be printed into the person's terminal.
    warnings.filterwarnings("ignore", category=CryptographyDeprecationWarning, module=r"asyncssh\.")
    return await _Way(prompter, resolver, progress or _unheard).connect(target)


class _Way:
    """The way to one machine, hop by hop."""

    def __init__(self, prompter: Prompter, resolver: Resolver, progress: Progress) -> None:
        self._prompter = prompter
        self._resolver = resolver
        self._progress = progress
        self._passed: list[str] = []

    async def connect(self, target: Target) -> Connection:
        async with AsyncExitStack() as stack:
            options = await self._resolve(target)
            via = await self._pass_jumps(options, stack, depth=0)
            opened = await self._open(target.host, options, stack, via)
            permitted = ForwardOptions() if opened.trust.restricted else options.forwards
            forwards = Forwards(target.host, opened.connection, permitted, self._prompter)
            await forwards.open_configured()
            if options.local_command is not None:
                await _run_locally(options.resolved.expand(options.local_command))
            facts = _facts(options, opened, tuple(self._passed))
            return Connection(opened.connection, facts, options.resolved, options.session, forwards, stack.pop_all())

    async def _resolve(self, target: Target) -> HopOptions:
        self._progress(Step.RESOLVING, target.host)
        resolved = await asyncio.to_thread(self._resolver, target)
        options = hop_options(resolved)
        for text in (*resolved.warnings, *options.left_out):
            self._prompter.notify(Notice(target.host, text))
        return options

    async def _pass_jumps(self, options: HopOptions, stack: AsyncExitStack, depth: int) -> ClientConnection | None:
        """Open the jump hosts of a host in their order; the first may have jump hosts of its own."""
        via: ClientConnection | None = None
        for index, jump in enumerate(options.resolved.hops):
            if depth >= _DEEPEST:
                raise ConnectionFailedError(f"jumphost loop via {jump.host}", hop=jump.host)
            jump_options = await self._resolve(jump)
            if index == 0:
                via = await self._pass_jumps(jump_options, stack, depth + 1)
            via = (await self._open(jump.host, jump_options, stack, via)).connection
            self._passed.append(jump.host)
        return via

    async def _open(
        self, hop: str, options: HopOptions, stack: AsyncExitStack, via: ClientConnection | None
    ) -> OpenHop:
        return await HopOpener(hop, options, self._prompter, self._progress, stack, via).open()


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


async def _run_locally(command: str) -> None:
    """LocalCommand: run it in the person's shell, and wait, as ssh does; its status does not matter."""
    process = await asyncio.create_subprocess_exec(os.environ.get("SHELL") or "/bin/sh", "-c", command)
    await process.wait()


def _unheard(step: Step, hop: str) -> None:
    """Progress that nobody asked for."""
