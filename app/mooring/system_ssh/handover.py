"""Stepping aside: a program gets the whole terminal, and everything is as before when it ends."""

from __future__ import annotations

import os
import signal
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from mooring.model.errors import MooringError

_Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None

_DEFAULT_IN_CHILD = (
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTSTP,
    signal.SIGTTIN,
    signal.SIGTTOU,
    signal.SIGPIPE,
)
_ENDING = (signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class HandoverResult:
    """How the program ended: with `status`, or by the signal with this number."""

    status: int | None = None
    signal: int | None = None

    @property
    def exit_code(self) -> int:
        """What a shell would call it: the status, or 128 and the signal's number."""
        if self.status is not None:
            return self.status
        return 128 + (self.signal or 0)


def run_in_foreground(words: Sequence[str], *, terminal: int = 0) -> HandoverResult:
    """Run a program on the terminal of this process, wait for its end, and put the terminal back.

    The program gets a process group of its own in the terminal's foreground, so that ^C, ^\\ and ^Z at a prompt reach
    it and what it started, and nothing of ours. A program that stops itself (`~^Z` in ssh) is continued at once: there
    is no shell here to go back to. SIGTERM and SIGHUP for this process end the program first, then take their usual
    course. `terminal` is the descriptor of the terminal; where it is none, the program just runs. Call it from the main
    thread, with nothing else painting; raises MooringError when the program can't be started.
    """
    received: list[int] = []
    with _terminal_restored(terminal) as own_group, _signals_held(received) as forward_to:
        try:
            process = os.posix_spawnp(
                words[0], list(words), os.environ, setpgroup=0, setsigdef=_DEFAULT_IN_CHILD, setsigmask=()
            )
        except OSError as error:
            raise MooringError(f"can't run {words[0]}: {error.strerror}") from error
        forward_to.append(process)
        if own_group is not None:
            _give_terminal(terminal, process)
        result = _wait(process, terminal, foreground=own_group is not None)
        forward_to.clear()
    for number in received:
        os.kill(os.getpid(), number)
    return result


def _wait(process: int, terminal: int, *, foreground: bool) -> HandoverResult:
    """Wait for the end; whoever stops is given the terminal again and continued."""
    while True:
        _, code = os.waitpid(process, os.WUNTRACED)
        if os.WIFEXITED(code):
            return HandoverResult(status=os.WEXITSTATUS(code))
        if os.WIFSIGNALED(code):
            return HandoverResult(signal=os.WTERMSIG(code))
        # Stopped by its own ~^Z, or by reading before the terminal was its own.
        if foreground:
            _give_terminal(terminal, process)
        elif os.WSTOPSIG(code) in (signal.SIGTTIN, signal.SIGTTOU):
            # We don't own the terminal that it wants, so continuing would stop it again for ever.
            os.killpg(process, signal.SIGTERM)
        os.killpg(process, signal.SIGCONT)


def _give_terminal(terminal: int, group: int) -> None:
    """Make `group` the foreground group; without SIGTTOU's default action, which would stop us for asking."""
    previous = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    try:
        os.tcsetpgrp(terminal, group)
    except OSError:
        # The group is gone already (the program ended at once); waitpid will tell.
        return
    finally:
        signal.signal(signal.SIGTTOU, previous)


@contextmanager
def _terminal_restored(terminal: int) -> Iterator[int | None]:
    """Remember modes and foreground group, and put both back; yields the group, None where we don't own a terminal."""
    try:
        modes = termios.tcgetattr(terminal)
        group = os.tcgetpgrp(terminal)
    except (termios.error, OSError):
        yield None
        return
    try:
        yield group if group == os.getpgrp() else None
    finally:
        if group == os.getpgrp():
            _give_terminal(terminal, group)
        previous = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        try:
            termios.tcsetattr(terminal, termios.TCSADRAIN, modes)
        except termios.error:
            # The terminal hung up meanwhile: there is nothing left to put back.
            pass
        finally:
            signal.signal(signal.SIGTTOU, previous)


@contextmanager
def _signals_held(received: list[int]) -> Iterator[list[int]]:
    """Ignore ^C and ^\\ in a way that no child inherits, and pass endings on; yields the list of pids to pass them to.

    A Python handler that does nothing, not SIG_IGN: an ignored signal stays ignored in the child. Without it, a ^C
    typed before the program owns the terminal would end us.
    """
    pids: list[int] = []

    def nothing(_number: int, _frame: FrameType | None) -> None: ...

    def pass_on(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        for pid in pids:
            os.killpg(pid, number)
            os.killpg(pid, signal.SIGCONT)

    handlers: dict[signal.Signals, _Handler] = {}
    try:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            handlers[number] = signal.signal(number, nothing)
        for number in _ENDING:
            handlers[number] = signal.signal(number, pass_on)
        yield pids
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
