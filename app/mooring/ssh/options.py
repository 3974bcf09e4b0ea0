"""What the native path makes of a resolved host: every keyword that it honours is read here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import asyncssh

from mooring.ssh import algorithms
from mooring.ssh.algorithms import Offer
from mooring.ssh.authentication import METHODS, AuthenticationOptions, Authenticator
from mooring.ssh.connection import SessionOptions
from mooring.ssh.forwards import ForwardOptions
from mooring.ssh.host_key_updates import HostKeyUpdates
from mooring.ssh.host_keys import HostKeyOptions
from mooring.ssh.identities import IdentityFile
from mooring.ssh.known_hosts import KnownHosts
from mooring.ssh.known_hosts.command import KnownHostsCommand
from mooring.ssh.public_key import algorithm_kind
from mooring.ssh.remote_socks import PermittedDestinations
from mooring.ssh.transport import TransportOptions
from mooring.sshconfig import ResolvedHost
from mooring.sshconfig.patterns import match_pattern

_UPDATES: Mapping[str, Literal["yes", "ask"]] = {"true": "yes", "ask": "ask"}
_QUIET = ("QUIET", "FATAL", "ERROR")


@dataclass(frozen=True, slots=True)
class HopOptions:
    """One hop's options, by the part that they are for. `local_command` is None unless PermitLocalCommand is on."""

    resolved: ResolvedHost
    transport: TransportOptions
    host_keys: HostKeyOptions
    authentication: AuthenticationOptions
    session: SessionOptions
    forwards: ForwardOptions
    agent_forwarding: str | None
    local_command: str | None

    @property
    def prefers_known_keys(self) -> bool:
        """Whether host key types on record come first: no list of them was set, but perhaps added to or taken from."""
        return self.resolved.flag("hostkeyalgorithms known first")

    def offer(self, known: KnownHosts | None) -> Offer:
        """The name lists of the key exchange; host key types in `known` come first.

        Ciphers and key exchanges stand in ssh's order only where the configuration sets them: see `order_ciphers`.
        """
        resolved = self.resolved
        ciphers = algorithms.select_ciphers(resolved.words("ciphers")).names
        if resolved.setting("ciphers").origin is None:
            ciphers = algorithms.order_ciphers(ciphers)
        key_exchange = algorithms.select_key_exchange(resolved.words("kexalgorithms")).names
        if resolved.setting("kexalgorithms").origin is None:
            key_exchange = algorithms.order_key_exchange(key_exchange)
        host_keys = algorithms.select_host_keys(resolved.words("hostkeyalgorithms")).names
        if known is not None:
            host_keys = algorithms.order_host_keys(
                host_keys, knows_kind=known.knows_kind, has_authority=known.has_authority
            )
        return Offer(
            key_exchange=key_exchange,
            host_keys=host_keys,
            ciphers=ciphers,
            macs=algorithms.select_macs(resolved.words("macs")).names,
            compression=algorithms.compression_names(resolved.flag("compression")),
        )

    def asyncssh_options(
        self, offer: Offer, authenticator: Authenticator, updates: HostKeyUpdates | None
    ) -> asyncssh.SSHClientConnectionOptions:
        """Everything that asyncssh is told. It reads no file of its own: no configuration, no known_hosts, no keys."""
        resolved, authentication = self.resolved, self.authentication
        rekey_bytes, rekey_seconds = _rekeying(resolved)
        signatures = algorithms.select_signatures(resolved.words("pubkeyacceptedalgorithms"))
        return asyncssh.SSHClientConnectionOptions(
            config=None,
            host=self.transport.host,
            port=self.transport.port,
            username=authentication.user,
            client_factory=lambda: authenticator,
            # With None asyncssh would check nothing; this checks nothing either, and ClientConnection does it all.
            known_hosts=_nothing_known,
            server_host_keys_handler=updates.keys_received if updates is not None else None,
            server_host_key_algs=list(offer.host_keys),
            kex_algs=list(offer.key_exchange),
            encryption_algs=list(offer.ciphers),
            mac_algs=list(offer.macs),
            compression_algs=list(offer.compression),
            signature_algs=list(signatures) or (),
            x509_trusted_certs=None,
            x509_trusted_cert_paths=[],
            client_keys=None,
            agent_path=None,
            agent_forwarding=self.agent_forwarding or False,
            gss_host=None,
            gss_kex=False,
            gss_auth=False,
            client_host_keysign=None,
            host_based_auth=False,
            preferred_auth=list(authentication.methods),
            public_key_auth="publickey" in authentication.methods,
            kbdint_auth="keyboard-interactive" in authentication.methods,
            password_auth="password" in authentication.methods,
            tcp_keepalive=resolved.flag("tcpkeepalive"),
            keepalive_interval=resolved.integer("serveraliveinterval"),
            keepalive_count_max=max(resolved.integer("serveralivecountmax"), 1),
            login_timeout=0,
            connect_timeout=None,
            utf8_decode_errors="replace",
            rekey_bytes=rekey_bytes or (),
            rekey_seconds=rekey_seconds or (),
        )


def hop_options(resolved: ResolvedHost) -> HopOptions:
    """Read a resolved host; what the native path can't honour (`mooring.limits`) has been refused or told before."""
    return HopOptions(
        resolved=resolved,
        transport=_transport(resolved),
        host_keys=_host_keys(resolved),
        authentication=_authentication(resolved),
        session=_session(resolved),
        forwards=_forwards(resolved),
        agent_forwarding=_agent_forwarding(resolved),
        local_command=resolved.local_command,
    )


