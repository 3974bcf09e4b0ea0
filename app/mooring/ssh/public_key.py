"""A public key as it travels: its wire form, its names, its fingerprint and its picture."""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass

_CERTIFICATE_SUFFIX = "-cert-v01@openssh.com"

# ssh-keygen's and ssh's own word for each key type (sshkey.c, `keytypes`), in the order of ssh's preference.
_SMALLEST_RSA = 1024
"""Bits of RSA (SSH_RSA_MINIMUM_MODULUS_SIZE in OpenSSH): a shorter key is no key, whatever RequiredRSASize says."""
_SHORT_NAMES = {
    "ssh-ed25519": "ED25519",
    "sk-ssh-ed25519@openssh.com": "ED25519-SK",
    "ecdsa-sha2-nistp256": "ECDSA",
    "ecdsa-sha2-nistp384": "ECDSA",
    "ecdsa-sha2-nistp521": "ECDSA",
    "sk-ecdsa-sha2-nistp256@openssh.com": "ECDSA-SK",
    "ssh-rsa": "RSA",
    "ssh-dss": "DSA",
}
# How many strings follow the type in each public key (RFC 4253, 5656, 8709; PROTOCOL.u2f).
FIELD_COUNTS = {"ED25519": 1, "ED25519-SK": 2, "ECDSA": 2, "ECDSA-SK": 3, "RSA": 2, "DSA": 4}

_KEY_TYPES = {
    "rsa-sha2-256": "ssh-rsa",
    "rsa-sha2-512": "ssh-rsa",
    "webauthn-sk-ecdsa-sha2-nistp256@openssh.com": "sk-ecdsa-sha2-nistp256@openssh.com",
}

_ART_COLUMNS = 17
_ART_LINES = 9
_ART_SIGNS = " .o+=*BOX@%&#/^SE"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, or a certificate, in the form of RFC 4253, section 6.6; equal when the bytes are equal."""

    blob: bytes

    @classmethod
    def parse(cls, algorithm: str, encoded: str) -> PublicKey:
        """Read the `type base64` form that key files and known_hosts use. Raises ValueError with the reason.

        The type may be the name of a way to sign with such a key ("rsa-sha2-512" for an ssh-rsa key), as in ssh.
        """
        try:
            blob = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValueError(f"not base64: {error}") from None
        key = cls(blob)
        algorithm = _KEY_TYPES.get(algorithm, algorithm)
        if algorithm not in _SHORT_NAMES:
            raise ValueError(f"unknown key type {algorithm!r}")
        fields = read_strings(blob)
        if fields[0].decode("ascii", "replace") != algorithm:
            raise ValueError(f"the key says that it is {fields[0]!r}, the line says {algorithm!r}")
        if len(fields) != 1 + FIELD_COUNTS[key.short_name] or (algorithm == "ssh-ed25519" and len(fields[1]) != 32):
            raise ValueError("truncated or malformed key")
        if algorithm == "ssh-rsa" and key.bits < _SMALLEST_RSA:
            raise ValueError(f"RSA of {key.bits} bits is too short")
        return key

    @property
    def algorithm(self) -> str:
        """The key's type by its full name, "ssh-ed25519" say."""
        (length,) = struct.unpack_from(">I", self.blob)
        return self.blob[4 : 4 + length].decode("ascii", "replace")

    @property
    def short_name(self) -> str:
        """The key's type as ssh's messages name it: "ED25519", "RSA", "ED25519-CERT"."""
        algorithm = self.algorithm
        if algorithm.endswith(_CERTIFICATE_SUFFIX):
            plain = algorithm.removesuffix(_CERTIFICATE_SUFFIX)
            return _SHORT_NAMES.get(plain, _SHORT_NAMES.get(plain + "@openssh.com", "UNKNOWN")) + "-CERT"
        return _SHORT_NAMES.get(algorithm, "UNKNOWN")

    @property
    def bits(self) -> int:
        """The key's size in bits, as `ssh-keygen -l` shows it."""
        name = self.short_name
        if name.startswith("ECDSA"):
            digits = "".join(sign for sign in self.algorithm.split("nistp", 1)[-1][:3] if sign.isdigit())
            return int(digits)
        if name == "RSA":
            return int.from_bytes(read_strings(self.blob)[2], "big").bit_length()
        if name == "DSA":
            return int.from_bytes(read_strings(self.blob)[1], "big").bit_length()
        return 256

    @property
    def encoded(self) -> str:
        """The `type base64` form."""
        return f"{self.algorithm} {base64.b64encode(self.blob).decode('ascii')}"

    def fingerprint(self, digest: str = "sha256") -> str:
        """The fingerprint as ssh prints it; `digest` is the value of FingerprintHash ("sha256" or "md5")."""
        if digest == "md5":
            return "MD5:" + hashlib.md5(self.blob, usedforsecurity=False).digest().hex(":")
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode("ascii").rstrip("=")

    def randomart(self, digest: str = "sha256") -> str:
        """The picture of the fingerprint that `ssh -o VisualHostKey=yes` shows, eleven lines.

        The walk is described in "The drunken bishop: An analysis of the OpenSSH fingerprint visualization algorithm".
        """
        hashed = hashlib.new(digest, self.blob, usedforsecurity=False).digest()
        title = f"[{self.short_name} {self.bits}]"
        if len(title) > _ART_COLUMNS:
            title = f"[{self.short_name}]"
        return "\n".join(
            (
                "+" + _centred(title) + "+",
                *("|" + line + "|" for line in _walk(hashed)),
                "+" + _centred(f"[{digest.upper()}]") + "+",
            )
        )


