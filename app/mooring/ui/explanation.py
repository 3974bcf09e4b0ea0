"""What a machine resolves to, ready to be shown: each value with the place it comes from, hop by hop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.ui.problems import problem_lines, shorten_home

if TYPE_CHECKING:
    from mooring.sshconfig import ResolvedHost


@dataclass(frozen=True, slots=True)
class ExplainedSetting:
    """One effective option; `origin` is `file:line` with the home folder as `~`."""

    keyword: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class ExplainedHop:
    """The machine itself, or a jump host on the way."""

    title: str
    settings: tuple[ExplainedSetting, ...]


@dataclass(frozen=True, slots=True)
class MachineExplanation:
    """Everything that the details show beside what the sources say; `problem` when it can't be resolved."""

    hops: tuple[ExplainedHop, ...] = ()
    ssh_line: str = ""
    note: str = ""
    problem: str | None = None
    hint: str | None = None


def explain_machine(machine: Machine, *, run_match_exec: bool) -> MachineExplanation:
    """Resolve a machine. Reads files, and runs the commands of `Match exec` where it may: call it in a thread.

    The machine stands first, then the hosts that are passed on the way to it.
    """
    # Read only when somebody looks, so that the first screen does not wait for it.
    from mooring.sshconfig import resolve, resolve_way
    from mooring.system_ssh import command_line

    try:
        *jumps, destination = resolve_way(machine.target, partial(resolve, run_match_exec=run_match_exec))
        hops = (_hop("What ssh makes of it:", destination), *(_hop("On the way:", jump) for jump in jumps))
        note = ""
        if destination.unexecuted or any(jump.unexecuted for jump in jumps):
            note = "`Match exec` is run when you come here (tab) or connect, not while you browse."
        return MachineExplanation(hops, command_line(machine.target), note)
    except MooringError as error:
        return MachineExplanation(problem="\n".join(problem_lines(error)), hint=error.hint)


def _hop(words: str, host: ResolvedHost) -> ExplainedHop:
    from mooring.sshconfig import explained

    address = f"[{host.hostname}]" if ":" in host.hostname else host.hostname
    settings = tuple(
        ExplainedSetting(found.keyword, found.value, shorten_home(str(found.origin))) for found in explained(host)
    )
    return ExplainedHop(f"{words} {host.user}@{address}:{host.port}", settings)
