"""Whether a host is the one that we know: StrictHostKeyChecking and all that goes with it (ssh_config(5)).

The order of the checks, what is asked and what is written follow check_host_key and verify_host_key of OpenSSH's
sshconnect.c; the same cases are compared with `ssh` in tests/integration/test_ssh_host_keys.py.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Literal

from asyncssh.public_key import SSHOpenSSHCertificate

from mooring.model.errors import (
    CancelledByPersonError,
    HostKeyChangedError,
    HostKeyError,
    HostKeyRevokedError,
    HostKeyUnknownError,
)
from mooring.model.prompts import HostKeyQuestion, Notice, Prompter
from mooring.ssh.certificate import Certificate, certificate_signature_algorithm
from mooring.ssh.client_connection import ShownKey
from mooring.ssh.failures import terminal_safe
from mooring.ssh.host_key_replacement import HostKeyReplacement
from mooring.ssh.host_key_texts import NOT_TRUSTED, changed_key_warning, revoked_key_warning
from mooring.ssh.known_hosts import (
    Entry,
    KeyStatus,
    KnownHosts,
    LinesMemory,
    RevokedKeys,
    Verdict,
    append_host,
    bracketed,
    is_writable,
)
from mooring.ssh.known_hosts.command import CommandFailedError, KnownHostsCommand
from mooring.ssh.local_programs import Hear
from mooring.ssh.public_key import PublicKey

NO_ADDRESS = "<no hostip for proxy command>"
"""What ssh shows as the address of a host behind a ProxyCommand or a jump."""

_HOST_CERTIFICATE = 2


@dataclass(frozen=True, slots=True)
class HostKeyOptions:
    """The keywords of ssh_config(5) that decide on trust. `strict` is "yes", "ask", "accept-new" or "no".

    `user_files` and `global_files` are paths, empty for "none"; the first of `user_files` is written to.
    `authority_algorithms` is CASignatureAlgorithms: how a host certificate may have been signed. `algorithms` are the
    plain types behind HostKeyAlgorithms, `smallest_rsa` is RequiredRSASize.
    """

    strict: str = "ask"
    user_files: tuple[str, ...] = ()
    global_files: tuple[str, ...] = ()
    alias: str | None = None
    check_address: bool = False
    hash_names: bool = False
    revoked_files: tuple[str, ...] = ()
    authority_algorithms: frozenset[str] = frozenset()
    command: KnownHostsCommand | None = None
    update: Literal["yes", "ask", "no"] = "no"
    algorithms: frozenset[str] = frozenset()
    smallest_rsa: int = 1024
    show_picture: bool = False
    digest: str = "sha256"
    trust_loopback: bool = False
    batch: bool = False


@dataclass(frozen=True, slots=True)
class Trust:
    """The outcome of a check that let the connection go on.

    `restricted`: the key is wrong and StrictHostKeyChecking is off, so no password and no forwarding may follow.
    `updates`: the server's further keys may be learnt (UpdateHostKeys).
    """

    key: PublicKey
    restricted: bool = False
    updates: bool = False


class HostKeyChecker:
    """Checks the key of one hop. `host` and `port` are what is connected to; `address` is "" behind a proxy.

    `memory` has the files as they were read for other hops, `hear` is told what a KnownHostsCommand complains about.
    """

    def __init__(
        self,
        hop: str,
        host: str,
        port: int,
        address: str,
        options: HostKeyOptions,
        prompter: Prompter,
        memory: LinesMemory | None = None,
        hear: Hear | None = None,
    ) -> None:
        self._hop = hop
        self._host = host.lower()
        self._port = port
        self._options = options
        self._prompter = prompter
        self._hear = hear
        self.name = options.alias if options.alias is not None else bracketed(self._host, port)
        self._address = bracketed(address, port) if address else NO_ADDRESS
        self._local = _is_loopback(address)
        self._checks_address = (
            options.check_address and bool(address) and not self._local and self._host != self._address
        )
        self._writes = bool(options.user_files) and is_writable(self._host)
        self._lines = (memory or LinesMemory()).of_files((*options.user_files, *options.global_files))

    async def known(self) -> KnownHosts:
        """What is on record for this host before it shows a key; decides which key types are asked for first."""
        return await self._known("ORDER", None)

    async def check(self, shown: ShownKey) -> Trust:
        """Decide on the key, asking and writing where that is wanted.

        Raises HostKeyError (or one of its kinds) when the connection may not go on, and CancelledByPersonError.
        """
        options = self._options
        key = shown.key
        if key.short_name == "RSA" and key.bits < options.smallest_rsa:
            raise HostKeyError(
                "Bad server host key: Invalid key length",
                hop=self._hop,
                hint=f"It is an RSA key of {key.bits} bits; RequiredRSASize asks for {options.smallest_rsa}.",
            )
        for path in options.revoked_files:
            self._check_revocation_file(path, shown)
        if options.trust_loopback and self._local and options.alias is None:
            return Trust(key)
        known = await self._known("HOSTNAME", key)
        if shown.certificate is not None:
            if known.is_revoked(PublicKey(shown.certificate.signing_key.public_data)):
                return self._refuse_revoked(key)
            if self._is_certified(shown.certificate, key, known):
                self._show(key)
                return Trust(key)
        verdict = known.check(key)
        if verdict.status is KeyStatus.KNOWN and verdict.entry is not None:
            by_address = await self._check_by_address(key)
            if by_address is not None and by_address.status is KeyStatus.UNKNOWN:
                self._record_address(key)
            await self._settle_address(key, by_address, verdict.entry)
            self._show(key)
            return Trust(key, updates=self._may_update(verdict.entry))
        if verdict.status is KeyStatus.UNKNOWN:
            if self._is_known_without_port(key):
                self._show(key)
                return Trust(key)
            return await self._meet(key)
        if verdict.status is KeyStatus.REVOKED or verdict.entry is None:
            return self._refuse_revoked(key)
        return await self._refuse_changed(key, verdict.entry)

    async def _known(self, invocation: str, key: PublicKey | None) -> KnownHosts:
        entries = self._lines.about(self.name)
        entries += await self._commanded(invocation, self.name, key)
        return KnownHosts(self.name, entries)

    async def _commanded(self, invocation: str, name: str, key: PublicKey | None) -> tuple[Entry, ...]:
        """What KnownHostsCommand prints about a name."""
        command = self._options.command
        if command is None:
            return ()
        try:
            return await command.run(invocation, name, key, tell=self._tell, hear=self._hear)
        except CommandFailedError as error:
            raise HostKeyError(str(error), hop=self._hop) from None

    def _check_under(self, name: str, key: PublicKey) -> Verdict:
        """What the files say of the key under another name of the host."""
        return KnownHosts(name, self._lines.about(name)).check(key)

    def _check_revocation_file(self, path: str, shown: ShownKey) -> None:
        name, certificate = shown.key.short_name, None
        try:
            revoked = RevokedKeys(path)
            if shown.certificate is not None:
                authority = PublicKey(shown.certificate.signing_key.public_data)
                certificate = Certificate.read(shown.certificate.public_data, authority)
                name = certificate.short_name
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise HostKeyRevokedError(
                f"Error checking host key {name} {shown.key.fingerprint(self._options.digest)} "
                f"in revoked keys file {path}: {reason}\n{NOT_TRUSTED}",
                hop=self._hop,
                hint="RevokedHostKeys names a file that has to be readable; without it every key counts as revoked.",
            ) from None
        if revoked.revokes(shown.key, certificate):
            raise HostKeyRevokedError(
                f"Host key {name} {shown.key.fingerprint(self._options.digest)} revoked by file {path}\n{NOT_TRUSTED}",
                hop=self._hop,
            )

    def _is_certified(self, certificate: SSHOpenSSHCertificate, key: PublicKey, known: KnownHosts) -> bool:
        """Whether a known authority vouches for the key; if not, the key itself is looked at, as ssh does."""
        verdict = known.check_certificate(PublicKey(certificate.signing_key.public_data), key)
        if verdict.status is not KeyStatus.KNOWN:
            return False
        try:
            certificate.validate(_HOST_CERTIFICATE, self._options.alias or self._host)
        except ValueError as error:
            self._tell(f"Certificate invalid: {error}")
            return False
        algorithm = certificate_signature_algorithm(certificate.public_data, certificate.signing_key.public_data)
        if algorithm not in self._options.authority_algorithms:
            name = terminal_safe(algorithm)
            self._tell(f"check_host_cert: certificate signature algorithm {name}: signature algorithm not supported")
            return False
        return True

    def _is_known_without_port(self, key: PublicKey) -> bool:
        """Whether the key is on record for the host on port 22, which ssh accepts for its other ports too."""
        if self._options.alias is not None or bracketed(self._host, self._port) == self._host:
            return False
        return self._check_under(self._host, key).status is KeyStatus.KNOWN

    def _show(self, key: PublicKey) -> None:
        """VisualHostKey, for a host that is known; of an unknown one the question has the picture."""
        if self._options.show_picture:
            digest = self._options.digest
            self._tell(f"Host key fingerprint is {key.fingerprint(digest)}\n{key.randomart(digest)}")

    async def _meet(self, key: PublicKey) -> Trust:
        """Deal with a host of which nothing is on record."""
        options = self._options
        if not self._writes:
            hint = "It could not be put on record: UserKnownHostsFile names no file, or the host's name is no name."
            raise HostKeyUnknownError(NOT_TRUSTED, hop=self._hop, hint=hint)
        if options.strict == "yes":
            raise HostKeyUnknownError(
                f"No {key.short_name} host key is known for {self.name} and you have requested strict checking.\n"
                f"{NOT_TRUSTED}",
                hop=self._hop,
            )
        if options.strict == "ask":
            await self._ask(key)
        by_address = await self._check_by_address(key)
        self._record(key, with_address=by_address is not None and by_address.status is KeyStatus.UNKNOWN)
        await self._settle_address(key, by_address, None)
        return Trust(key, updates=options.strict == "ask")

    async def _ask(self, key: PublicKey) -> None:
        options = self._options
        if options.batch:
            raise HostKeyUnknownError(NOT_TRUSTED, hop=self._hop, hint="BatchMode is on, so nobody was asked.")
        fingerprint = key.fingerprint(options.digest)
        question = HostKeyQuestion(
            hop=self._hop,
            host=self.name,
            address=self._address,
            port=self._port,
            key_type=key.short_name,
            fingerprint=fingerprint,
            randomart=key.randomart(options.digest),
            other_names=self._lines.other_names(key, self.name),
            show_randomart=options.show_picture,
        )
        while True:
            answer = await self._prompter.ask(question)
            if answer is None:
                raise CancelledByPersonError(NOT_TRUSTED)
            text = answer[0].strip() if answer else ""
            if text.lower() == "yes" or text == fingerprint:
                return
            if text.lower() in ("", "no"):
                raise HostKeyUnknownError(NOT_TRUSTED, hop=self._hop)

    def _record(self, key: PublicKey, *, with_address: bool) -> None:
        path = self._options.user_files[0]
        names = [self.name, self._address] if with_address else [self.name]
        try:
            append_host(path, names, key, hashed=self._options.hash_names)
        except OSError:
            self._tell(f"Failed to add the host to the list of known hosts ({path}).")
            return
        shown = self.name if self._options.hash_names else ",".join(names)
        self._tell(f"Warning: Permanently added '{shown}' ({key.short_name}) to the list of known hosts.")

    async def _check_by_address(self, key: PublicKey) -> Verdict | None:
        """CheckHostIP: what is on record for the address; None where that is not to be looked at."""
        if not self._checks_address:
            return None
        entries = self._lines.about(self._address) + await self._commanded("ADDRESS", self._address, key)
        return KnownHosts(self._address, entries).check(key)

    async def _settle_address(self, key: PublicKey, by_address: Verdict | None, matching: Entry | None) -> None:
        """Warn, ask or end where the address is on record with another key than the name."""
        if by_address is None or by_address.status is not KeyStatus.CHANGED or by_address.entry is None:
            return
        warning = (
            f"Warning: the {key.short_name} host key for '{self.name}' differs from the key for the IP address "
            f"'{self._address}'\nOffending key for IP in {by_address.entry.origin}"
        )
        if matching is not None:
            warning += f"\nMatching host key in {matching.origin}"
        self._tell(warning)
        if self._options.strict == "ask":
            await self._ask(key)
        elif self._options.strict != "no":
            raise HostKeyError(f"Exiting, you have requested strict checking.\n{NOT_TRUSTED}", hop=self._hop)

    def _record_address(self, key: PublicKey) -> None:
        kind, path = key.short_name, self._options.user_files[0] if self._options.user_files else ""
        if not self._writes:
            self._tell(f"{kind} host key for IP address '{self._address}' not in list of known hosts.")
            return
        try:
            append_host(path, [self._address], key, hashed=self._options.hash_names)
        except OSError:
            self._tell(
                f"Failed to add the {kind} host key for IP address '{self._address}' to the list of known hosts "
                f"({path})."
            )
        else:
            self._tell(
                f"Warning: Permanently added the {kind} host key for IP address '{self._address}' "
                "to the list of known hosts."
            )

    def _refuse_revoked(self, key: PublicKey) -> Trust:
        """Deal with a key that must not be used: end here, or go on with hands tied where checking is off."""
        kind = key.short_name
        self._tell(revoked_key_warning(kind, self.name))
        if self._options.strict != "no":
            raise HostKeyRevokedError(
                f"{kind} host key for {self.name} was revoked and you have requested strict checking.\n{NOT_TRUSTED}",
                hop=self._hop,
            )
        return Trust(key, restricted=True)

    async def _refuse_changed(self, key: PublicKey, offending: Entry) -> Trust:
        """Deal with another key than the one on record, which a person may replace who can be shown both."""
        kind = key.short_name
        files = (*self._options.user_files, *self._options.global_files)
        fingerprint = key.fingerprint(self._options.digest)
        self._tell(changed_key_warning(kind, fingerprint, files[0] if files else "", offending))
        if self._options.strict in ("ask", "accept-new") and not self._options.batch:
            replacement = HostKeyReplacement(
                self._hop,
                self._options.user_files,
                self._prompter,
                digest=self._options.digest,
                hashed=self._options.hash_names,
            )
            if await replacement.offer(self.name, key, offending, self._lines):
                return Trust(key)
        if self._options.strict != "no":
            raise HostKeyChangedError(
                f"Host key for {self.name} has changed and you have requested strict checking.\n{NOT_TRUSTED}",
                hop=self._hop,
                origin=offending.origin,
                fingerprint=fingerprint,
                known_name=self.name,
                known_fingerprint=offending.key.fingerprint(self._options.digest),
                hint=f"If the change is expected, remove the old key: ssh-keygen -R '{self.name}' "
                f"-f {offending.origin.path}",
            )
        return Trust(key, restricted=True)

    def _may_update(self, entry: Entry) -> bool:
        """UpdateHostKeys learns only where the person's own file vouches for the host."""
        return not entry.from_command and entry.origin.path not in self._options.global_files

    def _tell(self, text: str) -> None:
        self._prompter.notify(Notice(self._hop, text))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False
