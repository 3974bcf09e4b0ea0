"""One line of known_hosts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mooring.model.origin import Origin
from mooring.ssh.known_hosts.names import matches
from mooring.ssh.public_key import PublicKey


class Marker(Enum):
    """What a line says of its key."""

    NONE = ""
    CERTIFICATE_AUTHORITY = "@cert-authority"
    REVOKED = "@revoked"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that ssh would use. `names` is the field as written; `from_command` tells KnownHostsCommand's lines."""

    marker: Marker
    names: str
    key: PublicKey
    origin: Origin
    from_command: bool = False

    def covers(self, name: str) -> bool:
        """Whether the line is about `name`, in the form of `names.bracketed`; a malformed hash covers nothing."""
        try:
            return matches(self.names, name)
        except ValueError:
            return False


def parse_entry(line: str, origin: Origin, *, from_command: bool = False) -> Entry | None:
    """Read one line; None for blank lines and comments. Raises ValueError for a line that ssh skips as invalid."""
    rest = line.strip(" \t\r\n")
    if not rest or rest.startswith("#"):
        return None
    marker = Marker.NONE
    if rest.startswith("@"):
        # ssh looks for a blank first and for a tab only where the line has none: others are no markers to it.
        word, _blank, rest = rest.partition(" " if " " in rest else "\t")
        rest = rest.lstrip(" \t")
        try:
            marker = Marker(word)
        except ValueError:
            raise ValueError(f"unknown marker {word!r}") from None
        if rest.startswith("@"):
            raise ValueError("more than one marker")
    names, rest = _cut(rest)
    algorithm, rest = _cut(rest)
    encoded, _comment = _cut(rest)
    if not encoded or algorithm.startswith("#"):
        raise ValueError("no key on the line")
    return Entry(marker, names, PublicKey.parse(algorithm, encoded), origin, from_command)


def names_of(line: str) -> str:
    """The names field of a line without reading the rest of it; "" where there is none."""
    words = line.split(None, 2)
    if not words or words[0].startswith("#"):
        return ""
    if not words[0].startswith("@"):
        return words[0]
    return words[1] if len(words) > 1 else ""


def _cut(text: str) -> tuple[str, str]:
    """Split at the first run of blanks and tabs."""
    for index, sign in enumerate(text):
        if sign in " \t":
            return text[:index], text[index:].lstrip(" \t")
    return text, ""
