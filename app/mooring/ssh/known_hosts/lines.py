"""The lines of known_hosts files, searched without reading the keys on lines that are about others.

A file of ten thousand lines is searched in some 30 ms; to read every key on it takes half a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mooring.model.origin import Origin
from mooring.ssh.known_hosts.entry import Entry, Marker, names_of, parse_entry
from mooring.ssh.known_hosts.names import is_hashed, matches
from mooring.ssh.public_key import PublicKey

_SHOWN_NAMES = 8


class Lines:
    """Lines with the places that they come from."""

    def __init__(self, texts: Iterable[tuple[str, str]], *, from_command: bool = False) -> None:
        self._lines = [(path, number, line) for path, text in texts for number, line in enumerate(text.split("\n"), 1)]
        self._from_command = from_command

    @classmethod
    def of_files(cls, paths: Iterable[str]) -> Lines:
        """Read files, in their order; one that can't be read counts as empty, as in ssh."""
        return cls((path, _text_of(path)) for path in paths)

    def about(self, name: str) -> tuple[Entry, ...]:
        """The entries that cover `name`, in the form of `names.bracketed`; invalid lines are skipped, as in ssh."""
        return tuple(self._entries(line for line in self._lines if _covers(line[2], name)))

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

    def _entries(self, lines: Iterable[tuple[str, int, str]]) -> Iterator[Entry]:
        for path, number, line in lines:
            try:
                entry = parse_entry(line, Origin(path, number), from_command=self._from_command)
            except ValueError:
                continue
            if entry is not None:
                yield entry


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
