"""What this SSH can do, by the names that `ssh -Q` takes."""

from __future__ import annotations

import json
import sys

from asyncssh.compression import get_compression_algs
from asyncssh.encryption import get_encryption_algs
from asyncssh.kex import get_kex_algs
from asyncssh.mac import get_mac_algs
from asyncssh.public_key import get_certificate_algs, get_public_key_algs

_AUTHENTICATED = (b"-gcm@openssh.com", b"chacha20-poly1305@openssh.com")


def _authenticated_ciphers() -> list[bytes]:
    return [name for name in get_encryption_algs() if name.endswith(_AUTHENTICATED)]


_SIGNATURES = (get_public_key_algs, get_certificate_algs)
_QUERIES = {
    "cipher": (get_encryption_algs,),
    "cipher-auth": (_authenticated_ciphers,),
    "compression": (get_compression_algs,),
    "kex": (get_kex_algs,),
    "key": _SIGNATURES,
    "key-cert": (get_certificate_algs,),
    "key-plain": (get_public_key_algs,),
    "key-sig": _SIGNATURES,
    "mac": (get_mac_algs,),
    "sig": (get_public_key_algs,),
}
_KEYWORDS = {
    "ciphers": "cipher",
    "macs": "mac",
    "kexalgorithms": "kex",
    "hostkeyalgorithms": "key-sig",
    "pubkeyacceptedalgorithms": "key-sig",
    "pubkeyacceptedkeytypes": "key-sig",
    "hostbasedacceptedalgorithms": "key-sig",
    "hostbasedkeytypes": "key-sig",
    "casignaturealgorithms": "sig",
}
"""Keywords of ssh_config(5) stand for the query about them, in any case."""


def supported_algorithms(query: str) -> tuple[str, ...] | None:
    """Return the names that answer a query of ssh(1), -Q; None for a query that nobody knows."""
    if query == "help":
        return tuple(sorted((*_QUERIES, "protocol-version")))
    if query == "protocol-version":
        return ("2",)
    sources = _QUERIES.get(_KEYWORDS.get(query.lower(), query))
    return None if sources is None else tuple(name.decode("ascii") for source in sources for name in source())


def write_all() -> None:
    """Write the names for every keyword to standard output, as JSON, for a process that does not load the library."""
    json.dump({keyword: supported_algorithms(keyword) for keyword in _KEYWORDS}, sys.stdout)