def as_string(data: bytes) -> bytes:
    """Write a string of RFC 4251, section 5: its length in four bytes, and what is in it."""
    return struct.pack(">I", len(data)) + data


def read_strings(blob: bytes) -> list[bytes]:
    """Split the strings of RFC 4251, section 5, that `blob` consists of. Raises ValueError where it does not."""
    strings: list[bytes] = []
    position = 0
    while position < len(blob):
        if position + 4 > len(blob):
            raise ValueError("truncated key")
        (length,) = struct.unpack_from(">I", blob, position)
        position += 4
        if position + length > len(blob):
            raise ValueError("truncated key")
        strings.append(blob[position : position + length])
        position += length
    if not strings:
        raise ValueError("empty key")
    return strings


def algorithm_kind(algorithm: str) -> str:
    """The plain key type behind a signature or certificate algorithm: "rsa-sha2-512" -> "ssh-rsa"."""
    plain = algorithm
    if algorithm.endswith(_CERTIFICATE_SUFFIX):
        plain = algorithm.removesuffix(_CERTIFICATE_SUFFIX)
        if plain.startswith("sk-"):
            plain += "@openssh.com"
    if plain in ("rsa-sha2-256", "rsa-sha2-512"):
        return "ssh-rsa"
    return plain


def is_certificate_algorithm(algorithm: str) -> bool:
    """Whether the algorithm is one of OpenSSH's certificates."""
    return algorithm.endswith(_CERTIFICATE_SUFFIX)


def _centred(title: str) -> str:
    return ("-" * ((_ART_COLUMNS - len(title)) // 2) + title).ljust(_ART_COLUMNS, "-")


def _walk(hashed: bytes) -> list[str]:
    visits = [[0] * _ART_COLUMNS for _ in range(_ART_LINES)]
    column, line = _ART_COLUMNS // 2, _ART_LINES // 2
    highest = len(_ART_SIGNS) - 1
    for byte in hashed:
        for _step in range(4):
            column = min(max(column + (1 if byte & 1 else -1), 0), _ART_COLUMNS - 1)
            line = min(max(line + (1 if byte & 2 else -1), 0), _ART_LINES - 1)
            if visits[line][column] < highest - 2:
                visits[line][column] += 1
            byte >>= 2
    visits[_ART_LINES // 2][_ART_COLUMNS // 2] = highest - 1
    visits[line][column] = highest
    return ["".join(_ART_SIGNS[min(count, highest)] for count in row) for row in visits]
