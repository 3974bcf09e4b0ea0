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

from mooring.model.errors import EngineError
from mooring.store.paths import make_private_directory

LARGEST_LOG = 1024 * 1024
"""Bytes after which the log is put aside (one older log is kept) when the next engine starts."""

TERMINATE_PATIENCE = 1.0
"""Seconds between SIGTERM, where the engine did not end by itself, and SIGKILL."""


def start_engine_process(channel: socket.socket, log_file: Path) -> subprocess.Popen[bytes]:
    """Start an engine that speaks on `channel`; its standard output and errors go to `log_file`, never to a terminal.

    The process has a session of its own, so that ^C, ^Z and the terminal's hang-up reach the UI alone. `-P` keeps the
    current directory from being searched for modules. Raises EngineError when it can't be started.
    """
    try:
        log = _open_log(log_file)
    except OSError as error:
        raise EngineError(f"the engine's log can't be written: {error}", hint=f"Look at {log_file.parent}.") from error
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "mooring.engine", "--fd", str(channel.fileno())],
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


def signal_engine_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal the engine and what it started (a ProxyCommand, say), which a killed engine can't end any more.

    Safe until the process is reaped: until then nobody else can have its number.
    """
    if process.returncode is None:
        # EPERM is what macOS says of a group in which only the dead leader is left.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


async def end_engine_process(process: subprocess.Popen[bytes], *, patience: float) -> int:
    """Wait `patience` seconds for the process to end by itself, then end it; return its status as Popen does."""
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, TERMINATE_PATIENCE)):
        try:
            return await asyncio.to_thread(process.wait, seconds)
        except subprocess.TimeoutExpired:
            signal_engine_group(process, number)
    return await asyncio.to_thread(process.wait)


def _open_log(path: Path) -> int:
    make_private_directory(path.parent)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".old.log"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    os.fchmod(descriptor, 0o600)
    return descriptor
