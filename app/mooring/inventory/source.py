"""What a source of machines has to offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mooring.model.errors import MooringError
from mooring.model.machine import Machine


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What one reading of a source gave.

    `machines` are in the source's own order, each name once. An entry that has a name but can't be used is a machine
    with its `problem` set; `problems` are for what no row can tell (an unreadable file, an entry without a name).
    `complete` fills in what the source knows of a machine that any source named, where all of them left it open.
    """

    machines: tuple[Machine, ...] = ()
    problems: tuple[MooringError, ...] = ()
    complete: Callable[[Machine], Machine] | None = None


class Source(Protocol):
    """Something that knows machines: a file, a directory, a program.

    Reading blocks, so whoever has an event loop reads in a thread. It reads only: no source is ever written to.
    """

    @property
    def name(self) -> str:
        """What `Machine.sources` calls it, as a person would ("ssh_config", "docker-machine")."""
        ...

    def read(self) -> SourceResult:
        """Read everything anew. Bad entries are told in the result; nothing is raised for them."""
        ...
