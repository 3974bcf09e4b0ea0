"""OpenSSH's binary key revocation lists, which `ssh-keygen -k` makes (PROTOCOL.krl in OpenSSH's source)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from mooring.ssh.certificate import Certificate
from mooring.ssh.public_key import PublicKey

MAGIC = b"SSHKRL\n\0"
"""What such a file begins with."""

_FORMAT_VERSION = 1

_CERTIFICATES = 1
_EXPLICIT_KEYS = 2
_SHA1_FINGERPRINTS = 3
_SIGNATURE = 4
_SHA256_FINGERPRINTS = 5
_EXTENSION = 255

_SERIAL_LIST = 0x20
_SERIAL_RANGE = 0x21
_SERIAL_BITMAP = 0x22
_KEY_IDS = 0x23
_CERTIFICATE_EXTENSION = 0x39


@dataclass(slots=True)
class _RevokedCertificates:
    """What one section says of an authority's certificates; `authority` is empty where it speaks of every authority's.

    A bitmap is a number whose bit N stands for the serial number `offset` + N.
    """

    authority: bytes
    ranges: list[tuple[int, int]] = field(default_factory=list)
    bitmaps: list[tuple[int, int]] = field(default_factory=list)
    key_ids: set[bytes] = field(default_factory=set)

    def revokes(self, certificate: Certificate) -> bool:
        if self.authority not in (b"", certificate.authority.blob):
            return False
        if certificate.key_id in self.key_ids:
            return True
        serial = certificate.serial
        if serial == 0:
            # An authority that numbers nothing gives every certificate a zero; ssh leaves those out, too.
            return False
        return any(first <= serial <= last for first, last in self.ranges) or any(
            serial >= offset and bits >> (serial - offset) & 1 for offset, bits in self.bitmaps
        )


class KeyRevocationList:
    """A list as it was read. Raises ValueError with the reason for what is malformed, or not understood.

    To skip what is not understood would let revoked keys through, so it is refused, as in ssh.
    """

    def __init__(self, content: bytes) -> None:
        self._keys: set[bytes] = set()
        self._sha1: set[bytes] = set()
        self._sha256: set[bytes] = set()
        self._certificates: list[_RevokedCertificates] = []
        fields = _Fields(content)
        if fields.take(len(MAGIC)) != MAGIC:
            raise ValueError("it is no key revocation list")
        version = fields.number(4)
        if version != _FORMAT_VERSION:
            raise ValueError(f"it is a key revocation list of version {version}; version {_FORMAT_VERSION} is known")
        fields.take(24)
        fields.text()
        fields.text()
        while fields.left:
            self._read_section(fields.number(1), fields.text())

    def revokes(self, key: PublicKey, certificate: Certificate | None = None) -> bool:
        """Whether `key` is revoked, by itself, or by its certificate or that one's authority."""
        if certificate is not None:
            if any(section.revokes(certificate) for section in self._certificates):
                return True
            if self.revokes(certificate.authority):
                return True
        return (
            key.blob in self._keys
            or hashlib.sha256(key.blob).digest() in self._sha256
            or hashlib.sha1(key.blob, usedforsecurity=False).digest() in self._sha1
        )

    def _read_section(self, kind: int, data: bytes) -> None:
        if kind == _CERTIFICATES:
            self._certificates.append(_read_certificates(_Fields(data)))
        elif kind == _EXPLICIT_KEYS:
            self._keys.update(_Fields(data).texts())
        elif kind == _SHA1_FINGERPRINTS:
            self._sha1.update(_hashes(data, 20))
        elif kind == _SHA256_FINGERPRINTS:
            self._sha256.update(_hashes(data, 32))
        elif kind == _EXTENSION:
            _skip_extension(_Fields(data))
        elif kind == _SIGNATURE:
            raise ValueError("it is signed, which ssh does not support either")
        else:
            raise ValueError(f"it has a section of the unknown kind {kind}")


class _Fields:
    """Takes the fields of RFC 4251, section 5, off the front of bytes; raises ValueError where they are too few."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    @property
    def left(self) -> bool:
        return self._position < len(self._data)

    def take(self, count: int) -> bytes:
        taken = self._data[self._position : self._position + count]
        if len(taken) < count:
            raise ValueError("it is cut short")
        self._position += count
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def text(self) -> bytes:
        return self.take(self.number(4))

    def texts(self) -> Iterator[bytes]:
        while self.left:
            yield self.text()


def _hashes(data: bytes, size: int) -> list[bytes]:
    found = list(_Fields(data).texts())
    if any(len(each) != size for each in found):
        raise ValueError("it has a fingerprint of the wrong length")
    return found


def _read_certificates(fields: _Fields) -> _RevokedCertificates:
    section = _RevokedCertificates(fields.text())
    fields.text()
    while fields.left:
        kind, data = fields.number(1), _Fields(fields.text())
        if kind == _SERIAL_LIST:
            while data.left:
                serial = data.number(8)
                section.ranges.append((serial, serial))
        elif kind == _SERIAL_RANGE:
            section.ranges.append((data.number(8), data.number(8)))
        elif kind == _SERIAL_BITMAP:
            section.bitmaps.append((data.number(8), int.from_bytes(data.text(), "big")))
        elif kind == _KEY_IDS:
            section.key_ids.update(data.texts())
        elif kind == _CERTIFICATE_EXTENSION:
            _skip_extension(data)
        else:
            raise ValueError(f"it has a section about certificates of the unknown kind {kind}")
    return section


def _skip_extension(fields: _Fields) -> None:
    name, critical = fields.text(), fields.number(1)
    if critical:
        raise ValueError(f"it has the critical extension {name.decode('ascii', 'replace')!r}, which is not known here")
