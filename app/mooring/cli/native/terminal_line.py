"""One line from the controlling terminal, with or without echo, as readpassphrase(3) reads it."""

from __future__ import annotations

import asyncio
import os
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager

TERMINAL = "/dev/tty"
_LIMIT = 1024
_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


async def read_line(prompt: str, *, echo: bool) -> str | None:
    """Show `prompt` on the controlling terminal and return what is typed there, without the line end.

    The end of input (^D) ends the line. None where this process has no controlling terminal. ^C, ^Z and whatever ends
    the process find the terminal's modes as they were; after ^Z the prompt is shown again.
    """
    try:
        descriptor = os.open(TERMINAL, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return await _LineReader(descriptor, prompt, echo=echo).read()
    finally:
        os.close(descriptor)


class _LineReader:
    def __init__(self, descriptor: int, prompt: str, *, echo: bool) -> None:
        self._descriptor = descriptor
        self._prompt = prompt.encode("utf-8", "surrogateescape")
        self._echo = echo
        self._modes = termios.tcgetattr(descriptor)

    async def read(self) -> str:
        with self._signals_handled():
            try:
                self._begin()
                line = await self._line()
            finally:
                self._restore()
        return line.decode("utf-8", "surrogateescape")

    def _begin(self) -> None:
        """Show the prompt at the start of the line, so that what was typed too early is overwritten and not seen."""
        modes = [*self._modes]
        if not self._echo:
            modes[3] = self._modes[3] & ~(termios.ECHO | termios.ECHONL)
        termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, modes)
        os.write(self._descriptor, b"\r" + self._prompt)

    def _restore(self) -> None:
        """Put the modes back, and end the line where its end was not echoed."""
        try:
            if not self._echo:
                os.write(self._descriptor, b"\n")
            termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, self._modes)
        except (OSError, termios.error):
            # The terminal hung up: there is nothing left to put back.
            return

    async def _line(self) -> bytes:
        """Collect up to the line end; the kernel's line editing has been at work already."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[bytes] = loop.create_future()
        line = bytearray()

        def take() -> None:
            try:
                data = os.read(self._descriptor, 4096)
            except OSError as error:
                loop.remove_reader(self._descriptor)
                done.set_exception(error)
                return
            line.extend(data)
            if not data or data.endswith((b"\n", b"\r")):
                loop.remove_reader(self._descriptor)
                if not done.done():
                    done.set_result(bytes(line.rstrip(b"\r\n")[:_LIMIT]))

        loop.add_reader(self._descriptor, take)
        try:
            return await done
        finally:
            loop.remove_reader(self._descriptor)

    @contextmanager
    def _signals_handled(self) -> Iterator[None]:
        """Restore the terminal before a signal takes its usual course; ^C does so through asyncio's own handler."""
        loop = asyncio.get_running_loop()
        handled = [number for number in (*_ENDING, signal.SIGTSTP) if signal.getsignal(number) is not signal.SIG_IGN]
        for number in handled:
            loop.add_signal_handler(number, self._take_course, number)
        try:
            yield
        finally:
            for number in handled:
                loop.remove_signal_handler(number)

    def _take_course(self, number: signal.Signals) -> None:
        self._restore()
        previous = signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        # Only a stop comes back here, when the person continues the job.
        signal.signal(number, previous)
        self._begin()
