"""All demo machines at once: ports on loopback, and the ways to those that have none."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from pathlib import Path

import asyncssh

from mooring.demo.credentials import Credentials
from mooring.demo.roster import DemoMachine
from mooring.demo.server import Site, Tunnel, server_options

_CHUNK = 64 * 1024


def inner_host_name(machine: DemoMachine) -> str:
    """The host name by which the jump machine knows one behind it."""
    return f"{machine.name}.internal"


class SiteNetwork:
    """The running servers; `ports` tells where each machine listens on 127.0.0.1, those behind a jump machine apart."""

    def __init__(
        self, machines: tuple[DemoMachine, ...], credentials: Mapping[str, Credentials], homes: Mapping[str, Path]
    ) -> None:
        self._machines = machines
        self._credentials = credentials
        self._homes = homes
        self._acceptors: list[asyncssh.SSHAcceptor] = []
        self._closed_ports: list[socket.socket] = []
        self._sites: dict[str, Site] = {}
        self.ports: dict[str, int] = {}

    async def start(self, folder: Path) -> None:
        """Bind every machine to a free port of 127.0.0.1, and nothing else."""
        for machine in self._machines:
            if machine.jump:
                self._sites[machine.name] = self._site(machine, folder)
        for machine in self._machines:
            if machine.jump:
                continue
            if machine.down:
                self.ports[machine.name] = self._reserve_closed_port()
                continue
            site = self._sites[machine.name] = self._site(machine, folder)
            acceptor = await asyncssh.listen("127.0.0.1", 0, **server_options(site))
            self._acceptors.append(acceptor)
            self.ports[machine.name] = acceptor.get_port()

    async def stop(self) -> None:
        """Close every port, and end every connection at once."""
        for acceptor in self._acceptors:
            acceptor.close()
        for reserved in self._closed_ports:
            reserved.close()
        for site in self._sites.values():
            for connection in tuple(site.connections):
                connection.abort()
        await asyncio.gather(*(acceptor.wait_closed() for acceptor in self._acceptors))

    def _site(self, machine: DemoMachine, folder: Path) -> Site:
        inner: dict[str, Tunnel] = {
            inner_host_name(other): _tunnel_to(self._sites[other.name])
            for other in self._machines
            if other.jump == machine.name
        }
        return Site(machine, self._credentials[machine.name], folder, self._homes[machine.name], inner)

    def _reserve_closed_port(self) -> int:
        """A port that is bound but does not listen: it refuses, and nobody else gets it."""
        reserved = socket.socket()
        reserved.bind(("127.0.0.1", 0))
        self._closed_ports.append(reserved)
        port: int = reserved.getsockname()[1]
        return port


def _tunnel_to(site: Site) -> Tunnel:
    """Serve `site` on a socket pair inside this process, so that no other way leads to it than the jump machine."""

    async def tunnel(reader: asyncssh.SSHReader[bytes], writer: asyncssh.SSHWriter[bytes]) -> None:
        near, far = socket.socketpair()
        serving = asyncio.create_task(_serve_on(far, site))
        inner_reader, inner_writer = await asyncio.open_connection(sock=near)
        try:
            outward = asyncio.create_task(_outward(inner_reader, writer))
            inward = asyncio.create_task(_inward(reader, inner_writer))
            await asyncio.wait({outward, inward}, return_when=asyncio.FIRST_COMPLETED)
            outward.cancel()
            inward.cancel()
            await asyncio.gather(outward, inward, return_exceptions=True)
        finally:
            inner_writer.close()
            writer.close()
            # It ends with an error when the client left before it was let in: that is the client's affair.
            await asyncio.gather(serving, return_exceptions=True)

    return tunnel


async def _serve_on(connected: socket.socket, site: Site) -> None:
    await asyncssh.run_server(connected, **server_options(site))


async def _outward(source: asyncio.StreamReader, destination: asyncssh.SSHWriter[bytes]) -> None:
    while data := await source.read(_CHUNK):
        destination.write(data)
        await destination.drain()


async def _inward(source: asyncssh.SSHReader[bytes], destination: asyncio.StreamWriter) -> None:
    while data := await source.read(_CHUNK):
        destination.write(data)
        await destination.drain()
