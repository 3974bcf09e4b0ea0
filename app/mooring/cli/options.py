"""What the flags before the subcommand say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring.store.paths import Paths


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """The flags of the whole program, and the words of `mooring ssh` where that is what was called.

    `machine_store`, `machines_file` and `paths` are only set by `--demo`, which brings its own.
    """

    config_file: str | None = None
    native: bool = False
    demo: bool = False
    ssh_words: tuple[str, ...] = ()
    machine_store: Path | None = None
    machines_file: Path | None = None
    paths: Paths | None = None
