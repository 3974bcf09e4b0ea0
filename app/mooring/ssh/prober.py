"""Whether machines can be reached: as far as the key exchange and the host key, and no login."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial

from mooring.model.connection import Step
from mooring.model.errors import (
    AuthenticationFailedError,
    CancelledByPersonError,
    ConnectionFailedError,
    ConnectionRefusedByHostError,
    ConnectionTimedOutError,
    HostKeyChangedError,
    HostKeyError,
    HostKeyUnknownError,
    MooringError,
    NameResolutionError,
    NoRouteError,
)
from mooring.model.machine import Target
from mooring.model.prompts import Answer, Notice, Question
from mooring.model.reachability import Reach, Reachability
from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.handshakes import Handshakes
from mooring.ssh.hop import HopOpener, Surroundings
from mooring.ssh.options import HopOptions, hop_options
from mooring.ssh.sharing import ConnectionPool
from mooring.ssh.sharing.hop_key import HopKey, way_key
from mooring.sshconfig import FileMemory, ResolvedHost, resolve, resolve_way

AT_ONCE = 8
"""Probes under way at the same time; the others wait, and their limit begins when they begin."""

LOGIN_MEMORY = 120.0
"""Seconds that a jump host which did not let us in unasked is left alone: each try is a failed login to it."""

FAILURE_MEMORY = 15.0
"""Seconds that a jump host which can't be reached stands for all machines behind it."""

_REACHES: tuple[tuple[type[MooringError], Reach], ...] = (
    (NameResolutionError, Reach.NO_ADDRESS),
    (ConnectionRefusedByHostError, Reach.REFUSED),
    (ConnectionTimedOutError, Reach.TIMED_OUT),
    (NoRouteError, Reach.NO_ROUTE),
    (HostKeyUnknownError, Reach.HOST_KEY_UNKNOWN),
    (HostKeyError, Reach.HOST_KEY_CHANGED),
    (ConnectionFailedError, Reach.NOT_SSH),
)


