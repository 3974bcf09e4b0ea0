"""An ssh-agent by script: it holds a FIDO key whose token is software, hangs, refuses, or hangs up.

A real token wants a finger. What it signs is told in PROTOCOL.u2f of OpenSSH's sources: a hash of the application,
flags (one says that somebody was present), a counter, and a hash of the message; servers verify that without a token.
"""

from __future__ import annotations

import hashlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_FAILURE, _REQUEST_IDENTITIES, _IDENTITIES, _SIGN_REQUEST, _SIGN_RESPONSE = 5, 11, 12, 13, 14
_SUCCESS, _ADD_IDENTITY, _ADD_CONSTRAINED = 6, 17, 25
_APPLICATION = b"ssh:"
_PRESENT = 0x01


def packed(data: bytes) -> bytes:
    """A string as RFC 4251, section 5, writes it."""
    return struct.pack(">I", len(data)) + data


def _integer(value: int) -> bytes:
    return packed(value.to_bytes(value.bit_length() // 8 + 1, "big"))


class Ed25519Token:
    """A key of type sk-ssh-ed25519@openssh.com."""

    algorithm = b"sk-ssh-ed25519@openssh.com"

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = packed(self.algorithm) + packed(public) + packed(_APPLICATION)

    def sign(self, message: bytes) -> bytes:
        """The signature alone."""
        return self._key.sign(message)


class EcdsaToken:
    """A key of type sk-ecdsa-sha2-nistp256@openssh.com."""

    algorithm = b"sk-ecdsa-sha2-nistp256@openssh.com"

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        public = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = packed(self.algorithm) + packed(b"nistp256") + packed(public) + packed(_APPLICATION)

    def sign(self, message: bytes) -> bytes:
        """Both numbers of the signature."""
        return b"".join(map(_integer, decode_dss_signature(self._key.sign(message, ec.ECDSA(SHA256())))))


@dataclass
class ScriptedAgent:
    """What it does, what it was asked, and the whole requests by which keys were added.

    `mood` is "willing", "silent", "refusing" or "rude" (hangs up).
    """

    token: Ed25519Token | EcdsaToken = field(default_factory=Ed25519Token)
    mood: str = "willing"
    signs: str = "willing"
    requests: list[int] = field(default_factory=list)
    added: list[bytes] = field(default_factory=list)
    _counter: int = 0

    def answer(self, request: bytes) -> bytes | None:
        """The answer to one request; None hangs up."""
        kind = request[0]
        self.requests.append(kind)
        mood = self.signs if kind == _SIGN_REQUEST else self.mood
        if mood == "rude":
            return None
        if mood == "silent":
            threading.Event().wait(60)
        if mood == "willing" and kind == _REQUEST_IDENTITIES:
            return bytes([_IDENTITIES]) + struct.pack(">I", 1) + packed(self.token.public) + packed(b"a token")
        if mood == "willing" and kind in (_ADD_IDENTITY, _ADD_CONSTRAINED):
            self.added.append(request)
            return bytes([_SUCCESS])
        if mood == "willing" and kind == _SIGN_REQUEST:
            (length,) = struct.unpack_from(">I", request, 1)
            (size,) = struct.unpack_from(">I", request, 5 + length)
            return bytes([_SIGN_RESPONSE]) + packed(self._signature(request[9 + length : 9 + length + size]))
        return bytes([_FAILURE])

    def _signature(self, data: bytes) -> bytes:
        self._counter += 1
        trailer = struct.pack(">BI", _PRESENT, self._counter)
        message = hashlib.sha256(_APPLICATION).digest() + trailer + hashlib.sha256(data).digest()
        return packed(self.token.algorithm) + packed(self.token.sign(message)) + trailer


@contextmanager
def running_scripted_agent(path: Path, agent: ScriptedAgent) -> Iterator[ScriptedAgent]:
    """Let it listen on a socket at `path`, which has to be short."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    threading.Thread(target=_serve, args=(listener, agent), daemon=True).start()
    try:
        yield agent
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        path.unlink()


def _serve(listener: socket.socket, agent: ScriptedAgent) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(connection, agent), daemon=True).start()


def _talk(connection: socket.socket, agent: ScriptedAgent) -> None:
    with connection, connection.makefile("rb") as requests:
        while len(head := requests.read(4)) == 4:
            answer = agent.answer(requests.read(struct.unpack(">I", head)[0]))
            if answer is None:
                return
            try:
                connection.sendall(packed(answer))
            except OSError:
                return
