"""A program in a PTY of ours: we are its terminal, answer what it asks, and keep every byte that it writes."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fcntl import ioctl

from mooring_widgets.emulator import Emulator, Settings

DEADLINE = 15.0
"""Seconds until something that has to come counts as not coming."""
QUIET = 0.1
"""Seconds without output after which a program is done with what it began to write."""


class DrivenProgram:
    """One program, the emulator that shows it, and `written`: all that it wrote so far."""

    def __init__(self, descriptor: int, columns: int, lines: int, settings: Settings | None) -> None:
        self._descriptor = descriptor
        self._pressed_at = 0
        self.written = bytearray()
        self.emulator = Emulator(columns, lines, reply=self._answer, settings=settings)

    @property
    def since_key(self) -> bytes:
        """What it wrote since the last key."""
        return bytes(self.written[self._pressed_at :])

    @property
    def screen(self) -> str:
        """What a person would see."""
        return "\n".join(self.emulator.display)

    def press(self, keys: bytes) -> None:
        """Type; `since_key` begins anew."""
        self._pressed_at = len(self.written)
        os.write(self._descriptor, keys)

    def wait_until(self, arrived: Callable[[], bool], what: str) -> None:
        """Read until `arrived()`, then what is there already; fail with the screen after `DEADLINE`."""
        end = time.monotonic() + DEADLINE
        while not arrived():
            left = end - time.monotonic()
            assert left > 0 and self._read(left), f"waited for {what}; the screen shows:\n{self.screen}"
        while self._read(0.0):
            pass

    def settle(self) -> None:
        """Read until it has been quiet for `QUIET`, so that `written` does not end within a sequence."""
        while self._read(QUIET):
            pass

    def wait_for(self, text: str, *, absent: str | None = None) -> None:
        """Read until `text` is on the screen and `absent` is not."""
        self.wait_until(lambda: text in self.screen and (absent is None or absent not in self.screen), repr(text))

    def _answer(self, data: bytes) -> None:
        os.write(self._descriptor, data)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        try:
            piece = os.read(self._descriptor, 65536)
        except OSError:  # Linux says EIO where the program has ended.
            return False
        self.written += piece
        self.emulator.feed(piece)
        return bool(piece)


@contextmanager
def driving(
    words: Sequence[str],
    *,
    columns: int = 80,
    lines: int = 24,
    environment: Mapping[str, str] | None = None,
    settings: Settings | None = None,
) -> Iterator[DrivenProgram]:
    """Run a program in a PTY with a fixed environment; it is ended by its pid with the block."""
    own = {
        "TERM": "xterm-256color",
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": os.environ["HOME"],
        "SHELL": "/bin/sh",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    own.update(environment or {})
    # The program is held back until its terminal has a size: one that asks at once would see 0 by 0.
    ready, go = os.pipe()
    process, descriptor = pty.fork()
    if process == 0:
        os.read(ready, 1)
        os.chdir(own["HOME"])
        os.execvpe(words[0], list(words), own)
    try:
        ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.write(go, b"\n")
        yield DrivenProgram(descriptor, columns, lines, settings)
    finally:
        os.kill(process, signal.SIGKILL)
        os.close(descriptor)
        os.waitpid(process, 0)
        os.close(ready)
        os.close(go)
