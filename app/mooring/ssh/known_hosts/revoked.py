"""RevokedHostKeys: keys that no host may show (ssh_config(5))."""

from __future__ import annotations

from pathlib import Path

from mooring.ssh.certificate import Certificate
from mooring.ssh.known_hosts.revocation_list import MAGIC, KeyRevocationList
from mooring.ssh.public_key import PublicKey


class RevokedKeys:
    """The keys of a RevokedHostKeys file: one public key a line, or a binary list of `ssh-keygen -k`.

    A file that can't be read revokes every key, in ssh and here: OSError, or ValueError with the reason for a line that
    is no public key, and for a binary list that is malformed or holds what is not understood.
    """

    def __init__(self, path: str) -> None:
        content = Path(path).read_bytes()
        self.path = path
        self._list = KeyRevocationList(content) if content.startswith(MAGIC) else None
        self._keys = frozenset(_keys(content.decode("utf-8", "replace")) if self._list is None else ())

    def revokes(self, key: PublicKey, certificate: Certificate | None = None) -> bool:
        """Whether `key` may not be shown: for itself, or because of its certificate or that one's authority."""
        if self._list is not None:
            return self._list.revokes(key, certificate)
        return key in self._keys or (certificate is not None and certificate.authority in self._keys)


def _keys(text: str) -> list[PublicKey]:
    keys: list[PublicKey] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            keys.append(PublicKey.parse(words[0], words[1] if len(words) > 1 else ""))
        except ValueError as error:
            raise ValueError(f"invalid format in line {number}: {error}") from None
    return keys
