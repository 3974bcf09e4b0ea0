"""`-f`: the client goes to the background once nothing more has to be asked."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from mooring.cli.native.descriptors import turn_to_nothing

Release = Callable[[], None]
"""Called in the background process when the foreground may go."""

_PASSED_ON = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


def run_released(work: Callable[[Release], int], *, keep_errors: bool) -> int:
    """Fork, do `work` in the child, and return in the parent when the child calls its argument, with status 0.

    The fork comes first, not after authentication as in ssh, because an event loop does not survive one. What can be
    seen is the same: until it is released the child keeps the terminal, and so can prompt; where it ends before that,
    the parent ends as it did; and a signal for the one is for both. In the child this returns what `work` returns.
    `keep_errors` leaves standard error open (for -v).
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return _wait(child, reading)
    os.close(reading)

    def release() -> None:
        os.setsid()
        turn_to_nothing((0, 1) if keep_errors else (0, 1, 2))
        os.write(writing, b"\0")
        os.close(writing)

    return work(release)


def _wait(child: int, reading: int) -> int:
    """Stand for the child until it is released or has ended; the status to end with."""
    for number in _PASSED_ON:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda received, _frame: os.kill(child, received))
    released = os.read(reading, 1)
    os.close(reading)
    if released:
        return 0
    _, code = os.waitpid(child, 0)
    if os.WIFSIGNALED(code):
        signal.signal(os.WTERMSIG(code), signal.SIG_DFL)
        signal.raise_signal(os.WTERMSIG(code))
    return os.waitstatus_to_exitcode(code)
