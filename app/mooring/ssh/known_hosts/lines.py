"""The lines of known_hosts files, searched without reading the keys on lines that are about others.

A file of ten thousand lines is searched in some 30 ms; to read every key on it takes half a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mooring.model.origin import Origin
from mooring.ssh.known_hosts.entry import Entry, Marker, names_of, parse_entry
from mooring.ssh.known_hosts.names import is_hashed, is_plain, matches
from mooring.ssh.public_key import PublicKey

_SHOWN_NAMES = 8


class Lines:
    """Lines with the places that they come from. They are not written to, and may be shared."""

    def __init__(self, texts: Iterable[tuple[str, str]], *, from_command: bool = False) -> None:
        self._lines = [(path, number, line) for path, text in texts for number, line in enumerate(text.split("\n"), 1)]
        self._from_command = from_command
        self._plain: dict[str, list[int]] = {}
        self._others: list[int] = []
        for index, (_path, _number, line) in enumerate(self._lines):
            self._note(index, names_of(line))

    @classmethod
    def of_files(cls, paths: Iterable[str]) -> Lines:
        """Read files, in their order; one that can't be read counts as empty, as in ssh."""
        return cls((path, _text_of(path)) for path in paths)

    def about(self, name: str) -> tuple[Entry, ...]:
        """The entries that cover `name`, in the form of `names.bracketed`; invalid lines are skipped, as in ssh."""
        found = {*self._plain.get(name.lower(), ()), *(at for at in self._others if _covers(self._lines[at][2], name))}
        return tuple(self._entries(self._lines[index] for index in sorted(found)))

    def with_key(self, key: PublicKey) -> tuple[Entry, ...]:
        """The entries that hold `key`, whatever they are about."""
        encoded = key.encoded.split()[1]
        found = self._entries(line for line in self._lines if encoded in line[2])
        return tuple(entry for entry in found if entry.key == key)

    def other_names(self, key: PublicKey, name: str) -> tuple[str, ...]:
        """Where `key` is on record for others than `name`, as ssh lists it: "file:line: names", eight at most."""
        home = str(Path.home())
        found = [
            f"{_shortened(entry.origin, home)}: {'[hashed name]' if is_hashed(entry.names) else entry.names}"
            for entry in self.with_key(key)
            if entry.marker is Marker.NONE and not entry.covers(name)
        ]
        left_out = len(found) - _SHOWN_NAMES
        return (*found[:_SHOWN_NAMES], *((f"({left_out} additional names omitted)",) if left_out > 0 else ()))

    def _note(self, index: int, names: str) -> None:
        """Put a line where it is looked for: under each of its names where they are plain, as most are."""
        if is_plain(names):
            for name in names.lower().split(","):
                self._plain.setdefault(name, []).append(index)
        else:
            self._others.append(index)

    def _entries(self, lines: Iterable[tuple[str, int, str]]) -> Iterator[Entry]:
        for path, number, line in lines:
            try:
                entry = parse_entry(line, Origin(path, number), from_command=self._from_command)
            except ValueError:
                continue
            if entry is not None:
                yield entry


class LinesMemory:
    """Files that many connections look at: read once, and again when one has changed."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[tuple[object, ...], Lines]] = {}

    def of_files(self, paths: Sequence[str]) -> Lines:
        """The same as `Lines.of_files`."""
        key = tuple(paths)
        signature = tuple(map(_signature, key))
        known = self._known.get(key)
        if known is None or known[0] != signature:
            known = self._known[key] = (signature, Lines.of_files(key))
        return known[1]


def _signature(path: str) -> tuple[int, ...] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _covers(line: str, name: str) -> bool:
    try:
        return matches(names_of(line), name)
    except ValueError:
        return False


def _text_of(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""


def _shortened(origin: Origin, home: str) -> str:
    return "~" + str(origin).removeprefix(home) if origin.path.startswith(home + "/") else str(origin)
