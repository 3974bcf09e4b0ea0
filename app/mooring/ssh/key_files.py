"""Private keys in files: what is public about them, and opening them."""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
import re
import struct
from pathlib import Path

import asyncssh

from mooring.ssh.public_key import PublicKey, is_certificate_algorithm

_OPENSSH_MAGIC = b"openssh-key-v1\0"
_OPENSSH_FRAME = re.compile(
    rb"-----BEGIN OPENSSH PRIVATE KEY-----\n(?P<body>[A-Za-z0-9+/=\r\n]+\n)-----END OPENSSH PRIVATE KEY-----\n"
)
_LARGEST_FILE = 1024 * 1024
_TOO_OPEN = 0o077
_NO_KEY = "error in libcrypto"
"""What OpenSSH says of a file that is no key: it tries it as PEM, and its cryptographic library complains."""
_RULE = "@" * 59


class KeyFileError(Exception):
    """A private key file that can't be used; the text is what ssh prints about it."""


def load_public(path: str) -> PublicKey | None:
    """Find the public half of the identity `path`: the file itself, the file with ".pub", or what it says of itself.

    None where nothing tells it (a PEM file without .pub); ssh then has to open the private key before it can offer it.
    """
    for candidate in (path, path + ".pub"):
        found = _read_public(candidate)
        if found is not None:
            return found
    try:
        return _public_of_private(_read(path))
    except (OSError, ValueError, struct.error):
        return None


def load_certificate(path: str) -> PublicKey | None:
    """Read a certificate file; None where there is none or it holds something else."""
    for candidate in (path, path + ".pub"):
        found = _read_public(candidate)
        if found is not None and is_certificate_algorithm(found.algorithm):
            return found
    return None


class PrivateKeyFile:
    """The bytes of one private key file. Raises KeyFileError in ssh's words when it can't be read or is too open."""

    def __init__(self, path: str) -> None:
        try:
            status = Path(path).stat()
            if status.st_uid == os.getuid() and status.st_mode & _TOO_OPEN:
                raise KeyFileError(_too_open(path, status.st_mode & 0o777))
            self._data = _read(path)
        except FileNotFoundError as error:
            raise KeyFileError(f"no such identity: {path}: {error.strerror}") from None
        except OSError as error:
            raise KeyFileError(f'Load key "{path}": {error.strerror}') from None
        self._path = path

    @property
    def is_encrypted(self) -> bool:
        """Whether a passphrase is needed."""
        if b"ENCRYPTED" in self._data[:512]:
            return True
        try:
            blob = _openssh_blob(self._data)
            (length,) = struct.unpack_from(">I", blob, len(_OPENSSH_MAGIC))
        except (ValueError, struct.error):
            return False
        start = len(_OPENSSH_MAGIC) + 4
        return blob[start : start + length] != b"none"

    async def open(self, passphrase: str | None) -> asyncssh.SSHKey | None:
        """Open the key; None when the passphrase is wrong. Opening takes a moment, so it runs in a thread.

        Raises KeyFileError when the file holds no key that can be used.
        """
        if b"BEGIN OPENSSH PRIVATE KEY" in self._data and not _OPENSSH_FRAME.match(self._data):
            # The SSH library would take it: without its last line end, or with line ends of Windows.
            raise KeyFileError(f'Load key "{self._path}": {_NO_KEY}')
        try:
            key = await asyncio.to_thread(asyncssh.import_private_key, self._data, passphrase)
        except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
            if passphrase is not None and self.is_encrypted:
                return None
            is_pem = b"-----BEGIN " in self._data and b"-----BEGIN OPENSSH" not in self._data
            reason = "invalid format" if is_pem else _NO_KEY
            reason = reason if isinstance(error, asyncssh.KeyImportError) else str(error)
            raise KeyFileError(f'Load key "{self._path}": {reason}') from None
        if b"BEGIN OPENSSH PRIVATE KEY" in self._data and not self._is_public_half_of(key):
            # The SSH library does not look at it.
            raise KeyFileError(f'Load key "{self._path}": {_NO_KEY}')
        return key

    def _is_public_half_of(self, key: asyncssh.SSHKey) -> bool:
        try:
            return _public_of_private(self._data).blob == key.public_data
        except (ValueError, struct.error):
            return False


def _too_open(path: str, mode: int) -> str:
    return "\n".join(
        (
            _RULE,
            "@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @",
            _RULE,
            f"Permissions 0{mode:03o} for '{path}' are too open.",
            "It is required that your private key files are NOT accessible by others.",
            "This private key will be ignored.",
            f'Load key "{path}": bad permissions',
        )
    )


def _read(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(_LARGEST_FILE)


def _read_public(path: str) -> PublicKey | None:
    try:
        text = _read(path).decode("utf-8", "replace")
    except OSError:
        return None
    for line in text.splitlines():
        words = line.split(None, 2)
        if len(words) < 2 or words[0].startswith("#"):
            continue
        try:
            if is_certificate_algorithm(words[0]):
                blob = base64.b64decode(words[1], validate=True)
                asyncssh.import_certificate(f"{words[0]} {words[1]}")
                return PublicKey(blob)
            return PublicKey.parse(words[0], words[1])
        except ValueError:
            return None
    return None


def _openssh_blob(data: bytes) -> bytes:
    frame = _OPENSSH_FRAME.match(data)
    if frame is None:
        raise ValueError("not framed as OpenSSH frames it")
    try:
        blob = base64.b64decode(b"".join(frame["body"].split()), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if not blob.startswith(_OPENSSH_MAGIC):
        raise ValueError("not in OpenSSH's own format")
    return blob


def _public_of_private(data: bytes) -> PublicKey:
    """The public key stands in clear in OpenSSH's format (PROTOCOL.key), after cipher, KDF, its options, a count."""
    blob = _openssh_blob(data)
    position = len(_OPENSSH_MAGIC)
    for _string in range(3):
        (length,) = struct.unpack_from(">I", blob, position)
        position += 4 + length
    position += 4
    (length,) = struct.unpack_from(">I", blob, position)
    key = PublicKey(blob[position + 4 : position + 4 + length])
    return PublicKey.parse(*key.encoded.split())