def _transport(resolved: ResolvedHost) -> TransportOptions:
    return TransportOptions(
        host=resolved.hostname,
        port=resolved.port,
        address_family=resolved.text("addressfamily"),
        bind_address=_given(resolved, "bindaddress"),
        bind_interface=_given(resolved, "bindinterface"),
        connection_attempts=resolved.integer("connectionattempts"),
        connect_timeout=resolved.connect_timeout,
        proxy_command=resolved.proxy_command,
    )


def _host_keys(resolved: ResolvedHost) -> HostKeyOptions:
    command, digest = resolved.text("knownhostscommand"), resolved.text("fingerprinthash").lower()
    return HostKeyOptions(
        strict=_strictness(resolved.text("stricthostkeychecking")),
        user_files=resolved.user_known_hosts_files,
        global_files=resolved.global_known_hosts_files,
        alias=resolved.host_key_alias or None,
        check_address=resolved.flag("checkhostip"),
        hash_names=resolved.flag("hashknownhosts"),
        revoked_files=resolved.words("revokedhostkeys"),
        authority_algorithms=frozenset(resolved.words("casignaturealgorithms")),
        command=KnownHostsCommand(command, resolved.tokens, resolved.environment, digest) if command else None,
        update=_UPDATES.get(resolved.text("updatehostkeys"), "no"),
        algorithms=frozenset(map(algorithm_kind, resolved.words("hostkeyalgorithms"))),
        smallest_rsa=resolved.integer("requiredrsasize"),
        show_picture=resolved.flag("visualhostkey"),
        digest=digest,
        trust_loopback=resolved.flag("nohostauthenticationforlocalhost"),
        batch=resolved.flag("batchmode"),
    )


def _strictness(text: str) -> Literal["yes", "ask", "accept-new", "no"]:
    match text:
        case "true":
            return "yes"
        case "false":
            return "no"
        case "accept-new":
            return "accept-new"
        case _:
            return "ask"


def _authentication(resolved: ResolvedHost) -> AuthenticationOptions:
    add_to_agent = resolved.words("addkeystoagent")
    return AuthenticationOptions(
        user=resolved.user,
        host=resolved.hostname.lower(),
        methods=_methods(resolved),
        identity_files=tuple(IdentityFile(path, resolved.identities_chosen) for path in resolved.identity_files),
        certificate_files=resolved.certificate_files,
        identities_only=resolved.flag("identitiesonly"),
        agent_path=resolved.agent_socket,
        add_to_agent=add_to_agent[0] if add_to_agent else "false",
        add_lifetime=int(add_to_agent[1]) if len(add_to_agent) > 1 else None,
        accepted_algorithms=resolved.words("pubkeyacceptedalgorithms"),
        smallest_rsa=resolved.integer("requiredrsasize"),
        password_prompts=resolved.integer("numberofpasswordprompts"),
        devices=resolved.text("kbdinteractivedevices"),
        batch=resolved.flag("batchmode"),
        show_banner=resolved.text("loglevel") not in _QUIET,
    )


def _methods(resolved: ResolvedHost) -> tuple[str, ...]:
    """PreferredAuthentications, less what is switched off; BatchMode switches off whatever asks a person."""
    asks = not resolved.flag("batchmode")
    enabled = {
        "publickey": resolved.text("pubkeyauthentication") != "false",
        "keyboard-interactive": resolved.flag("kbdinteractiveauthentication") and asks,
        "password": resolved.flag("passwordauthentication") and asks,
    }
    preferred = resolved.text("preferredauthentications")
    order = preferred.split(",") if preferred else METHODS
    return tuple(dict.fromkeys(name for name in order if enabled.get(name, False)))


def _session(resolved: ResolvedHost) -> SessionOptions:
    """SetEnv beats what SendEnv would send under the same name, since servers take the last value."""
    patterns = resolved.words("sendenv")
    sent = {
        name: value
        for name, value in (resolved.environment.items() if patterns else ())
        if any(match_pattern(name, pattern) for pattern in patterns)
    }
    return SessionOptions(
        request_tty=resolved.text("requesttty"),
        remote_command=_optional(resolved, "remotecommand"),
        environment={**sent, **resolved.set_env},
        terminal_type=resolved.set_env.get("TERM"),
    )


def _forwards(resolved: ResolvedHost) -> ForwardOptions:
    return ForwardOptions(
        local=resolved.local_forwards,
        remote=resolved.remote_forwards,
        exit_on_failure=resolved.flag("exitonforwardfailure"),
        gateway_ports=resolved.flag("gatewayports"),
        unlink_sockets=resolved.flag("streamlocalbindunlink"),
        socket_mask=int(resolved.text("streamlocalbindmask"), 8),
        permitted=PermittedDestinations(resolved.words("permitremoteopen") or ("any",)),
    )


def _agent_forwarding(resolved: ResolvedHost) -> str | None:
    """The socket of the agent that is lent to the host; None for none, or where there is no agent to lend."""
    if not resolved.forward_agent:
        return None
    return resolved.forward_agent_socket or resolved.agent_socket


def _rekeying(resolved: ResolvedHost) -> tuple[int | None, int | None]:
    """RekeyLimit in bytes and seconds; None leaves asyncssh's default (1 GB, one hour)."""
    size, interval = resolved.integer("rekeylimit"), resolved.text("rekeylimit interval")
    return size or None, int(interval) if interval not in ("", "0") else None


def _given(resolved: ResolvedHost, keyword: str) -> str | None:
    """The value of a keyword that may be an empty word; None where it is not set."""
    values = resolved.setting(keyword).values
    return values[0] if values else None


def _optional(resolved: ResolvedHost, keyword: str) -> str | None:
    return resolved.text(keyword) or None


def _nothing_known(host: str, address: str, port: int | None) -> tuple[list[str], list[str], list[str]]:
    return [], [], []
