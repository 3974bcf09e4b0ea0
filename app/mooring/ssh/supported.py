"""What this SSH can do, by the names that `ssh -Q` takes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable

from asyncssh.compression import get_compression_algs
from asyncssh.encryption import get_encryption_algs
from asyncssh.kex import get_kex_algs
from asyncssh.mac import get_mac_algs
from asyncssh.public_key import get_certificate_algs, get_public_key_algs

from mooring.ssh.algorithms import AUTHENTICATED
from mooring.sshconfig.values import algorithms

_Names = tuple[str, ...]
_Library = Callable[[], Iterable[bytes]]

_CERTIFICATE = "-cert-v01@openssh.com"
_SIGNATURES_ALONE = ("rsa-sha2-", "webauthn-")
"""Beginnings of names that are ways to sign: no key has such a type."""


def _both(known: Iterable[str], *library: _Library) -> _Names:
    """The names that a configuration may use and the library has, in OpenSSH's order."""
    have = {name.decode("ascii") for names in library for name in names()}
    return tuple(name for name in known if name in have)


def _signatures() -> _Names:
    return _both(algorithms.HOST_KEYS.known, get_public_key_algs, get_certificate_algs)


def _keys() -> _Names:
    return tuple(name for name in _signatures() if not name.startswith(_SIGNATURES_ALONE))


def _ciphers() -> _Names:
    return _both(algorithms.CIPHERS.known, get_encryption_algs)


_QUERIES: dict[str, Callable[[], _Names]] = {
    "cipher": _ciphers,
    "cipher-auth": lambda: tuple(name for name in _ciphers() if name.endswith(AUTHENTICATED)),
    "compression": lambda: _both(("none", "zlib@openssh.com", "zlib"), get_compression_algs),
    "kex": lambda: _both(algorithms.KEX.known, get_kex_algs),
    "key": _keys,
    "key-cert": lambda: tuple(name for name in _keys() if name.endswith(_CERTIFICATE)),
    "key-plain": lambda: tuple(name for name in _keys() if not name.endswith(_CERTIFICATE)),
    "key-sig": _signatures,
    "mac": lambda: _both(algorithms.MACS.known, get_mac_algs),
    "sig": lambda: tuple(name for name in _signatures() if not name.endswith(_CERTIFICATE)),
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
    names = _QUERIES.get(_KEYWORDS.get(query.lower(), query))
    return None if names is None else names()


def write_all() -> None:
    """Write the names for every keyword to standard output, as JSON, for a process that does not load the library."""
    json.dump({keyword: supported_algorithms(keyword) for keyword in _KEYWORDS}, sys.stdout)
