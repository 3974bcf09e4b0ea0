"""Which keys are offered, in which order (pubkey_prepare in OpenSSH's sshconnect2.c).

The certificates of CertificateFile first, then what the agent holds of the files that the configuration names, then the
agent's others (unless IdentitiesOnly), then the files that the agent does not hold, each with the certificate beside
it. asyncssh on its own offers every agent key first, and a server lets go after MaxAuthTries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import asyncssh

from mooring.ssh.algorithms import select_signatures
from mooring.ssh.certificate import certified_key
from mooring.ssh.key_files import load_certificate, load_public
from mooring.ssh.key_pairs import AgentKeyPair, FileKeyPair, OpenKey, Tell
from mooring.ssh.public_key import PublicKey, algorithm_kind, is_certificate_algorithm


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


@dataclass(frozen=True, slots=True)
class KeySources:
    """Where keys may come from: files, certificates, the agent's keys. `accepted` are algorithms, best first."""

    files: Sequence[IdentityFile]
    certificates: Sequence[str]
    agent_keys: Sequence[asyncssh.SSHKeyPair]
    identities_only: bool
    accepted: Sequence[str]
    smallest_rsa: int


def order_candidates(sources: KeySources, open_key: OpenKey, tell: Tell) -> list[Candidate]:
    """Build the list of keys to offer."""
    return _Ordering(sources, open_key, tell).candidates()


@dataclass(frozen=True, slots=True)
class _File:
    """A public key, or a certificate, and the file of its private half. Of a PEM file without .pub nothing is known."""

    path: str
    key: PublicKey | None


class _Ordering:
    def __init__(self, sources: KeySources, open_key: OpenKey, tell: Tell) -> None:
        self._sources = sources
        self._open_key = open_key
        self._tell = tell
        self._signatures = select_signatures(sources.accepted)

    def candidates(self) -> list[Candidate]:
        files = [file for file in self._files() if file.key is None or self._is_allowed(file.key)]
        named = {file.key.blob for file in files if file.key is not None}
        agent = [pair for pair in self._sources.agent_keys if self._is_allowed(PublicKey(pair.public_data))]
        held = [pair for pair in agent if pair.public_data in named]
        others = [] if self._sources.identities_only else [pair for pair in agent if pair.public_data not in named]
        in_agent = {pair.public_data: pair for pair in (*held, *others)}
        in_files = {file.key.blob: file.path for file in reversed(files) if file.key is not None}
        certificates = [_File(path, load_certificate(path)) for path in self._sources.certificates]
        chosen = [file for file in certificates if file.key is not None and self._is_allowed(file.key)]
        left = [file for file in files if file.key is None or file.key.blob not in in_agent]
        return [
            *(self._of_file(file, in_agent, in_files) for file in chosen),
            *(Candidate(_comment(pair), self._in_agent(pair), from_agent=True) for pair in in_agent.values()),
            *(self._of_file(file, in_agent, in_files) for file in left if not _is_on_a_token(file)),
        ]

    def _files(self) -> list[_File]:
        """The identities, each with the certificate beside it where CertificateFile names no other."""
        found: list[_File] = []
        for file in self._sources.files:
            key = load_public(file.path)
            if key is not None and self._is_too_short(key):
                self._tell(f'load pubkey "{file.path}": Invalid key length')
            found.append(_File(file.path, key))
            beside = None if self._sources.certificates else load_certificate(file.path + "-cert")
            if beside is not None:
                found.append(_File(file.path, beside))
        return found

    def _of_file(
        self, file: _File, in_agent: dict[bytes, asyncssh.SSHKeyPair], in_files: dict[bytes, str]
    ) -> Candidate:
        """A certificate is signed for by the agent, or by the file of its key.

        Where neither has it ssh takes the certificate's own file for the private key, which may fail, and says so.
        """
        if file.key is None:
            return Candidate(file.path)
        plain = certified_key(file.key)
        pair = None if plain is None else in_agent.get(plain.blob)
        if pair is not None:
            return Candidate(file.path, self._in_agent(pair, file.key), from_agent=True)
        path = file.path if plain is None else in_files.get(plain.blob, file.path)
        return Candidate(file.path, FileKeyPair(file.key, self._signatures, path, self._open_key, self._tell))

    def _in_agent(self, pair: asyncssh.SSHKeyPair, shown: PublicKey | None = None) -> AgentKeyPair:
        return AgentKeyPair(shown or PublicKey(pair.public_data), self._signatures, pair)

    def _is_allowed(self, key: PublicKey) -> bool:
        if self._is_too_short(key):
            return False
        kind, certified = algorithm_kind(key.algorithm), is_certificate_algorithm(key.algorithm)
        if certified and certified_key(key) is None:
            return False
        return any(
            algorithm_kind(name) == kind and is_certificate_algorithm(name) == certified
            for name in self._sources.accepted
        )

    def _is_too_short(self, key: PublicKey) -> bool:
        plain = certified_key(key) or key
        return plain.short_name == "RSA" and plain.bits < self._sources.smallest_rsa


def _is_on_a_token(file: _File) -> bool:
    return file.key is not None and file.key.algorithm.startswith("sk-")


def _comment(pair: asyncssh.SSHKeyPair) -> str:
    return pair.get_comment(errors="replace") or "agent key"
