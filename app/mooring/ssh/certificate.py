"""What stands in an OpenSSH certificate (PROTOCOL.certkeys)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from mooring.ssh.public_key import FIELD_COUNTS, PublicKey, algorithm_kind, as_string, is_certificate_algorithm

_FOR_USERS = 1


@dataclass(frozen=True, slots=True)
class Certificate:
    """What revocation goes by in an OpenSSH certificate (PROTOCOL.certkeys): its number, its name, who signed it.

    `short_name` is the type in ssh's messages, "ED25519-CERT" say.
    """

    short_name: str
    serial: int
    key_id: bytes
    authority: PublicKey

    @classmethod
    def read(cls, blob: bytes, authority: PublicKey) -> Certificate:
        """Take it out of a certificate whose form has been checked. Raises ValueError for another form."""
        _start, position = _plain_fields(blob)
        try:
            serial, _kind, length = struct.unpack_from(">QII", blob, position)
        except struct.error:
            raise ValueError("malformed certificate") from None
        return cls(PublicKey(blob).short_name, serial, blob[position + 16 : position + 16 + length], authority)


def certificate_signature_algorithm(certificate: bytes, authority: bytes) -> str:
    """The algorithm by which `authority`, a public key, signed a certificate; "" where it did not.

    The authority's key and the signature are the last two strings of a certificate (OpenSSH's PROTOCOL.certkeys).
    """
    _before, found, rest = certificate.rpartition(as_string(authority))
    if not found:
        return ""
    return PublicKey(rest[4:]).algorithm


def certified_key(certificate: PublicKey) -> PublicKey | None:
    """The plain key in a certificate for users; None for one for hosts, and for what is none or malformed."""
    if not is_certificate_algorithm(certificate.algorithm):
        return None
    blob = certificate.blob
    try:
        start, end = _plain_fields(blob)
        (_serial, kind) = struct.unpack_from(">QI", blob, end)
    except (ValueError, struct.error):
        return None
    name = algorithm_kind(certificate.algorithm).encode("ascii")
    return PublicKey(as_string(name) + blob[start:end]) if kind == _FOR_USERS else None


def _plain_fields(blob: bytes) -> tuple[int, int]:
    """Where the fields of the plain key begin, behind the type and a nonce, and where they end, before the number."""
    position = start = 0
    try:
        for field in range(2 + FIELD_COUNTS[PublicKey(blob).short_name.removesuffix("-CERT")]):
            start = position if field == 2 else start
            (length,) = struct.unpack_from(">I", blob, position)
            position += 4 + length
    except (KeyError, struct.error):
        raise ValueError("malformed certificate") from None
    return start, position
