"""Why a connection did not come about or did not last, in OpenSSH's words and as errors of ours."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass

import asyncssh

from mooring.model.errors import (
    AuthenticationFailedError,
    ConnectionFailedError,
    ConnectionLostError,
    ConnectionRefusedByHostError,
    ConnectionTimedOutError,
    MooringError,
    NameResolutionError,
    NoAnswerError,
    NoRouteError,
)

_LISTEN_HINT = "Nothing listens on that port: is the machine up, and is this the right port?"
_TIMEOUT_HINT = "No answer: is the machine up, and does a firewall let the port through?"
_ROUTE_HINT = "Is this machine on a network that leads there (a VPN, for instance)?"


UNKNOWN = "UNKNOWN"
"""What stands for an address behind a ProxyCommand or a jump."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Who is at the other end, for messages: the hop as the person named it, and the address that was reached.

    Behind a ProxyCommand nothing is known of the address; ssh then says "UNKNOWN port 65535", and so do we.
    """

    hop: str
    host: str
    address: str = UNKNOWN
    port: int = 65535

    @property
    def is_reached_directly(self) -> bool:
        """Whether a TCP connection of ours leads there."""
        return self.address != UNKNOWN

    def __str__(self) -> str:
        return f"{self.address} port {self.port}"


def name_resolution_failed(hop: str, host: str, error: OSError) -> NameResolutionError:
    """`host` has no address."""
    reason = error.strerror or str(error)
    return NameResolutionError(
        f"ssh: Could not resolve hostname {terminal_safe(host)}: {reason}",
        hop=hop,
        hint="Check the spelling, and HostName in the configuration.",
    )


def connecting_failed(hop: str, host: str, port: int, error: OSError) -> ConnectionFailedError:
    """No address of `host` let us connect; `error` is the last one's."""
    message = f"ssh: connect to host {host} port {port}: {_reason(error)}"
    if error.errno == errno.ECONNREFUSED:
        return ConnectionRefusedByHostError(message, hop=hop, hint=_LISTEN_HINT)
    if error.errno == errno.ETIMEDOUT or isinstance(error, TimeoutError):
        return ConnectionTimedOutError(message, hop=hop, hint=_TIMEOUT_HINT)
    if error.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH):
        return NoRouteError(message, hop=hop, hint=_ROUTE_HINT)
    return ConnectionFailedError(message, hop=hop)


def greeting_timed_out(peer: Peer, *, greeted: bool) -> ConnectionTimedOutError:
    """ConnectTimeout ran out after the TCP connection stood; `greeted` tells whether the host's version had come."""
    phase = "key exchange" if greeted else "banner exchange"
    return ConnectionTimedOutError(
        f"Connection timed out during {phase}\nConnection to {peer} timed out",
        hop=peer.hop,
        hint="The port answers, but not as an SSH server does: is it the right one?",
    )


def disconnected(peer: Peer, code: int, reason: str, *, agent_keys: int = 0) -> ConnectionFailedError:
    """The server said goodbye (RFC 4253, section 11.1) before we were in; `agent_keys` of an agent had been offered."""
    message = f"Received disconnect from {peer}:{code}: {terminal_safe(reason)}\nDisconnected from {peer}"
    if "authentication failures" in reason:
        hint = None
        if agent_keys > 1:
            hint = "Name the right key with IdentityFile; an agent with many keys uses up the server's MaxAuthTries."
        return AuthenticationFailedError(message, hop=peer.hop, hint=hint)
    return ConnectionFailedError(message, hop=peer.hop)


def broken_before_login(peer: Peer, error: BaseException | None, *, greeted: bool) -> MooringError:
    """The connection ended, or its key exchange failed, before anybody was let in."""
    if isinstance(error, MooringError):
        return error
    if isinstance(error, ConnectionResetError):
        if greeted:
            return ConnectionFailedError(f"Connection reset by {peer}", hop=peer.hop)
        text = f"kex_exchange_identification: read: Connection reset by peer\nConnection reset by {peer}"
        return ConnectionFailedError(text, hop=peer.hop)
    if error is None or isinstance(error, asyncssh.ConnectionLost | OSError):
        text = f"Connection closed by {peer}"
        if not greeted:
            text = f"kex_exchange_identification: Connection closed by remote host\n{text}"
        return ConnectionFailedError(text, hop=peer.hop)
    if isinstance(error, asyncssh.MACError):
        return ConnectionFailedError(_corrupted(str(peer)), hop=peer.hop)
    if isinstance(error, asyncssh.DisconnectError) and error.reason == "Unsupported SSH version":
        text = f"banner exchange: Connection to {peer}: could not read protocol version"
        return ConnectionFailedError(f"Protocol major versions differ: 2 vs. 1\n{text}", hop=peer.hop)
    if isinstance(error, asyncssh.DisconnectError):
        return ConnectionFailedError(f"{terminal_safe(error.reason)}\nDisconnecting {peer}", hop=peer.hop)
    return ConnectionFailedError(f"ssh_dispatch_run_fatal: Connection to {peer}: {type(error).__name__}", hop=peer.hop)


def lost(host: str, error: BaseException | None) -> ConnectionLostError:
    """An open connection to `host` ended by itself."""
    if isinstance(error, asyncssh.ConnectionLost) and "keepalive" in error.reason:
        return NoAnswerError(f"Timeout, server {host} not responding.")
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return ConnectionLostError(f"client_loop: send disconnect: {_reason(error)}")
    if isinstance(error, asyncssh.MACError):
        return ConnectionLostError(_corrupted(host))
    if isinstance(error, asyncssh.DisconnectError) and not isinstance(error, asyncssh.ConnectionLost):
        return ConnectionLostError(f"Disconnected from {host}: {terminal_safe(error.reason)}")
    return ConnectionLostError(f"Connection to {host} closed by remote host.")


def terminal_safe(text: str, *, lines: bool = False) -> str:
    """What a remote side sent, fit for a terminal: without control characters (but tabs, and line ends if `lines`)."""
    kept = "\t\n" if lines else "\t"
    return "".join(sign for sign in text if sign in kept or (sign.isprintable() or sign == " "))


def _corrupted(peer: str) -> str:
    reason = "message authentication code incorrect"
    return f"Corrupted MAC on input.\nssh_dispatch_run_fatal: Connection to {peer}: {reason}"


def _reason(error: OSError) -> str:
    if isinstance(error, TimeoutError) and not error.errno:
        return os.strerror(errno.ETIMEDOUT)
    if isinstance(error, socket.gaierror):
        return error.strerror or str(error)
    return os.strerror(error.errno) if error.errno else str(error)
