"""A terminal that is a test: a program under a PTY, with its output read and its questions answered by hand."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

DEADLINE = 20.0


class FakeTerminal:
    """The master side of a PTY with a program on the other side; `output` is all that it wrote so far."""

    def __init__(self, process_id: int, descriptor: int) -> None:
        self.process_id = process_id
        self.output = b""
        self._descriptor = descriptor
        self._waited: int | None = None

    def write(self, data: bytes) -> None:
        """Type."""
        os.write(self._descriptor, data)

    def wait_for(self, wanted: bytes, *, seconds: float = DEADLINE) -> bytes:
        """Read until `wanted` came; return all that came before it since the last call, and forget both."""
        end = time.monotonic() + seconds
        while wanted not in self.output:
            assert time.monotonic() < end, f"waited {seconds} s for {wanted!r}; there is {self.output[-2000:]!r}"
            if not self.read():
                raise AssertionError(f"the program ended before {wanted!r}; it wrote {self.output[-2000:]!r}")
        before, _wanted, self.output = self.output.partition(wanted)
        return before

    def read(self, seconds: float = 0.1) -> bool:
        """Read what there is, for at most `seconds`; False when the program is gone."""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # EIO: nobody has the terminal open any more
            return False
        self.output += data
        return bool(data)

    def wait(self, *, seconds: float = DEADLINE) -> int:
        """Read to the end and return the exit status, negative for a signal."""
        end = time.monotonic() + seconds
        while self._waited is None:
            assert time.monotonic() < end, f"still running after {seconds} s; it wrote {self.output[-2000:]!r}"
            self.read(0.02)
            process_id, status = os.waitpid(self.process_id, os.WNOHANG)
            if process_id:
                self._waited = os.waitstatus_to_exitcode(status)
        while self.read(0.0) and select.select([self._descriptor], [], [], 0.0)[0]:
            pass
        return self._waited

    def local_flags(self) -> int:
        """The terminal's c_lflag, by which one sees whether it was put back (ECHO, ICANON)."""
        flags: int = termios.tcgetattr(self._descriptor)[3]
        return flags

    def hang_up(self) -> None:
        """Go away, as a terminal window that is closed."""
        os.close(self._descriptor)
        self._descriptor = -1

    def wait_after_hang_up(self, *, seconds: float = DEADLINE) -> int:
        """Return the exit status of the program whose terminal is gone."""
        end = time.monotonic() + seconds
        while self._waited is None:
            assert time.monotonic() < end, f"still running {seconds} s after the terminal hung up"
            process_id, status = os.waitpid(self.process_id, os.WNOHANG)
            if process_id:
                self._waited = os.waitstatus_to_exitcode(status)
            else:
                time.sleep(0.02)
        return self._waited

    def close(self) -> None:
        """End the program if it still runs."""
        if self._waited is None:
            os.kill(self.process_id, signal.SIGKILL)
            os.waitpid(self.process_id, 0)
        if self._descriptor >= 0:
            os.close(self._descriptor)


@contextmanager
def fake_terminal(
    argv: Sequence[str], *, columns: int = 80, lines: int = 24, environment: Mapping[str, str] | None = None
) -> Iterator[FakeTerminal]:
    """Run a program under a PTY; it ends with the block."""
    process_id, descriptor = pty.fork()
    if process_id == 0:
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        os.execvpe(argv[0], list(argv), variables)
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    terminal = FakeTerminal(process_id, descriptor)
    try:
        yield terminal
    finally:
        terminal.close()
