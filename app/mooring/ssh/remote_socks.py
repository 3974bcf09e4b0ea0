"""SOCKS on the far side (`ssh -R PORT`): the server listens, its clients say where to, and we connect from here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import asyncssh

from mooring.ssh.socks_request import Destination, SocksError, read_request

_CHUNK = 64 * 1024
"""Bytes read at once on their way through."""


@dataclass(frozen=True, slots=True)
class PermittedDestinations:
    """PermitRemoteOpen: ("any",), ("none",), or HOST:PORT words, where either may be "*"; compared as ssh does."""

    words: Sequence[str] = ("any",)

    def permits(self, destination: Destination) -> bool:
        """Whether somebody on the far side may have us connect there."""
        if [word.lower() for word in self.words] == ["any"]:
            return True
        for word in self.words:
            host, _colon, port = word.rpartition(":")
            if host.strip("[]") in ("*", destination.host) and port in ("*", str(destination.port)):
                return True
        return False


class RemoteSocks:
    """Serves the connections that come in over one forward."""

    def __init__(self, permitted: PermittedDestinations) -> None:
        self._permitted = permitted

    async def serve(self, reader: asyncssh.SSHReader[bytes], writer: asyncssh.SSHWriter[bytes]) -> None:
        """Serve one client to its end. What goes wrong ends its connection and nothing else, as in ssh."""
        try:
            await self._serve(reader, writer)
        except (SocksError, OSError, UnicodeError, asyncio.IncompleteReadError, asyncssh.Error) as error:
            writer.logger.info("SOCKS client: %s", error)
        finally:
            writer.close()

    async def _serve(self, reader: asyncssh.SSHReader[bytes], writer: asyncssh.SSHWriter[bytes]) -> None:
        request = await read_request(reader, writer.write)
        destination = request.destination
        if not self._permitted.permits(destination):
            raise SocksError(f"PermitRemoteOpen forbids {destination.host} port {destination.port}")
        near_reader, near_writer = await asyncio.open_connection(destination.host, destination.port)
        try:
            writer.write(request.granted)
            async with asyncio.TaskGroup() as directions:
                directions.create_task(_pass_on(reader, near_writer))
                directions.create_task(_pass_on(near_reader, writer))
        except* (OSError, asyncssh.Error):
            # One side is gone; the other is closed below.
            writer.logger.info("SOCKS client: the connection was lost")
        finally:
            near_writer.close()
            with contextlib.suppress(OSError):
                await near_writer.wait_closed()


class _Source(Protocol):
    async def read(self, n: int = -1) -> bytes: ...


class _Sink(Protocol):
    def write(self, data: bytes) -> None: ...

    def write_eof(self) -> None: ...

    async def drain(self) -> None: ...


async def _pass_on(source: _Source, sink: _Sink) -> None:
    """Pass everything on, no faster than it is taken, and the end of it too."""
    while data := await source.read(_CHUNK):
        sink.write(data)
        await sink.drain()
    sink.write_eof()
