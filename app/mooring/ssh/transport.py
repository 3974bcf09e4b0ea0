"""The way to a host before SSH begins: addresses, a TCP connection, or a ProxyCommand."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from mooring.ssh import failures
from mooring.ssh.local_programs import Complaints, Hear, signal_program
from mooring.ssh.pipe_transport import PipeTransport
from mooring.ssh.source_address import SourceError, bind_source

_RETRY_PAUSE = 1.0
"""Seconds between two ConnectionAttempts, as in ssh."""
_REAP_PATIENCE = 2.0
"""Seconds that a ProxyCommand gets to end after SIGHUP, before SIGKILL."""

_FAMILIES = {"any": socket.AF_UNSPEC, "inet": socket.AF_INET, "inet6": socket.AF_INET6}


@dataclass(frozen=True, slots=True)
class TransportOptions:
    """AddressFamily, BindAddress, BindInterface, ConnectionAttempts, ConnectTimeout, ProxyCommand (None: by TCP).

    `connect_timeout` is in seconds and ends with the key exchange; None waits as long as the system does.
    """

    host: str
    port: int
    address_family: str = "any"
    bind_address: str | None = None
    bind_interface: str | None = None
    connection_attempts: int = 1
    connect_timeout: float | None = None
    proxy_command: str | None = None


class ProxyProcess:
    """A running ProxyCommand, whose standard input and output are pipes, as under ssh: `/dev/stdin` opens no socket.

    `reading` and `writing` are our ends of them. `hear` is told what it prints on standard error; with None that is our
    own.
    """

    def __init__(self, process: asyncio.subprocess.Process, reading: int, writing: int, hear: Hear | None) -> None:
        self._process = process
        self._ends: tuple[int, int] | None = (reading, writing)
        self._complaints = Complaints(process, hear)

    async def carry(self, protocol: asyncio.Protocol) -> None:
        """Have `protocol` speak with the command."""
        if self._ends is None:
            raise RuntimeError("the command is spoken with already")
        (reading, writing), self._ends = self._ends, None
        await PipeTransport.open(protocol, reading, writing)

    async def end(self) -> None:
        """Hang up on the command as ssh does, and reap it."""
        for descriptor in self._ends or ():
            os.close(descriptor)
        self._ends = None
        if self._process.returncode is None:
            signal_program(self._process, signal.SIGHUP)
            try:
                await asyncio.wait_for(self._process.wait(), _REAP_PATIENCE)
            except TimeoutError:
                signal_program(self._process, signal.SIGKILL)
                await self._process.wait()
        await self._complaints.finish()


@dataclass(frozen=True, slots=True)
class Transport:
    """A way to the host, and the numeric address it leads to ("" behind a ProxyCommand).

    `way` is a connected socket or a ProxyCommand. `round_trip` is how many seconds connecting took; 0 behind a
    ProxyCommand.
    """

    way: socket.socket | ProxyProcess
    address: str
    round_trip: float = 0.0

    async def carry(self, protocol: asyncio.Protocol) -> None:
        """Have `protocol` speak over it."""
        if isinstance(self.way, ProxyProcess):
            await self.way.carry(protocol)
        else:
            await asyncio.get_running_loop().create_connection(lambda: protocol, sock=self.way)

    async def end(self) -> None:
        """Close it, and end what belongs to it."""
        if isinstance(self.way, ProxyProcess):
            await self.way.end()
        else:
            self.way.close()


async def open_transport(
    hop: str, options: TransportOptions, hear: Hear | None = None, tell: Callable[[str], None] = lambda _text: None
) -> Transport:
    """Connect to the host's addresses in their order, or start its ProxyCommand, whose complaints go to `hear`.

    `tell` is told of addresses that could not be tried where another was. Raises ConnectionFailedError with ssh's
    message. The caller ends the attempt by cancelling it.
    """
    if options.proxy_command is not None:
        return await _start_proxy(hop, options.proxy_command, hear)
    return await _connect(hop, options, tell)


async def _connect(hop: str, options: TransportOptions, tell: Callable[[str], None]) -> Transport:
    loop = asyncio.get_running_loop()
    family = _FAMILIES.get(options.address_family, socket.AF_UNSPEC)
    try:
        addresses = await loop.getaddrinfo(options.host, options.port, family=family, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        reason = error if isinstance(error, OSError) else OSError(0, "Name or service not known")
        raise failures.name_resolution_failed(hop, options.host, reason) from None
    failure: OSError = OSError(0, "no address")
    complaints: list[str] = []
    for attempt in range(max(options.connection_attempts, 1)):
        if attempt:
            await asyncio.sleep(_RETRY_PAUSE)
        for found_family, kind, protocol, _name, address in addresses:
            began = time.monotonic()
            try:
                connected = await _connect_to(found_family, kind, protocol, address, options)
            except SourceError as error:
                complaints.append(str(error))
                failure = OSError("failure")
            except OSError as error:
                failure = error
            else:
                for complaint in complaints:
                    tell(complaint)
                return Transport(connected, str(address[0]), time.monotonic() - began)
    failed = failures.connecting_failed(hop, options.host, options.port, failure)
    failed.message = "\n".join((*complaints, failed.message))
    raise failed


async def _connect_to(
    family: int, kind: int, protocol: int, address: tuple[object, ...], options: TransportOptions
) -> socket.socket:
    connection = socket.socket(family, kind, protocol)
    try:
        connection.setblocking(False)
        await bind_source(connection, options.bind_address, options.bind_interface)
        await asyncio.get_running_loop().sock_connect(connection, address)
    except BaseException:
        connection.close()
        raise
    return connection


async def _start_proxy(hop: str, command: str, hear: Hear | None) -> Transport:
    """Run the command as ssh runs it: `exec` in the user's own shell."""
    its_input, writing = os.pipe()
    reading, its_output = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            os.environ.get("SHELL") or "/bin/sh",
            "-c",
            f"exec {command}",
            stdin=its_input,
            stdout=its_output,
            stderr=None if hear is None else asyncio.subprocess.PIPE,
        )
    except BaseException as error:
        os.close(reading)
        os.close(writing)
        if isinstance(error, OSError):
            raise failures.connecting_failed(hop, hop, 0, error) from None
        raise
    finally:
        os.close(its_input)
        os.close(its_output)
    return Transport(ProxyProcess(process, reading, writing, hear), "")
