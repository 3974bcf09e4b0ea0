"""Sources that other distributions bring along, by the entry-point group `mooring.inventory`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mooring.inventory.options import destination_problem
from mooring.inventory.source import Source, SourceResult
from mooring.model.errors import SourceError
from mooring.model.machine import Machine

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "mooring.inventory"


def installed_sources() -> Iterator[Source]:
    """One source for each entry point, called by its name. Nothing of theirs is loaded before they are read."""
    if not _any_installed():
        return
    from importlib.metadata import entry_points

    for entry_point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        yield InstalledSource(entry_point)


def _any_installed() -> bool:
    """Whether an installed distribution names the group; importlib.metadata takes 15 ms of each start to say no."""
    section = f"[{GROUP}]".encode()
    for folder in sys.path:
        for file in Path(folder).glob("*.dist-info/entry_points.txt"):
            try:
                if section in file.read_bytes():
                    return True
            except OSError:
                continue
    return False


class InstalledSource:
    """A source of somebody else's: the entry point names a callable without arguments that returns a `Source`.

    It is loaded and called in the thread that reads it. Whatever it raises is the reader's to tell.
    """

    def __init__(self, entry_point: EntryPoint) -> None:
        self._entry_point = entry_point
        self._source: Source | None = None

    @property
    def name(self) -> str:
        """The name of the entry point."""
        return self._entry_point.name

    def read(self) -> SourceResult:
        """Read it; machines that ssh could not take by name are marked so, whoever named them."""
        if self._source is None:
            make = self._entry_point.load()
            self._source = make()
        result: object = self._source.read()
        if not isinstance(result, SourceResult):
            return SourceResult(problems=(SourceError(self.name, f"gave {type(result).__name__}, no SourceResult"),))
        return replace(result, machines=tuple(map(_checked, result.machines)))


def _checked(machine: Machine) -> Machine:
    reason = destination_problem(machine.name)
    return machine if reason is None or machine.problem else replace(machine, problem=f"its name {reason}")
