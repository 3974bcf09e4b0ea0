"""The names field of a known_hosts line: patterns, hashes, ports (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT")."""

from __future__ import annotations

import base64
import binascii
import hmac
import os

from mooring.sshconfig.patterns import match_hostname

DEFAULT_PORT = 22
_HASH_MAGIC = "|1|"
_SPECIAL = frozenset("*?!")
_UNWRITABLE = frozenset("@?*#[]|'\"\\")


def bracketed(name: str, port: int) -> str:
    """The name under which a host's key is kept: "name" on port 22 (and 0, "no port"), else "[name]:port"."""
    return name if port in (0, DEFAULT_PORT) else f"[{name}]:{port}"


def is_writable(name: str) -> bool:
    """Whether a host name may be written to known_hosts: signs that mean something there are kept out (as ssh does)."""
    return not _UNWRITABLE.intersection(name) and not any(sign.isspace() or ord(sign) < 32 for sign in name)


def hash_name(name: str, salt: bytes | None = None) -> str:
    """The hashed form of a name that HashKnownHosts writes: HMAC-SHA1 under a random salt of 20 bytes."""
    salt = os.urandom(20) if salt is None else salt
    digest = hmac.digest(salt, name.encode("utf-8", "surrogateescape"), "sha1")
    return f"{_HASH_MAGIC}{base64.b64encode(salt).decode('ascii')}|{base64.b64encode(digest).decode('ascii')}"


def is_hashed(names: str) -> bool:
    """Whether a names field is a hash; nothing else stands beside one."""
    return names.startswith("|")


def is_plain(names: str) -> bool:
    """Whether a names field is a list of names and nothing more, as on most lines, of which there may be many."""
    return not is_hashed(names) and not _SPECIAL.intersection(names)


def matches(names: str, name: str) -> bool:
    """Whether the names field of a line covers `name` (in the form of `bracketed`).

    A negated pattern that matches ends the search with no. Raises ValueError for a malformed hash.
    """
    if is_hashed(names):
        return _matches_hash(names, name)
    if is_plain(names):
        return name.lower() in names.lower().split(",")
    return match_hostname(name, names)


def _matches_hash(names: str, name: str) -> bool:
    parts = names.split("|")
    if len(parts) != 4 or parts[0] or parts[1] != "1":
        raise ValueError("malformed hashed name")
    try:
        salt = base64.b64decode(parts[2], validate=True)
        wanted = base64.b64decode(parts[3], validate=True)
    except binascii.Error as error:
        raise ValueError(f"malformed hashed name: {error}") from None
    if len(salt) != 20:
        raise ValueError("malformed hashed name: the salt is not 20 bytes long")
    return hmac.digest(salt, name.encode("utf-8", "surrogateescape"), "sha1") == wanted
