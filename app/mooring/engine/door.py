"""The engine's door: a Unix socket in the runtime directory, for nobody but the person whose engine it is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mooring.engine.visitor import Host, Visitor
from mooring.model.errors import EngineError
from mooring.store.paths import make_runtime_directory

_WAITING = 8
_LONGEST_PATH = 100
"""Bytes of a socket's path that every system takes (sun_path has 104 to 108)."""


def door_of(runtime: Path, process_id: int) -> Path:
    """Where the engine with that process id has its door."""
    return runtime / f"engine-{process_id}.sock"


class Door:
    """Lets visitors in. Made by `open`, which raises EngineError where that can't be done."""

    def __init__(self, path: Path, listener: socket.socket, host: Host) -> None:
        self._path = path
        self._listener = listener
        self._host = host
        self._admitting = asyncio.create_task(self._admit(), name="the engine's door")

    @classmethod
    def open(cls, runtime: Path, host: Host) -> Door:
        """Listen in `runtime`, a directory of mode 0700 (made where it is missing), on a socket of mode 0600."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        path = door_of(make_runtime_directory(runtime), os.getpid())
        before = os.umask(0o177)
        try:
            # An engine that was killed leaves its door, and another may get its number.
            path.unlink(missing_ok=True)
            with reachable(path) as address:
                listener.bind(address)
            listener.listen(_WAITING)
            listener.setblocking(False)
        except OSError as error:
            listener.close()
            raise EngineError(f"the engine can't keep sessions: {path}: {error.strerror or error}") from error
        finally:
            os.umask(before)
        return cls(path, listener, host)

    async def close(self) -> None:
        """Let nobody in any more, and take the socket away."""
        self._admitting.cancel()
        await asyncio.gather(self._admitting, return_exceptions=True)
        self._listener.close()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    async def _admit(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            channel, _address = await loop.sock_accept(self._listener)
            if peer_user(channel) == os.getuid():
                await Visitor(self._host).serve(channel)
            else:
                channel.close()


def peer_user(channel: socket.socket) -> int:
    """The user id of the process at the other end: SO_PEERCRED on Linux, LOCAL_PEERCRED on macOS and the BSDs."""
    if sys.platform == "linux":
        credentials = channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        _process, user, _group = struct.unpack("3i", credentials)
    else:
        # struct xucred of sys/ucred.h: a version, the user, a number of groups and the groups.
        credentials = channel.getsockopt(0, 1, struct.calcsize("2Ih16I"))
        _version, user = struct.unpack_from("2I", credentials)
    return int(user)


@contextmanager
def reachable(path: Path) -> Iterator[str]:
    """An address for a socket's path, which a system's limit would cut where it is long."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield str(path)
        return
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{directory}/{path.name}"
    finally:
        os.close(directory)
