"""RevokedHostKeys: keys that no host may show (ssh_config(5))."""

from __future__ import annotations

from pathlib import Path

from mooring.ssh.public_key import PublicKey

_KRL_MAGIC = b"SSHKRL\n\0"


class RevokedKeys:
    """The keys of a RevokedHostKeys file, which lists one public key a line. Raises OSError when it can't be read.

    A file that can't be read revokes every key, in ssh and here. OpenSSH's binary revocation lists (ssh-keygen -k)
    are not read; `ValueError` says so, since a list that is silently skipped would let revoked keys through.
    """

    def __init__(self, path: str) -> None:
        content = Path(path).read_bytes()
        if content.startswith(_KRL_MAGIC):
            raise ValueError(f"{path} is a binary key revocation list, which the native path can't read")
        self.path = path
        self._keys = frozenset(_keys(content.decode("utf-8", "replace")))

    def __contains__(self, key: PublicKey) -> bool:
        return key in self._keys


def _keys(text: str) -> list[PublicKey]:
    keys: list[PublicKey] = []
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 2 and not words[0].startswith("#"):
            keys.append(PublicKey.parse(words[0], words[1]))
    return keys
