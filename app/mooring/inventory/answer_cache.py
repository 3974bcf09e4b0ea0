"""The last answer of a program that takes its time, kept for those who start soon after."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mooring.inventory.looks import FileState
from mooring.model.machine import Machine
from mooring.store.write import write_atomically


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Machines in `file`, good for `keep` seconds.

    Machines alone are kept: what else a program printed (passwords may be in it) reaches no disk.
    """

    file: Path
    keep: float

    def load(self, looks: Iterable[FileState]) -> tuple[Machine, ...] | None:
        """The machines, unless they are too old, or older than one of the files that the answer hangs on."""
        try:
            written = self.file.stat().st_mtime_ns
            if not 0 <= time.time_ns() - written <= self.keep * 1e9 or any(
                look and look[3] > written for look in looks
            ):
                return None
        except OSError:
            return None
        return self.load_any_age()

    def load_any_age(self) -> tuple[Machine, ...] | None:
        """The machines, however old: for what may be out of date but must not wait."""
        try:
            return msgspec.msgpack.decode(self.file.read_bytes(), type=tuple[Machine, ...])
        except (OSError, msgspec.MsgspecError):
            # There is none, or another version wrote it.
            return None

    def save(self, machines: tuple[Machine, ...]) -> None:
        """Keep these; where that is not possible the program is asked the next time, and nothing is lost."""
        if self.keep > 0:
            with contextlib.suppress(OSError):
                write_atomically(self.file, msgspec.msgpack.encode(machines))
