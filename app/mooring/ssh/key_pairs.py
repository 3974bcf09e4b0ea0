"""Keys as asyncssh takes them to log in with: what is shown of them, and who signs with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import cast

import asyncssh
from asyncssh.agent import SSHAgentKeyPair

from mooring.ssh.public_key import PublicKey, is_certificate_algorithm

OpenKey = Callable[[str], Awaitable[asyncssh.SSHKey | None]]
"""Opens the private key in a file, asking for its passphrase; None when that failed and the next key is to be tried."""
Tell = Callable[[str], None]
"""Shows the person what is wrong with a key, in ssh's words."""
Signatures = Sequence[str]
"""The signature algorithms that may be used, best first."""

_RSA_CERTIFICATE = b"ssh-rsa-cert-v01@openssh.com"
_CERTIFICATE = b"-cert-v01@openssh.com"


class ShownKeyPair(asyncssh.SSHKeyPair):
    """A key pair of which `shown`, a public key or a certificate, is shown to the server."""

    def __init__(self, shown: PublicKey, signatures: Signatures) -> None:
        certificate = None
        if is_certificate_algorithm(shown.algorithm):
            certificate = asyncssh.import_certificate(shown.encoded)
        key = asyncssh.import_public_key(shown.encoded) if certificate is None else certificate.key
        super().__init__(
            key.algorithm, key.algorithm, key.sig_algorithms, key.sig_algorithms, key.public_data, None, certificate
        )
        self.sig_algorithms = _in_order(self.sig_algorithms, signatures)

    def set_sig_algorithm(self, sig_algorithm: bytes) -> None:
        """Called by asyncssh with what both sides can. A certificate of RSA takes its name from that, as in ssh."""
        super().set_sig_algorithm(sig_algorithm)
        if self.has_cert and self.sig_algorithm.startswith(b"rsa-sha2-"):
            # Under the old name asyncssh would offer it first, and this server would count that as an attempt.
            self.algorithm = self.sig_algorithm + _CERTIFICATE


class FileKeyPair(ShownKeyPair):
    """A key pair whose private half is opened when the server has said that it would take the key."""

    _key_type = "local"

    def __init__(self, shown: PublicKey, signatures: Signatures, path: str, open_key: OpenKey, tell: Tell) -> None:
        super().__init__(shown, signatures)
        self._path = path
        self._open_key = open_key
        self._tell = tell

    async def sign_async(self, data: bytes) -> bytes:
        """Sign `data`. Raises ValueError when the key can't be opened; asyncssh then goes on with the next."""
        private = await self._open_key(self._path)
        if private is None:
            raise ValueError(f"{self._path} was not opened")
        if private.public_data != self.key_public_data:
            self._tell(f"identity_sign: private key {self._path} contents do not match public")
            raise ValueError(f"{self._path} is not the private half of its public key")
        return private.sign(data, self.sig_algorithm)


class AgentKeyPair(ShownKeyPair):
    """A key pair for which the agent signs, with the key of its own that `held` is."""

    _key_type = "agent"

    def __init__(self, shown: PublicKey, signatures: Signatures, held: asyncssh.SSHKeyPair) -> None:
        super().__init__(shown, signatures)
        self._held = cast(SSHAgentKeyPair, held)

    async def sign_async(self, data: bytes) -> bytes:
        """Have `data` signed. Raises ValueError when the agent does not; asyncssh then goes on with the next."""
        self._held.set_sig_algorithm(self.sig_algorithm)
        return await self._held.sign_async(data)


def _in_order(possible: Sequence[bytes], wanted: Signatures) -> Sequence[bytes]:
    """What is possible in the order that is wanted. The last counts where a server does not say what it takes."""
    chosen = [name for name in (word.encode("ascii") for word in wanted) if name in possible]
    return [*chosen, *(name for name in possible[-1:] if name not in chosen)]
