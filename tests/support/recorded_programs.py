"""What real programs write to a terminal, recorded from a PTY."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl

QUIET_SECONDS = 0.25
"""Without output for so long, a program counts as waiting for the next key."""
LONGEST_SECONDS = 5.0


def record(
    words: Sequence[str],
    keys: Sequence[bytes],
    *,
    columns: int = 80,
    lines: int = 24,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Run a program in a PTY, press keys one by one, and return all that it wrote; it is ended by its pid."""
    own = {
        "TERM": "xterm-256color",
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": os.environ["HOME"],
        "LANG": "C.UTF-8",
    }
    own.update(environment or {})
    process, descriptor = pty.fork()
    if process == 0:
        os.execvpe(words[0], list(words), own)
    try:
        ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        written = _read_until_quiet(descriptor)
        for key in keys:
            os.write(descriptor, key)
            written += _read_until_quiet(descriptor)
        return written
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(descriptor)


def _read_until_quiet(descriptor: int) -> bytes:
    written = b""
    end = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < end and select.select([descriptor], [], [], QUIET_SECONDS)[0]:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:
            break
        if not piece:
            break
        written += piece
    return written
