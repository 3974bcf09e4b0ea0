"""sudo(8) on the other side: seeing when it wants a password, and when it has let the command in.

Both are marks on standard error that nobody else can know, taken out of the stream again. Until the second has come,
nothing but passwords is sent, or sudo would take the command's input for one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import Enum

from mooring.model.command_template import as_root


class SudoEvent(Enum):
    """What a mark says."""

    ASKS = "asks"
    ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class SudoMarks:
    """The two marks of one run. They hold no per cent sign, which sudo's `-p` would expand."""

    token: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def asks(self) -> bytes:
        """What sudo shows as its prompt."""
        return f"<mooring {self.token} password>".encode()

    @property
    def admitted(self) -> bytes:
        """What is printed when the command begins."""
        return f"<mooring {self.token} begin>".encode()

    def wrap(self, command: str) -> str:
        """The command, run by sudo with these marks."""
        return as_root(command, self.asks.decode(), self.admitted.decode())


class SudoWatch:
    """Finds the marks in one standard error, however it is cut into chunks."""

    def __init__(self, marks: SudoMarks) -> None:
        self._marks = {marks.asks: SudoEvent.ASKS, marks.admitted: SudoEvent.ADMITTED}
        self._held = b""
        self._admitted = False

    def feed(self, data: bytes) -> tuple[bytes, tuple[SudoEvent, ...]]:
        """Return what is the program's own, and what sudo said; the start of a mark is held back."""
        if self._admitted:
            return data, ()
        data = self._held + data
        passed: list[bytes] = []
        events: list[SudoEvent] = []
        while not self._admitted and (found := self._first(data)) is not None:
            mark, position = found
            passed.append(data[:position])
            data = data[position + len(mark) :]
            events.append(self._marks[mark])
            self._admitted = self._marks[mark] is SudoEvent.ADMITTED
        kept = 0 if self._admitted else self._beginning(data)
        self._held = data[len(data) - kept :]
        passed.append(data[: len(data) - kept])
        return b"".join(passed), tuple(events)

    def rest(self) -> bytes:
        """What was held back, when nothing more comes."""
        held, self._held = self._held, b""
        return held

    def _first(self, data: bytes) -> tuple[bytes, int] | None:
        places = [(mark, data.find(mark)) for mark in self._marks]
        return min((place for place in places if place[1] >= 0), key=lambda place: place[1], default=None)

    def _beginning(self, data: bytes) -> int:
        """How many bytes at the end could be the start of a mark."""
        lengths = range(min(len(data), max(map(len, self._marks)) - 1), 0, -1)
        return next((n for n in lengths if any(mark.startswith(data[-n:]) for mark in self._marks)), 0)
