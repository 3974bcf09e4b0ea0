"""asyncssh's client connection, with a stop between the key exchange and the first word about the user.

asyncssh asks for a verdict on the host key inside the key exchange, where nothing can be awaited, so a person cannot be
asked. Here the exchange finishes, which proves that the host owns its key and sends nothing of ours, and the service
request for authentication is held until `admit`. ssh asks at the same point, on the same one connection.
"""

from __future__ import annotations

import asyncio
import base64
import struct
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import AnyStr, Protocol

import asyncssh
from asyncssh.channel import SSHChannel, SSHUNIXChannel
from asyncssh.forward import SSHForwarder
from asyncssh.packet import SSHPacket
from asyncssh.public_key import SSHOpenSSHCertificate

from mooring.model.errors import ConnectionFailedError
from mooring.ssh.algorithms import AUTHENTICATED, Offer
from mooring.ssh.failures import Peer, terminal_safe
from mooring.ssh.forward_traffic import CountedTcpChannel, CountedUnixChannel, TrafficOfPlaces
from mooring.ssh.open_channels import OpenChannels
from mooring.ssh.public_key import PublicKey, algorithm_kind, is_certificate_algorithm
from mooring.ssh.session_binding import SessionBinding, connect_bound_agent
from mooring.ssh.session_count import SessionCount

_MSG_DISCONNECT = 1
_MSG_SERVICE_ACCEPT = 6
_MSG_KEXINIT = 20
_MSG_USERAUTH_FAILURE = 51
_COOKIE_LENGTH = 16
_WINDOW = 2 * 1024 * 1024
_PACKET = 32 * 1024
"""What asyncssh takes for channels where nobody says otherwise."""

_JUST_NOW = 1.0
"""Seconds since the last packet after which nobody asks whether the host is there."""


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What the host showed in the key exchange: its key, and the certificate around it if there was one."""

    key: PublicKey
    certificate: SSHOpenSSHCertificate | None = None


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The server's SSH_MSG_DISCONNECT."""

    code: int
    reason: str


class AuthenticationListener(Protocol):
    """Whoever wants to know how the server answers attempts to log in."""

    def attempt_failed(self, remaining: tuple[str, ...], *, partial: bool) -> None:
        """The last attempt was not enough; these methods may go on. `partial`: it was right, but more is wanted."""
        ...


