"""Reading the person's terminal on the event loop."""

from __future__ import annotations

import os
from asyncio import AbstractEventLoop, TimerHandle
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from time import monotonic

from textual.message import Message

from mooring_widgets.terminal.input_parser import InputParser

_READ_SIZE = 4096


class InputReader:
    """Gives each message to `deliver`; `ended` is called once when the terminal is gone.

    Textual reads in a thread of its own. While the loop is busy with a flood that thread waits for the interpreter lock
    (5 ms, `sys.getswitchinterval`) before a key is even read, and then for the loop; here it waits for the loop alone.
    """

    def __init__(
        self,
        loop: AbstractEventLoop,
        fileno: int,
        deliver: Callable[[Message], None],
        ended: Callable[[], None],
        *,
        debug: bool = False,
    ) -> None:
        self._loop = loop
        self._fileno = fileno
        self._deliver = deliver
        self._ended = ended
        self._parser = InputParser(debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._timer: TimerHandle | None = None

    def start(self) -> None:
        """Begin to read. Standard input that is a plain file is left alone: nobody types there; epoll refuses it."""
        try:
            self._loop.add_reader(self._fileno, self._read)
        except PermissionError:
            return

    def stop(self) -> None:
        """Leave the terminal to others; the beginning of a sequence that was read is given out as keys."""
        self._loop.remove_reader(self._fileno)
        self._expire()

    def _read(self) -> None:
        try:
            data = os.read(self._fileno, _READ_SIZE)
        except OSError:  # EIO: the terminal hung up
            data = b""
        if not data:
            self._loop.remove_reader(self._fileno)
            self._ended()
            return
        self._cancel_timer()
        self._give_out(self._parser.feed(self._decode(data)))
        if (deadline := self._parser.deadline) is not None:
            self._timer = self._loop.call_later(max(deadline - monotonic(), 0.0), self._expire)

    def _expire(self) -> None:
        self._cancel_timer()
        self._give_out(self._parser.expire())

    def _give_out(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._deliver(message)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
