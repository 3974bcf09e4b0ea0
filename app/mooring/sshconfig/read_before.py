"""Files that many resolutions read one after the other: read once, and what has no effect is stepped over.

ssh reads its whole configuration for one host. Whoever resolves two hundred hosts of one file would read every line of
it two hundred times, only to learn that it is about another host and has no mistake.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from mooring.sshconfig.files import read_lines
from mooring.sshconfig.lexer import LexError, split_arguments, split_keyword
from mooring.sshconfig.patterns import is_literal
from mooring.sshconfig.person import Person

_Signature = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class IdleBlock:
    """A `Host` block that names hosts without a wildcard, and says nothing to any other: not even a mistake.

    `end` is the index of the line behind it.
    """

    names: frozenset[str]
    end: int


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The lines of a file, and the blocks that were found idle, by the index (from 0) of their heading."""

    lines: list[str]
    idle: dict[int, IdleBlock] = field(default_factory=dict)


class FileMemory:
    """Keeps files for resolutions in one environment, on behalf of one person; a file that has changed is read anew.

    Threads may share it: they learn the same.
    """

    def __init__(self) -> None:
        self._files: dict[tuple[str, bool], tuple[_Signature, ReadFile]] = {}

    def read(self, path: str, *, trusted_by: Person | None) -> ReadFile:
        """The file, as `read_lines` reads it; raises what that raises."""
        key = (path, trusted_by is not None)
        signature = _signature(path)
        known = self._files.get(key)
        if known is not None and known[0] == signature:
            return known[1]
        file = ReadFile(read_lines(path, trusted_by=trusted_by))
        if signature == _signature(path):
            self._files[key] = (signature, file)
        return file


class BlockWatch:
    """Looks on while a file is read, and notes blocks that turn out to be idle."""

    def __init__(self, file: ReadFile) -> None:
        self._file = file
        self._heading = 0
        self._names: frozenset[str] | None = None

    def begin(self, heading: int, *, active: bool) -> None:
        """A block begins at this line; the one before has ended."""
        self.end(heading)
        self._heading = heading
        self._names = None if active else literal_names(self._file.lines[heading])

    def disturb(self) -> None:
        """A line of the block had an effect, or could have one another time."""
        self._names = None

    def end(self, index: int) -> None:
        """The block ends in front of this line."""
        if self._names is not None:
            self._file.idle[self._heading] = IdleBlock(self._names, index)
        self._names = None


def literal_names(line: str) -> frozenset[str] | None:
    """The hosts that a `Host` line names, where none of its patterns is more than a name; None for any other line."""
    words = split_keyword(line)
    if words is None or words[0] != "host":
        return None
    try:
        patterns = split_arguments(words[1])
    except LexError:
        return None
    return frozenset(patterns) if all(map(is_literal, patterns)) else None


def _signature(path: str) -> _Signature:
    status = os.stat(path)  # noqa: PTH116 (a name as the configuration has it, bytes and all)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
