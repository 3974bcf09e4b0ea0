"""The engine as an operating system process: how it is started, and how one makes sure that it is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from mooring.model.errors import EngineError
from mooring.store.paths import make_private_directory

LARGEST_LOG = 1024 * 1024
"""Bytes after which the log is put aside (one older log is kept) when the next engine starts."""

TERMINATE_PATIENCE = 1.0
"""Seconds between SIGTERM, where the engine did not end by itself, and SIGKILL."""

_LOOK_AGAIN = 0.02


class EngineProcess(Protocol):
    """An engine's process, whoever started it."""

    @property
    def process_id(self) -> int:
        """Its number."""
        ...

    def signal_group(self, number: signal.Signals) -> None:
        """Signal it and what it started (a ProxyCommand, say), which a killed engine can't end any more."""
        ...

    async def end(self, *, patience: float) -> None:
        """Wait `patience` seconds for it to end by itself, then end it; it is gone when this returns."""
        ...


class StartedProcess:
    """A child of ours."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def process_id(self) -> int:
        """Its number."""
        return self._process.pid

    def signal_group(self, number: signal.Signals) -> None:
        """Signal it and what it started. Safe until it is reaped: until then nobody else can have its number."""
        if self._process.returncode is None:
            # EPERM is what macOS says of a group in which only the dead leader is left.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    async def end(self, *, patience: float) -> None:
        """Wait for it to end by itself, then end it, and reap it."""
        for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, TERMINATE_PATIENCE)):
            try:
                await asyncio.to_thread(self._process.wait, seconds)
            except subprocess.TimeoutExpired:
                self.signal_group(number)
            else:
                return
        await asyncio.to_thread(self._process.wait)


class FoundProcess:
    """An engine that another UI has started; init reaps it."""

    def __init__(self, process_id: int) -> None:
        self._process_id = process_id

    @property
    def process_id(self) -> int:
        """Its number."""
        return self._process_id

    def signal_group(self, number: signal.Signals) -> None:
        """Signal it and what it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process_id, number)

    async def end(self, *, patience: float) -> None:
        """Wait for it to end by itself, then end it."""
        for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, TERMINATE_PATIENCE)):
            if await self._gone_within(seconds):
                return
            self.signal_group(number)
        await self._gone_within(TERMINATE_PATIENCE)

    async def _gone_within(self, seconds: float) -> bool:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while _exists(self._process_id):
            if loop.time() > deadline:
                return False
            await asyncio.sleep(_LOOK_AGAIN)
        return True


def start_engine_process(channel: socket.socket, log_file: Path, runtime: Path | None = None) -> StartedProcess:
    """Start an engine that speaks on `channel`; its standard output and errors go to `log_file`, never to a terminal.

    Where that can't be written (a home that is read-only, or full), the engine goes without a log.
    Later UIs find its door in `runtime`; with None there is none. The process has a session of its own, so that ^C, ^Z
    and the terminal's hang-up reach the UI alone. `-P` keeps the current directory from being searched for modules.
    Raises EngineError when it can't be started.
    """
    try:
        log = _open_log(log_file)
    except OSError:
        log = os.open(os.devnull, os.O_WRONLY)
    words = [sys.executable, "-P", "-m", "mooring.engine", "--fd", str(channel.fileno())]
    if runtime is not None:
        words += ["--runtime", str(runtime)]
    try:
        process = subprocess.Popen(
            words,
            pass_fds=[channel.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    except OSError as error:
        raise EngineError(f"the engine could not be started: {error}") from error
    finally:
        os.close(log)
    return StartedProcess(process)


def _exists(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(process_id)


def _is_zombie(process_id: int) -> bool:
    """Whether it has ended and waits for its parent, a UI that was turned out, say. False where there is no /proc."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] == "Z"


def _open_log(path: Path) -> int:
    make_private_directory(path.parent)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".old.log"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    os.fchmod(descriptor, 0o600)
    return descriptor
