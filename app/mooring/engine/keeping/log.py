"""What a terminal was told, in order: output, and the sizes it took between."""

from __future__ import annotations

from collections import deque
from typing import ClassVar
from weakref import WeakSet

from mooring.model.terminal import TerminalSize

Entry = bytes | TerminalSize


class OutputLog:
    """Output with its place in the session's whole output, counted in bytes from its start.

    A size belongs to a place too: the UI changes it when it has shown so much, and the engine hears of that later.
    """

    _all: ClassVar[WeakSet[OutputLog]] = WeakSet()

    def __init__(self) -> None:
        OutputLog._all.add(self)
        self.start = 0
        self.end = 0
        self._entries: deque[Entry] = deque()

    def __len__(self) -> int:
        return self.end - self.start

    @classmethod
    def together(cls) -> int:
        """Bytes that all logs of this process hold."""
        return sum(map(len, cls._all))

    def add(self, data: bytes) -> None:
        """Note output."""
        self._entries.append(data)
        self.end += len(data)

    def add_size(self, size: TerminalSize, after: int) -> None:
        """Note that the terminal took a size when it had shown `after` bytes; a place that is gone is the start."""
        behind: list[Entry] = []
        position = self.end
        while self._entries and position > after:
            entry = self._entries.pop()
            if isinstance(entry, bytes):
                position -= len(entry)
                if position < after:
                    cut = after - position
                    self._entries.append(entry[:cut])
                    entry = entry[cut:]
                    position = after
            behind.append(entry)
        self._entries.append(size)
        self._entries.extend(reversed(behind))

    def take(self, most: int, before: int) -> Entry | None:
        """Take the oldest entry out, of output at most `most` bytes, and none from the place `before` on."""
        if not self._entries:
            return None
        entry = self._entries[0]
        if not isinstance(entry, bytes):
            return self._entries.popleft()
        allowed = min(most, before - self.start)
        if allowed <= 0:
            return None
        if len(entry) <= allowed:
            self._entries.popleft()
        else:
            self._entries[0] = entry[allowed:]
            entry = entry[:allowed]
        self.start += len(entry)
        return entry
