"""Sources of machines that are given by the test, and not read from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mooring.inventory import Source, SourceResult
from mooring.model.errors import MooringError
from mooring.model.machine import Machine


@dataclass(frozen=True)
class GivenSource:
    """A source with these machines and problems, each time that it is read."""

    machines: tuple[Machine, ...] = ()
    problems: tuple[MooringError, ...] = ()
    name: str = "given"

    def read(self) -> SourceResult:
        """What was given."""
        return SourceResult(self.machines, self.problems)


def given(machines: Iterable[Machine] = (), *problems: MooringError) -> tuple[Source, ...]:
    """One source with these machines."""
    return (GivenSource(tuple(machines), problems),)
