"""What a source of machines has to offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from mooring.inventory.looks import FileState
from mooring.model.errors import MooringError
from mooring.model.machine import Machine


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What one reading of a source gave.

    `machines` are in the source's own order, each name once. An entry that has a name but can't be used is a machine
    with its `problem` set; `problems` are for what no row can tell (an unreadable file, an entry without a name).
    `remarks` tell what is left out as one would expect. `complete` adds what the source knows of a machine that any
    source named. `looks` are the files and folders that the result hangs on, as they were before they were read.
    """

    machines: tuple[Machine, ...] = ()
    problems: tuple[MooringError, ...] = ()
    remarks: tuple[str, ...] = ()
    complete: Callable[[Machine], Machine] | None = None
    looks: Mapping[str, FileState] = field(default_factory=dict)


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


@runtime_checkable
class PatientSource(Source, Protocol):
    """A source that waits for something that may never answer: a program, a server."""

    @property
    def patience(self) -> float:
        """Seconds after which it gives up by itself, at the latest."""
        ...

    def cancel(self) -> None:
        """Give up now, from another thread; what it started ends too."""
        ...
