"""`-f`: the client goes to the background once nothing more has to be asked."""

from __future__ import annotations

import os
from collections.abc import Callable

from mooring.cli.native.descriptors import turn_to_nothing

Release = Callable[[], None]
"""Called in the background process when the foreground may go."""


def run_released(work: Callable[[Release], int], *, keep_errors: bool) -> int:
    """Fork, do `work` in the child, and return in the parent when the child calls its argument, with status 0.

    Where the child ends before that, the parent returns its status. In the child this returns what `work` returns. The
    fork comes first, not after authentication as in ssh, because an event loop does not survive one; until it is
    released the child keeps the terminal, and so can prompt. `keep_errors` leaves standard error open (for -v).
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        released = os.read(reading, 1)
        os.close(reading)
        if released:
            return 0
        _, code = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(code) if os.WIFEXITED(code) else 128 + os.WTERMSIG(code)
    os.close(reading)

    def release() -> None:
        os.setsid()
        turn_to_nothing((0, 1) if keep_errors else (0, 1, 2))
        os.write(writing, b"\0")
        os.close(writing)

    return work(release)
