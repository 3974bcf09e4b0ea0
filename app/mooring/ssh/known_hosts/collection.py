"""What the known_hosts files say of one name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from mooring.ssh.known_hosts.entry import Entry, Marker
from mooring.ssh.public_key import PublicKey, algorithm_kind


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
        if self.is_revoked(key):
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
        if self.is_revoked(authority) or self.is_revoked(certified):
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

    def is_revoked(self, key: PublicKey) -> bool:
        """Whether a @revoked line names the key."""
        return any(entry.marker is Marker.REVOKED and entry.key == key for entry in self.entries)