class ClientConnection(asyncssh.SSHClientConnection):
    """One SSH connection from us to one host."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        options: asyncssh.SSHClientConnectionOptions,
        peer: Peer,
        offer: Offer,
        listener: AuthenticationListener,
    ) -> None:
        super().__init__(loop, options, wait="auth")
        self.peer = peer
        self.started = False
        self.goodbye: Goodbye | None = None
        self.lost_by: Exception | None = None
        self.round_trip = 0.0
        self.sessions = SessionCount()
        self.open_channels = OpenChannels()
        self.traffic_of_places = TrafficOfPlaces()
        self.keys_exchanged: asyncio.Future[ShownKey] = loop.create_future()
        self._offer = offer
        self._listener = listener
        self._shown: ShownKey | None = None
        self._shown_data = b""
        self.binding: SessionBinding | None = None
        self._held_service: bytes | None = None
        self._negotiated = False
        self._asked_at = 0.0
        self._heard_at = 0.0
        self._received = 0

    @property
    def greeted(self) -> bool:
        """Whether the host's version string has come."""
        return self.get_extra_info("server_version") is not None

    @property
    def has_ended(self) -> bool:
        """Whether it was open and is no more, whoever ended it."""
        return self.started and self._transport is None

    def admit(self) -> None:
        """Go on to authentication: the host key is trusted."""
        if self._held_service is None:
            raise RuntimeError("the key exchange has not finished")
        service, self._held_service = self._held_service, None
        self._asked_at = time.monotonic()
        super().send_service_request(service)

    async def ping(self) -> float:
        """Ask the host for a sign of life (keepalive@openssh.com), and return how many seconds that took.

        The caller bounds the time: a host that is gone never answers.
        """
        began = time.monotonic()
        await self._make_global_request(b"keepalive@openssh.com")
        return time.monotonic() - began

    async def answers(self, patience: float) -> bool:
        """Whether the host is there: it sent something just now, or sends a sign of life in so many seconds."""
        if time.monotonic() - self._heard_at < _JUST_NOW:
            return True
        try:
            async with asyncio.timeout(patience):
                await self.ping()
        except TimeoutError:
            return False
        except (asyncssh.Error, OSError):
            # It has ended, which is told to whoever uses it then.
            return not self.has_ended
        return True

    def give_up(self) -> None:
        """End it at once, as one whose host answers no keepalive: everybody on it is told so."""
        self.connection_lost(asyncssh.ConnectionLost("Server not responding to keepalive"))

    def rekey(self) -> None:
        """Exchange keys anew, as RekeyLimit would: with the next packet, which is sent at once."""
        self._rekey_bytes_sent = self._rekey_bytes
        self.send_debug("rekey")

    def add_channel(self, chan: SSHChannel[AnyStr]) -> int:
        """Called by asyncssh for each channel that is opened from either side."""
        number = super().add_channel(chan)
        self.open_channels.add(number, chan)
        return number

    def remove_channel(self, recv_chan: int) -> None:
        """Called by asyncssh when a channel has closed."""
        super().remove_channel(recv_chan)
        channel = self.open_channels.remove(recv_chan)
        if isinstance(channel, CountedTcpChannel | CountedUnixChannel) and channel.traffic is not None:
            channel.traffic.end()

    def create_tcp_channel(
        self,
        encoding: str | None = None,
        errors: str = "strict",
        window: int = _WINDOW,
        max_pktsize: int = _PACKET,
    ) -> CountedTcpChannel:
        """Called by asyncssh for each TCP connection that is forwarded."""
        self._update_recv_pktlen(max_pktsize)
        channel = CountedTcpChannel(self, self._loop, encoding, errors, window, max_pktsize)
        channel.follow(self.traffic_of_places)
        return channel

    def create_unix_channel(
        self,
        encoding: str | None = None,
        errors: str = "strict",
        window: int = _WINDOW,
        max_pktsize: int = _PACKET,
    ) -> CountedUnixChannel:
        """Called by asyncssh for each connection to a Unix socket that is forwarded."""
        self._update_recv_pktlen(max_pktsize)
        channel = CountedUnixChannel(self, self._loop, encoding, errors, window, max_pktsize)
        channel.follow(self.traffic_of_places)
        return channel

    def refuse_agent_forwarding(self) -> None:
        """Take ForwardAgent back: asyncssh decides on it from the options, before the host key is known."""
        self._agent_forward_path = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called when there is a way to the host; before that, asyncssh's `wait_closed` would wait for ever."""
        self.started = True
        super().connection_made(transport)

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Called for whatever comes: RekeyLimit holds for each direction, and asyncssh counts what is sent alone."""
        super().data_received(data, datatype)
        if not (self._auth_complete and self._kex_complete):
            return
        self._received += len(data)
        if self._received >= self._rekey_bytes and not self.has_ended:
            self.rekey()

    def _send_kexinit(self) -> None:
        """Called by asyncssh when keys are exchanged, whichever side began."""
        self._received = 0
        super()._send_kexinit()

    def _cleanup(self, exc: Exception | None) -> None:
        """Called by asyncssh at the end of the connection, before those are told who wait for something on it."""
        self.lost_by = exc
        super()._cleanup(exc)

    def validate_server_host_key(self, key_data: bytes) -> asyncssh.SSHKey:
        """Called by asyncssh in each key exchange: note the key, whose signature is checked next."""
        if self._shown_data and key_data != self._shown_data:
            raise ConnectionFailedError(f"Host key of {self.peer} changed within the connection", hop=self.peer.hop)
        self._shown_data = key_data
        try:
            key, shown = _decode(key_data)
        except (ValueError, struct.error):
            raise ConnectionFailedError(f"{self.peer} showed a malformed host key", hop=self.peer.hop) from None
        kind = PublicKey(key_data).algorithm
        if algorithm_kind(kind) not in {
            algorithm_kind(name)
            for name in self._offer.host_keys
            if is_certificate_algorithm(name) == is_certificate_algorithm(kind)
        }:
            raise ConnectionFailedError(
                f"host key {terminal_safe(kind)} not permitted by HostkeyAlgorithms", hop=self.peer.hop
            )
        self._shown = shown
        if self.binding is None:
            self._bind_session(key)
        return key

    def _bind_session(self, key: asyncssh.SSHKey) -> None:
        """Keep what the first key exchange proves: asyncssh looks at the signature once and drops it."""
        verify = key.verify

        def keep(data: bytes, signature: bytes) -> bool:
            is_right = verify(data, signature)
            if is_right and self.binding is None:
                self.binding = SessionBinding(self._shown_data, data, signature)
            return is_right

        key.verify = keep  # type: ignore[method-assign, assignment]

    def _process_auth_agent_at_openssh_dot_com_open(
        self, packet: SSHPacket
    ) -> tuple[SSHUNIXChannel[bytes], Awaitable[SSHForwarder]]:
        """Called by asyncssh when a program on the host asks for the agent: the agent is told for which host."""
        packet.check_end()
        path, binding = self._agent_forward_path, self.binding
        if path is None or binding is None:
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_CONNECT_FAILED, "Auth agent forwarding disabled")
        return self.create_unix_channel(), self._forward_to_agent(path, binding)

    async def _forward_to_agent(self, path: str, binding: SessionBinding) -> SSHForwarder:
        try:
            agent = await connect_bound_agent(path, binding)
            _transport, peer = await self._loop.create_unix_connection(SSHForwarder, sock=agent)
        except OSError as error:
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_CONNECT_FAILED, str(error)) from None
        return SSHForwarder(peer)

    def send_service_request(self, service: bytes) -> None:
        """Called by asyncssh at the end of the first key exchange: hold it until the host key is trusted."""
        self._held_service = service
        if self._shown is None:
            raise ConnectionFailedError(f"{self.peer} showed no host key", hop=self.peer.hop)
        if not self.keys_exchanged.done():
            self.keys_exchanged.set_result(self._shown)

    def process_packet(self, pkttype: int, pktid: int, packet: SSHPacket) -> bool | Awaitable[None]:
        """Called by asyncssh for each packet: look at those that it tells nobody about."""
        self._heard_at = time.monotonic()
        if pkttype == _MSG_KEXINIT and not self._negotiated:
            self._negotiated = True
            self._check_negotiation(packet.get_remaining_payload())
        elif pkttype == _MSG_SERVICE_ACCEPT:
            self.round_trip = time.monotonic() - self._asked_at
        elif pkttype == _MSG_USERAUTH_FAILURE:
            names, rest = _read_string(packet.get_remaining_payload())
            methods = tuple(name for name in names.decode("ascii", "replace").split(",") if name)
            self._listener.attempt_failed(methods, partial=bool(rest and rest[0]))
        elif pkttype == _MSG_DISCONNECT:
            payload = packet.get_remaining_payload()
            if len(payload) >= 8:
                reason, _rest = _read_string(payload[4:])
                (code,) = struct.unpack_from(">I", payload)
                self.goodbye = Goodbye(code, reason.decode("utf-8", "replace"))
        return super().process_packet(pkttype, pktid, packet)

    def _check_negotiation(self, payload: bytes) -> None:
        """Say what has no match, in ssh's words: asyncssh ignores host key types, and the server just leaves."""
        rest = payload[_COOKIE_LENGTH:]
        lists: list[tuple[str, ...]] = []
        for _list in range(8):
            names, rest = _read_string(rest)
            lists.append(tuple(names.decode("ascii", "replace").split(",")))
        offer = self._offer
        wanted = [
            ("key exchange method", offer.key_exchange, lists[0]),
            ("host key type", offer.host_keys, lists[1]),
        ]
        for direction in range(2):
            ciphers = lists[2 + direction]
            cipher = next((name for name in offer.ciphers if name in ciphers), "")
            wanted.append(("cipher", offer.ciphers, ciphers))
            if not cipher.endswith(AUTHENTICATED):
                wanted.append(("MAC", offer.macs, lists[4 + direction]))
            wanted.append(("compression method", offer.compression, lists[6 + direction]))
        for what, ours, theirs in wanted:
            if not set(ours).intersection(theirs):
                raise ConnectionFailedError(
                    f"Unable to negotiate with {self.peer}: no matching {what} found. "
                    f"Their offer: {terminal_safe(','.join(theirs))}",
                    hop=self.peer.hop,
                    hint="Both sides have to share one of each; the configuration can allow older ones by name.",
                )


def _decode(data: bytes) -> tuple[asyncssh.SSHKey, ShownKey]:
    """Read a host key or host certificate. Raises ValueError or struct.error."""
    shown = PublicKey(data)
    text = f"{shown.algorithm} {base64.b64encode(data).decode('ascii')}"
    if is_certificate_algorithm(shown.algorithm):
        certificate = asyncssh.import_certificate(text)
        if not isinstance(certificate, SSHOpenSSHCertificate):
            raise ValueError("not an OpenSSH certificate")
        return certificate.key, ShownKey(PublicKey(certificate.key.public_data), certificate)
    key = asyncssh.import_public_key(text)
    return key, ShownKey(shown)


def _read_string(data: bytes) -> tuple[bytes, bytes]:
    """Split a leading string (RFC 4251, section 5) off; what is cut short reads as empty."""
    if len(data) < 4:
        return b"", b""
    (length,) = struct.unpack_from(">I", data)
    return data[4 : 4 + length], data[4 + length :]
