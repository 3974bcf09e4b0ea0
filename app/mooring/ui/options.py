"""What the command line tells the application."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class UiOptions:
    """How to start. `config_file` is what `-F` was given; the two paths stand in for the usual ones (None).

    `native` says that the native client was asked for by name: then the system's `ssh` is offered nowhere.
    `demo` shows the demonstration fleet in place of the person's machines. `to_open` names a workspace, or machines.
    `engine` is the process id of an engine to attach to; `take_over` takes it from another UI.
    """

    config_file: str | None = None
    native: bool = False
    demo: bool = False
    machine_store: Path | None = None
    machines_file: Path | None = None
    to_open: tuple[str, ...] = ()
    engine: int | None = None
    take_over: bool = False
