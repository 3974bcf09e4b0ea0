"""What a machine resolves to, hop by hop: what was set where, and what the native path can't do of it."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mooring.limits import Finding, SupportedAlgorithms, find_limits
from mooring.model.machine import Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.model.ssh_argument_settings import with_arguments
from mooring.model.ssh_arguments import SshArguments
from mooring.sshconfig import Explanation, FileMemory, ResolvedHost, explained, resolve, resolve_way
from mooring.system_ssh import command


@dataclass(frozen=True, slots=True)
class HopExplanation:
    """One host on the way. `settings` are those that something other than a default set, in the order of `ssh -G`."""

    name: str
    user: str
    hostname: str
    port: int
    settings: tuple[Explanation, ...]
    findings: tuple[Finding, ...]

    @property
    def address(self) -> str:
        """Who and where, as `user@host:port`."""
        host = f"[{self.hostname}]" if ":" in self.hostname else self.hostname
        return f"{self.user}@{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class WayExplanation:
    """The machine itself, and the hosts that are passed on the way to it, in that order.

    `ssh_words` is the command that makes the system's ssh do the same. `warnings` are what ssh would say while it reads
    its files. `unexecuted` are the lines of `Match exec` that were not run, because nobody wanted it.
    """

    machine: HopExplanation
    jumps: tuple[HopExplanation, ...]
    ssh_words: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    unexecuted: tuple[Origin, ...] = ()


def explain_way(
    target: Target,
    arguments: SshArguments | None = None,
    *,
    run_match_exec: bool = True,
    in_tab: bool = False,
    supported: SupportedAlgorithms | None = None,
    memory: FileMemory | None = None,
) -> WayExplanation:
    """Resolve a target, with a command line's arguments above it where there is one, and every hop before it.

    Reads files, and runs the commands of `Match exec` where it may; nothing is connected to. `in_tab` counts what a tab
    of the screen can't do beside what the native path can't. `supported` tells which algorithms the SSH library has;
    where it is left out the library is loaded and asked, if a list was set. `memory` is for whoever explains many.
    Raises as `resolve` does, and UsageError for arguments that ssh refuses.
    """
    given = arguments or SshArguments()
    whole = with_arguments(target, given, os.environ)
    command_line = given.command_line

    def answer(of: Target) -> ResolvedHost:
        remote_command = command_line if of is whole else ""
        return resolve(of, command=remote_command, run_match_exec=run_match_exec, memory=memory)

    way = resolve_way(whole, answer)
    *jumps, machine = way
    limits = partial(find_limits, supported=supported or supported_algorithms)
    return WayExplanation(
        machine=_explain_hop(machine, explained(machine), limits(machine, arguments=given, in_tab=in_tab)),
        jumps=tuple(_explain_hop(jump, _explained_jump(jump, way), limits(jump)) for jump in jumps),
        ssh_words=tuple(command(target, given)),
        warnings=tuple(text for host in (machine, *jumps) for text in host.warnings),
        unexecuted=tuple(origin for host in (machine, *jumps) for origin in host.unexecuted),
    )


def supported_algorithms(keyword: str) -> Collection[str] | None:
    """The names that the native path has for an algorithm list; the SSH library is loaded with the first question."""
    from mooring.ssh.supported import supported_algorithms as supported

    return supported(keyword)


def _explained_jump(jump: ResolvedHost, way: Sequence[ResolvedHost]) -> tuple[Explanation, ...]:
    """The settings of a jump host. ssh gives it user and port on a command line; they stand where ProxyJump stands."""
    leading = next(host for host in way if jump.target in host.hops)
    origin = leading.setting("proxyjump").origin or COMMAND_LINE
    return tuple(
        replace(setting, origin=origin) if setting.origin == COMMAND_LINE else setting for setting in explained(jump)
    )


def _explain_hop(
    host: ResolvedHost, settings: tuple[Explanation, ...], findings: tuple[Finding, ...]
) -> HopExplanation:
    return HopExplanation(
        name=host.target.host,
        user=host.user,
        hostname=host.hostname,
        port=host.port,
        settings=settings,
        findings=findings,
    )
