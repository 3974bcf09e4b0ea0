"""The terminal as a file that may go away."""

from __future__ import annotations

from typing import TextIO


class VanishingFile:
    """A text file that swallows what is written once the terminal behind it is gone.

    Textual 8.2.8's writer thread dies of the OSError, its queue of thirty fills up, and the app blocks for ever in
    `write`: after a hang-up it could not even end.
    """

    def __init__(self, file: TextIO) -> None:
        self._terminal = file
        self._gone = False

    def write(self, text: str) -> int:
        """Write, or drop."""
        if not self._gone:
            try:
                self._terminal.write(text)
            except OSError:
                self._gone = True
        return len(text)

    def flush(self) -> None:
        """Flush, or do nothing."""
        if not self._gone:
            try:
                self._terminal.flush()
            except OSError:
                self._gone = True

    def fileno(self) -> int:
        """The descriptor."""
        return self._terminal.fileno()
