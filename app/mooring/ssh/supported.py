"""What this SSH can do, by the names that `ssh -Q` takes."""

from __future__ import annotations

from asyncssh.compression import get_compression_algs
from asyncssh.encryption import get_encryption_algs
from asyncssh.kex import get_kex_algs
from asyncssh.mac import get_mac_algs
from asyncssh.public_key import get_certificate_algs, get_public_key_algs

_QUERIES = {
    "cipher": (get_encryption_algs,),
    "ciphers": (get_encryption_algs,),
    "compression": (get_compression_algs,),
    "kex": (get_kex_algs,),
    "kexalgorithms": (get_kex_algs,),
    "key": (get_public_key_algs, get_certificate_algs),
    "key-cert": (get_certificate_algs,),
    "key-plain": (get_public_key_algs,),
    "key-sig": (get_public_key_algs, get_certificate_algs),
    "hostkeyalgorithms": (get_public_key_algs, get_certificate_algs),
    "pubkeyacceptedalgorithms": (get_public_key_algs, get_certificate_algs),
    "sig": (get_public_key_algs,),
    "mac": (get_mac_algs,),
    "macs": (get_mac_algs,),
}


def supported_algorithms(query: str) -> tuple[str, ...] | None:
    """Return the names that answer a query of ssh(1), -Q; None for a query that nobody knows."""
    folded = query.lower()
    if folded == "help":
        return tuple(name for name in _QUERIES if name == name.lower() and "algorithms" not in name)
    if folded == "protocol-version":
        return ("2",)
    if folded not in _QUERIES:
        return None
    return tuple(name.decode("ascii") for source in _QUERIES[folded] for name in source())
