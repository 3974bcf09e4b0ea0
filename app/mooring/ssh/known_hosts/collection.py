"""What the known_hosts files say of one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from mooring.model.origin import Origin
from mooring.ssh.known_hosts.entry import Entry, Marker, parse_entry
from mooring.ssh.known_hosts.names import is_hashed
from mooring.ssh.public_key import PublicKey, algorithm_kind

_SHOWN_NAMES = 8


class KeyStatus(Enum):
    """How a key stands to what is known."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    CHANGED = "changed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of a key, and the line that it rests on (for CHANGED: the last line with another key, as in ssh)."""

    status: KeyStatus
    entry: Entry | None = None


class KnownHosts:
    """The lines about one name, in the order of the files."""

    def __init__(self, name: str, entries: Iterable[Entry]) -> None:
        self.name = name
        self.entries = tuple(entry for entry in entries if entry.covers(name))

    def check(self, key: PublicKey) -> Verdict:
        """What the lines say of a plain key that the host shows."""
        if self._is_revoked(key):
            return Verdict(KeyStatus.REVOKED)
        verdict = Verdict(KeyStatus.UNKNOWN)
        for entry in self.entries:
            if entry.marker is not Marker.NONE:
                continue
            if entry.key == key:
                return Verdict(KeyStatus.KNOWN, entry)
            verdict = Verdict(KeyStatus.CHANGED, entry)
        return verdict

    def check_certificate(self, authority: PublicKey, certified: PublicKey) -> Verdict:
        """What the lines say of a certificate: `authority` signed it, `certified` is the plain key in it."""
        if self._is_revoked(authority) or self._is_revoked(certified):
            return Verdict(KeyStatus.REVOKED)
        for entry in self.entries:
            if entry.marker is Marker.CERTIFICATE_AUTHORITY and entry.key == authority:
                return Verdict(KeyStatus.KNOWN, entry)
        return Verdict(KeyStatus.UNKNOWN)

    @property
    def has_authority(self) -> bool:
        """Whether a @cert-authority line is about this name."""
        return any(entry.marker is Marker.CERTIFICATE_AUTHORITY for entry in self.entries)

    def knows_kind(self, algorithm: str) -> bool:
        """Whether a key of the plain type behind `algorithm` is on record."""
        kind = algorithm_kind(algorithm)
        return any(entry.marker is Marker.NONE and entry.key.algorithm == kind for entry in self.entries)

    def _is_revoked(self, key: PublicKey) -> bool:
        return any(entry.marker is Marker.REVOKED and entry.key == key for entry in self.entries)


def read_files(paths: Iterable[str]) -> tuple[Entry, ...]:
    """Every usable line of the files, in order; unreadable files and invalid lines count as absent, as in ssh."""
    return tuple(entry for path in paths for entry in _read_file(path))


def read_lines(lines: Iterable[str], path: str, *, from_command: bool = False) -> Iterator[Entry]:
    """The usable lines among `lines`; `path` is what their origin names."""
    for number, line in enumerate(lines, start=1):
        try:
            entry = parse_entry(line, Origin(path, number), from_command=from_command)
        except ValueError:
            continue
        if entry is not None:
            yield entry


def other_names(entries: Iterable[Entry], key: PublicKey, name: str) -> tuple[str, ...]:
    """Where the same key is on record for others than `name`, as ssh lists it: "file:line: names", eight at most."""
    home = str(Path.home())
    found = [
        f"{_shortened(entry.origin, home)}: {'[hashed name]' if is_hashed(entry.names) else entry.names}"
        for entry in entries
        if entry.marker is Marker.NONE and entry.key == key and not entry.covers(name)
    ]
    left_out = len(found) - _SHOWN_NAMES
    return (*found[:_SHOWN_NAMES], *((f"({left_out} additional names omitted)",) if left_out > 0 else ()))


def _shortened(origin: Origin, home: str) -> str:
    return "~" + str(origin).removeprefix(home) if origin.path.startswith(home + "/") else str(origin)


def _read_file(path: str) -> Iterator[Entry]:
    try:
        text = Path(path).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return iter(())
    return read_lines(text.split("\n"), path)