class Prober:
    """Probes machines, through `pool`'s connections where jump hosts lie before them.

    A probe asks nobody, writes nothing and never logs in to its target: where somebody is logged in to it already, that
    connection is asked for a sign of life; else the keys are exchanged and the host key is looked at. A jump host has
    to be logged in to: an open connection to it is used, else a login is tried that may ask nobody. What a
    configuration runs is not run for a probe (`Match exec`, ProxyCommand): such programs open browsers, ask for touches
    of a key and cost money, which is for a person to start; those machines are NOT_PROBED.
    """

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._resolve = partial(resolve, run_match_exec=False, memory=FileMemory())
        self._slots = asyncio.Semaphore(AT_ONCE)
        # Turns of its own: nobody who connects shall wait behind probes.
        self._surroundings = Surroundings(_unheard, Handshakes(AT_ONCE))
        self._jump_failures: dict[HopKey, tuple[float, Reachability]] = {}

    async def probe(self, target: Target, *, limit: float, may_log_in: bool = True) -> Reachability:
        """Look for `target`, for `limit` seconds at most. What keeps it from being reached is in the answer.

        Without `may_log_in` no jump host is logged in to either: for probes that no person asked for.
        """
        async with self._slots:
            stage = _Stage(target.host)
            try:
                async with asyncio.timeout(limit):
                    return await self._probe(target, stage, may_log_in=may_log_in)
            except TimeoutError:
                reason = f"no answer within {limit:g} seconds"
                reach = Reach.TIMED_OUT if stage.hop == target.host else Reach.JUMP_FAILED
                return Reachability(reach, None, reason, stage.hop)
            except MooringError as error:
                return Reachability(Reach.FAILED, None, error.message, target.host)

    async def _probe(self, target: Target, stage: _Stage, *, may_log_in: bool) -> Reachability:
        way = await asyncio.to_thread(resolve_way, target, self._resolve)
        jumps = way[:-1]
        are_passed = not jumps or self._pool.open_connection(jumps) is not None
        if (reason := _what_would_run(way, are_passed=are_passed)) is not None:
            return Reachability(Reach.NOT_PROBED, None, reason, target.host)
        known = self._pool.open_connection(way)
        if known is not None:
            return Reachability(Reach.UP, await known.ping(), hop=target.host)
        async with AsyncExitStack() as stack:
            via = None
            if jumps:
                stage.hop = jumps[-1].target.host
                if not may_log_in and not are_passed:
                    reason = "nobody is logged in to it, and probes that were not asked for don't log in"
                    return Reachability(Reach.JUMP_NEEDS_LOGIN, None, reason, stage.hop)
                found = await self._pass(jumps, stack, stage)
                if isinstance(found, Reachability):
                    return found
                via = found
                stage.hop = target.host
            return await self._knock(way[-1], stack, via)

    async def _pass(
        self, jumps: Sequence[ResolvedHost], stack: AsyncExitStack, stage: _Stage
    ) -> ClientConnection | Reachability:
        """Get through the jump hosts, or say why not; what was found is remembered for the machines behind them."""
        key = way_key(jumps)
        until, remembered = self._jump_failures.get(key, (0.0, None))
        if remembered is not None and time.monotonic() < until and self._pool.open_connection(jumps) is None:
            return remembered
        try:
            return await stack.enter_async_context(self._pool.approach(jumps))
        except CancelledByPersonError:
            reason = "logging in to it needs an answer; a session through it opens the way"
            found, memory = Reachability(Reach.JUMP_NEEDS_LOGIN, None, reason, stage.hop), LOGIN_MEMORY
        except AuthenticationFailedError as error:
            found, memory = Reachability(Reach.JUMP_FAILED, None, error.message, error.hop), LOGIN_MEMORY
        except ConnectionFailedError as error:
            found, memory = Reachability(Reach.JUMP_FAILED, None, error.message, error.hop), FAILURE_MEMORY
        self._jump_failures[key] = (time.monotonic() + memory, found)
        return found

    async def _knock(self, resolved: ResolvedHost, stack: AsyncExitStack, via: ClientConnection | None) -> Reachability:
        host = resolved.target.host
        opener = HopOpener(host, _strictly(hop_options(resolved)), _Nobody(), self._surroundings, stack, via)
        try:
            return Reachability(Reach.UP, await opener.knock(), hop=host)
        except MooringError as error:
            reach = next((reach for kind, reach in _REACHES if isinstance(error, kind)), Reach.FAILED)
            latency = opener.round_trip if isinstance(error, HostKeyError) else None
            return Reachability(reach, latency, _reason_of(error), host)


def _reason_of(error: MooringError) -> str:
    """Why it ended there, in one line; of host keys without the strictness, which is the probe's and nobody's wish."""
    if isinstance(error, HostKeyUnknownError):
        return "no key of it is on record; a session asks about the one that it shows"
    if isinstance(error, HostKeyChangedError):
        return f"another one is on record in {error.origin}"
    return " ".join(error.message.split())


@dataclass(slots=True)
class _Stage:
    """The host that a probe is dealing with."""

    hop: str


class _Nobody:
    """A `Prompter` without a person."""

    async def ask(self, question: Question) -> Answer:
        return None

    def notify(self, notice: Notice) -> None:
        """Nobody hears it."""


def _what_would_run(way: Sequence[ResolvedHost], *, are_passed: bool) -> str | None:
    """What the configuration would have us run on the way; None for nothing. `are_passed`: the jump hosts are open."""
    for resolved in way:
        if resolved.unexecuted:
            return f"Match exec ({resolved.unexecuted[0]}) is not run for a probe"
    for resolved in way[-1:] if are_passed else way:
        if resolved.text("proxycommand"):
            return f"ProxyCommand ({resolved.setting('proxycommand').origin}) is not run for a probe"
        if resolved.text("knownhostscommand"):
            return f"KnownHostsCommand ({resolved.setting('knownhostscommand').origin}) is not run for a probe"
    return None


def _strictly(options: HopOptions) -> HopOptions:
    """The options of a host whose key is looked at and neither asked about nor recorded."""
    return replace(options, host_keys=replace(options.host_keys, strict="yes", update="no", check_address=False))


def _unheard(step: Step, hop: str) -> None:
    """Progress that nobody asked for."""
