"""Which algorithms are offered: what the configuration asks for, as far as asyncssh has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from asyncssh.compression import get_compression_algs
from asyncssh.encryption import get_encryption_algs
from asyncssh.kex import get_kex_algs
from asyncssh.mac import get_mac_algs
from asyncssh.public_key import get_certificate_algs, get_public_key_algs

from mooring.ssh.public_key import algorithm_kind, is_certificate_algorithm

AUTHENTICATED = ("-gcm@openssh.com", "chacha20-poly1305@openssh.com")
"""Endings of ciphers that need no MAC beside them."""

_FAST_EXCHANGE = "ecdh-sha2-nistp256"


@dataclass(frozen=True, slots=True)
class Offer:
    """The name lists of a key exchange (RFC 4253, section 7.1), best first."""

    key_exchange: tuple[str, ...]
    host_keys: tuple[str, ...]
    ciphers: tuple[str, ...]
    macs: tuple[str, ...]
    compression: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is left of a configured list, and the names in it that only OpenSSH has."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]


def select(wanted: Iterable[str], available: Callable[[], Iterable[bytes]]) -> Selection:
    """Keep the names of `wanted` that asyncssh has, in order and once each."""
    have = {name.decode("ascii") for name in available()}
    unique = tuple(dict.fromkeys(wanted))
    return Selection(tuple(name for name in unique if name in have), tuple(name for name in unique if name not in have))


def select_key_exchange(wanted: Iterable[str]) -> Selection:
    """KexAlgorithms."""
    return select(wanted, get_kex_algs)


def select_ciphers(wanted: Iterable[str]) -> Selection:
    """Ciphers."""
    return select(wanted, get_encryption_algs)


def select_macs(wanted: Iterable[str]) -> Selection:
    """MACs."""
    return select(wanted, get_mac_algs)


def select_host_keys(wanted: Iterable[str]) -> Selection:
    """HostKeyAlgorithms, certificates included."""
    return select(wanted, _host_key_algorithms)


def select_signatures(wanted: Iterable[str]) -> tuple[str, ...]:
    """PubkeyAcceptedAlgorithms as signature algorithms: a certificate's name stands for that of the key in it."""
    plain = [_signature_algorithm(name) for name in wanted]
    return select(plain, get_public_key_algs).names


def compression_names(wanted: bool) -> tuple[str, ...]:
    """What ssh offers for Compression yes and no: never "zlib", which unpacks what nobody has vouched for yet."""
    order = ("zlib@openssh.com", "none") if wanted else ("none", "zlib@openssh.com")
    have = {name.decode("ascii") for name in get_compression_algs()}
    return tuple(name for name in order if name in have)


def order_ciphers(names: Sequence[str]) -> tuple[str, ...]:
    """Put AES-GCM first, for a list that nobody set: all of ssh's default ciphers are strong, and differ in speed.

    ssh prefers chacha20-poly1305. asyncssh calls the library several times a packet for that one, and 1.7 times the
    processor time goes into a flood of output than with AES-GCM, which takes one call.
    """
    return tuple(sorted(names, key=lambda name: "-gcm@" not in name))


def order_key_exchange(names: Sequence[str]) -> tuple[str, ...]:
    """Put nistp256 before curve25519, for a list that nobody set; what resists quantum computers stays in front.

    ssh has them the other way round, and takes both for equally strong. Its server computes curve25519 in plain C and
    nistp256 in OpenSSL's assembly: a seventh of all that a connection costs it.
    """
    ordered = list(names)
    first = next((index for index, name in enumerate(names) if name.startswith("curve25519-")), len(names))
    if _FAST_EXCHANGE in ordered[first:]:
        ordered.remove(_FAST_EXCHANGE)
        ordered.insert(first, _FAST_EXCHANGE)
    return tuple(ordered)


def order_host_keys(
    algorithms: Sequence[str], *, knows_kind: Callable[[str], bool], has_authority: bool
) -> tuple[str, ...]:
    """Put the algorithms of keys that are on record first, as ssh does when HostKeyAlgorithms is not set.

    Otherwise a server with several keys would show one that is not on record, and look changed. The list stays as it
    is when the best of it is on record (order_hostkeyalgs in sshconnect2.c).
    """
    if not algorithms or knows_kind(algorithms[0]):
        return tuple(algorithms)
    preferred = [name for name in algorithms if (is_certificate_algorithm(name) and has_authority) or knows_kind(name)]
    return (*preferred, *(name for name in algorithms if name not in preferred))


def _host_key_algorithms() -> list[bytes]:
    return [*get_certificate_algs(), *get_public_key_algs()]


def _signature_algorithm(name: str) -> str:
    if not is_certificate_algorithm(name):
        return name
    plain = name.removesuffix("-cert-v01@openssh.com")
    return plain if plain.startswith("rsa-sha2-") else algorithm_kind(name)
