"""All machines that a person can reach, as the sources give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mooring.inventory.jump_hosts import with_jump_hosts
from mooring.inventory.jump_loops import mark_jump_loops
from mooring.inventory.merge import merge
from mooring.inventory.source import SourceResult
from mooring.model.errors import MooringError
from mooring.model.machine import Machine


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How it stands with one source: how many machines it named, and what it had to say.

    `reading` is true until its answer has come; the rest is then that of the last time, or nothing.
    """

    name: str
    machine_count: int = 0
    problems: tuple[MooringError, ...] = ()
    remarks: tuple[str, ...] = ()
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the sources gave: machines sorted naturally by name, and the problems that no machine's row tells.

    `sources` are in order of precedence.
    """

    machines: tuple[Machine, ...] = ()
    problems: tuple[MooringError, ...] = ()
    sources: tuple[SourceStatus, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every source has answered."""
        return not any(source.reading for source in self.sources)

    def find(self, name: str) -> Machine | None:
        """The machine of exactly that name."""
        return next((machine for machine in self.machines if machine.name == name), None)


def gather(sources: Sequence[SourceStatus], results: Sequence[SourceResult]) -> Inventory:
    """Make one inventory of the results, which are in order of precedence. Pure, and linear but for the sorting."""
    machines = merge([result.machines for result in results])
    for result in results:
        if result.complete is not None:
            machines = tuple(map(result.complete, machines))
    machines = with_jump_hosts(mark_jump_loops(machines))
    return Inventory(machines, tuple(problem for result in results for problem in result.problems), tuple(sources))
