"""What a format of recordings is to the recorder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from mooring.model.terminal import TerminalSize

if TYPE_CHECKING:
    from mooring_widgets.emulator import Emulator


class Encoder(Protocol):
    """Turns what happens to a terminal into bytes of a file. `seconds` count from the recording's start."""

    suffix: str
    """How names of such files end."""

    def beginning(self, emulator: Emulator) -> Iterator[bytes]:
        """The output that a recording begins with which starts on a terminal that shows something already."""
        ...

    def start(self, size: TerminalSize) -> bytes:
        """What a file begins with."""
        ...

    def output(self, seconds: float, data: bytes) -> bytes:
        """The terminal was told something."""
        ...

    def resize(self, seconds: float, size: TerminalSize) -> bytes:
        """It took another size."""
        ...

    def end(self, seconds: float) -> bytes:
        """What is still to be written at the end."""
        ...
