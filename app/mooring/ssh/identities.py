"""Which keys are offered, in which order (pubkey_prepare in OpenSSH's sshconnect2.c).

User certificates first, then keys of the agent that the configuration names, then the agent's others (unless
IdentitiesOnly), then the files that the agent does not hold. asyncssh on its own offers every agent key first, and a
server lets go after MaxAuthTries.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import asyncssh
from asyncssh.public_key import SSHOpenSSHCertificate

from mooring.ssh.key_files import load_certificate, load_public
from mooring.ssh.public_key import PublicKey, algorithm_kind

OpenKey = Callable[[str], Awaitable[asyncssh.SSHKey | None]]
"""Opens the private key in a file, asking for its passphrase; None when that failed and the next key is to be tried."""
Tell = Callable[[str], None]
"""Shows the person what is wrong with a key, in ssh's words."""


@dataclass(frozen=True, slots=True)
class IdentityFile:
    """A file that the configuration names, or one of the default names. `given`: the person named it."""

    path: str
    given: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """One key to offer. Without `pair`, the file tells nothing public, and has to be opened before it is offered."""

    path: str
    pair: asyncssh.SSHKeyPair | None = None
    from_agent: bool = False


class FileKeyPair(asyncssh.SSHKeyPair):
    """A key pair whose private half is opened when the server has said that it would take the key."""

    _key_type = "local"

    def __init__(
        self,
        key: asyncssh.SSHKey,
        path: str,
        open_key: OpenKey,
        tell: Tell,
        certificate: SSHOpenSSHCertificate | None = None,
    ) -> None:
        super().__init__(
            key.algorithm, key.algorithm, key.sig_algorithms, key.sig_algorithms, key.public_data, None, certificate
        )
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


@dataclass(frozen=True, slots=True)
class KeySources:
    """Where keys may come from: files, certificates, the agent's keys, and the algorithms that may be used."""

    files: Sequence[IdentityFile]
    certificates: Sequence[str]
    agent_keys: Sequence[asyncssh.SSHKeyPair]
    identities_only: bool
    accepted: frozenset[str]
    smallest_rsa: int


def order_candidates(sources: KeySources, open_key: OpenKey, tell: Tell) -> list[Candidate]:
    """Build the list of keys to offer."""
    agent = [pair for pair in sources.agent_keys if _is_allowed(PublicKey(pair.public_data), sources)]
    public = {file.path: load_public(file.path) for file in sources.files}
    for path, key in public.items():
        if key is not None and _is_too_short(key, sources):
            tell(f'load pubkey "{path}": Invalid key length')
    certificates: list[Candidate] = []
    for path in sources.certificates:
        certificates += _certified(load_certificate(path), path, agent, public, open_key, tell, sources)
    if not sources.certificates:
        for file in sources.files:
            found = load_certificate(file.path + "-cert")
            certificates += _certified(found, file.path, agent, public, open_key, tell, sources)
    named = {key.blob for key in public.values() if key is not None}
    from_agent = [Candidate(_comment(pair), pair, from_agent=True) for pair in agent]
    preferred = [candidate for candidate in from_agent if _blob(candidate) in named]
    others = [candidate for candidate in from_agent if _blob(candidate) not in named]
    held = {_blob(candidate) for candidate in preferred}
    files: list[Candidate] = []
    for path, key in public.items():
        if key is None:
            files.append(Candidate(path))
        elif key.blob not in held and _is_allowed(key, sources) and not key.algorithm.startswith("sk-"):
            files.append(Candidate(path, FileKeyPair(_import(key), path, open_key, tell)))
    return [*certificates, *preferred, *([] if sources.identities_only else others), *files]


def _certified(
    certificate: PublicKey | None,
    path: str,
    agent: Sequence[asyncssh.SSHKeyPair],
    public: dict[str, PublicKey | None],
    open_key: OpenKey,
    tell: Tell,
    sources: KeySources,
) -> list[Candidate]:
    """A certificate, with whatever can sign for it: the agent, or the file of the same key.

    Where neither has it ssh takes the certificate's own file for the private key, which fails and says so.
    """
    if certificate is None or certificate.algorithm not in sources.accepted:
        return []
    read = asyncssh.import_certificate(certificate.encoded)
    if not isinstance(read, SSHOpenSSHCertificate):
        return []
    for pair in agent:
        if pair.public_data == read.key.public_data:
            certified = copy.copy(pair)
            certified.set_certificate(read)
            return [Candidate(path, certified, from_agent=True)]
    private = next((name for name, key in public.items() if key and key.blob == read.key.public_data), path)
    return [Candidate(path, FileKeyPair(read.key, private, open_key, tell, read))]


def _is_allowed(key: PublicKey, sources: KeySources) -> bool:
    if _is_too_short(key, sources):
        return False
    if key.algorithm == "ssh-rsa":
        return bool(sources.accepted.intersection(("ssh-rsa", "rsa-sha2-256", "rsa-sha2-512")))
    if key.algorithm == "ssh-rsa-cert-v01@openssh.com":
        return any(algorithm_kind(name) == "ssh-rsa" and "-cert-" in name for name in sources.accepted)
    return key.algorithm in sources.accepted


def _is_too_short(key: PublicKey, sources: KeySources) -> bool:
    return key.short_name == "RSA" and key.bits < sources.smallest_rsa


def _import(key: PublicKey) -> asyncssh.SSHKey:
    return asyncssh.import_public_key(key.encoded)


def _blob(candidate: Candidate) -> bytes:
    return candidate.pair.public_data if candidate.pair is not None else b""


def _comment(pair: asyncssh.SSHKeyPair) -> str:
    return pair.get_comment(errors="replace") or "agent key"
