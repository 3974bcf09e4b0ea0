"""What programs that run on this side print: a ProxyCommand's complaints, a LocalCommand's output.

On the command line they write to the person's terminal themselves, as under ssh. In a tab they have none, and what they
print is told line by line.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable

from mooring.ssh.failures import terminal_safe

Hear = Callable[[str], None]
"""Takes a line that a program printed."""

MOST_HEARD = 64 * 1024
"""Bytes of one program that are told; the rest is read, so that it need not wait, and left out."""

_CHUNK = 4096
_LAST_WORDS_PATIENCE = 0.5
"""Seconds for what a program printed before its end; somebody it left behind may hold its standard error open."""


def signal_program(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    """Signal a program that nobody has waited for yet; one that has just ended is left alone.

    Not by asyncio's own `send_signal`: until Python 3.13 Popen looks first whether the program has ended, and takes its
    status away from the thread that waits for it, which then complains on standard error (CPython's issue 87744).
    """
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)


async def tell_lines(output: asyncio.StreamReader, hear: Hear) -> None:
    """Tell each line until the end of `output`, without control characters."""
    waiting = b""
    left = MOST_HEARD
    while chunk := await output.read(_CHUNK):
        *lines, waiting = (waiting + chunk[:left]).split(b"\n")
        for line in lines:
            hear(_text(line))
        if 0 < left <= len(chunk):
            hear(_text(waiting))
            hear("(The rest of what it prints is left out.)")
            waiting = b""
        left = max(left - len(chunk), 0)
    if waiting:
        hear(_text(waiting))


class Complaints:
    """What a program of ours prints on standard error, told while it runs; nothing where that is our own."""

    def __init__(self, process: asyncio.subprocess.Process, hear: Hear | None) -> None:
        self._telling: asyncio.Task[None] | None = None
        if hear is not None and process.stderr is not None:
            self._telling = asyncio.create_task(tell_lines(process.stderr, hear), name="complaints of a program")

    async def finish(self) -> None:
        """Tell its last words, once it has ended."""
        if self._telling is not None:
            await asyncio.wait((self._telling,), timeout=_LAST_WORDS_PATIENCE)
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)


async def run_local_command(command: str, hear: Hear | None) -> None:
    """LocalCommand: run it in the person's shell, and wait, as ssh does; its status does not matter."""
    words = (os.environ.get("SHELL") or "/bin/sh", "-c", command)
    if hear is None:
        process = await asyncio.create_subprocess_exec(*words)
    else:
        process = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        if process.stdout is not None:
            await tell_lines(process.stdout, hear)
    await process.wait()


def _text(line: bytes) -> str:
    return terminal_safe(line.decode("utf-8", "replace"))
