"""What a machine resolves to, ready to be shown: each value with the place it comes from, hop by hop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mooring.explanation import HopExplanation, explain_way
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.system_ssh import shell_line
from mooring.ui.browser.library_algorithms import algorithms_of_the_library
from mooring.ui.problems import problem_lines, shorten_home

if TYPE_CHECKING:
    from mooring.sshconfig import FileMemory


@dataclass(frozen=True, slots=True)
class ExplainedSetting:
    """One effective option; `origin` is `file:line` with the home folder as `~`."""

    keyword: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class ExplainedLimit:
    """Something that a native session can't do; one that is `refused` is not even connected."""

    text: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ExplainedHop:
    """The machine itself, or a jump host on the way."""

    title: str
    settings: tuple[ExplainedSetting, ...]
    limits: tuple[ExplainedLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class MachineExplanation:
    """Everything that the details show beside what the sources say; `problem` when it can't be resolved."""

    hops: tuple[ExplainedHop, ...] = ()
    ssh_line: str = ""
    note: str = ""
    problem: str | None = None
    hint: str | None = None


def explain_machine(machine: Machine, *, run_match_exec: bool, memory: FileMemory | None = None) -> MachineExplanation:
    """Resolve a machine. Reads files, and runs the commands of `Match exec` where it may: call it in a thread.

    The machine stands first, then the hosts that are passed on the way to it. What `memory` has read before is read
    again only where it has changed.
    """
    try:
        way = explain_way(
            machine.target,
            run_match_exec=run_match_exec,
            in_tab=True,
            supported=algorithms_of_the_library,
            memory=memory,
        )
        hops = (_hop("What ssh makes of it:", way.machine), *(_hop("On the way:", jump) for jump in way.jumps))
        note = (
            "`Match exec` is run when you come here (tab) or connect, not while you browse." if way.unexecuted else ""
        )
        return MachineExplanation(hops, shell_line(way.ssh_words), note)
    except MooringError as error:
        return MachineExplanation(problem="\n".join(problem_lines(error)), hint=error.hint)


def _hop(words: str, hop: HopExplanation) -> ExplainedHop:
    settings = tuple(
        ExplainedSetting(found.keyword, found.value, shorten_home(str(found.origin))) for found in hop.settings
    )
    limits = tuple(ExplainedLimit(shorten_home(str(found)), found.is_refused) for found in hop.findings)
    return ExplainedHop(f"{words} {hop.address}", settings, limits)
