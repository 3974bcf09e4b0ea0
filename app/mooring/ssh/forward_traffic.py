"""How much goes through a forward: counted in its channels, since asyncssh counts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from asyncssh.channel import SSHForwardChannel, SSHTCPChannel, SSHUNIXChannel

Place = tuple[str, int] | str
"""Where a server listens for us: an address and a port, or the path of a socket."""


class Traffic:
    """What went through one forward. `sent` and `received` are bytes, seen from our side."""

    def __init__(self) -> None:
        self.open = 0
        self.connections = 0
        self.sent = 0
        self.received = 0

    def begin(self) -> None:
        """One more connection."""
        self.open += 1
        self.connections += 1

    def end(self) -> None:
        """One less."""
        self.open -= 1


_listening: ContextVar[Traffic | None] = ContextVar("traffic of the listener", default=None)


@contextmanager
def counted_in(traffic: Traffic) -> Iterator[None]:
    """Count what comes over listeners that are opened in this block.

    asyncio runs whatever follows from an accepted connection in the context in which its listener was opened.
    """
    token = _listening.set(traffic)
    try:
        yield
    finally:
        _listening.reset(token)


class TrafficOfPlaces:
    """The traffic of the places where the server listens for us: its channels tell which one they came over."""

    def __init__(self) -> None:
        self._places: dict[Place, Traffic] = {}

    def count(self, place: Place, traffic: Traffic) -> None:
        """Count what comes over the listener at a place from now on."""
        self._places[place] = traffic

    def at(self, place: Place) -> Traffic | None:
        """The traffic of a place."""
        return self._places.get(place)


class _Counted(SSHForwardChannel[bytes]):
    """A channel that counts for the forward it belongs to, if any; `places` knows those that come from the server."""

    places: TrafficOfPlaces
    traffic: Traffic | None = None

    def follow(self, places: TrafficOfPlaces) -> None:
        """Belong to the listener whose connection opened this channel."""
        self.places = places
        self.belong_to(_listening.get())

    def belong_to(self, traffic: Traffic | None) -> None:
        """Count for a forward from now on."""
        if traffic is not None and self.traffic is None:
            self.traffic = traffic
            traffic.begin()

    def write(self, data: bytes, datatype: int | None = None) -> None:
        """Send bytes."""
        super().write(data, datatype)
        if self.traffic is not None:
            self.traffic.sent += len(data)

    def _accept_data(self, data: bytes, datatype: int | None = None) -> None:
        super()._accept_data(data, datatype)
        if self.traffic is not None:
            self.traffic.received += len(data)


class CountedTcpChannel(_Counted, SSHTCPChannel[bytes]):
    """A channel for a TCP connection."""

    def set_inbound_peer_names(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> None:
        """Called by asyncssh for a connection that the server took."""
        super().set_inbound_peer_names(dest_host, dest_port, orig_host, orig_port)
        self.belong_to(self.places.at((dest_host, dest_port)))


class CountedUnixChannel(_Counted, SSHUNIXChannel[bytes]):
    """A channel for a connection to a Unix socket."""

    def set_inbound_peer_names(self, dest_path: str) -> None:
        """Called by asyncssh for a connection that the server took."""
        super().set_inbound_peer_names(dest_path)
        self.belong_to(self.places.at(dest_path))
