"""Bytes between the terminal and a remote channel, in both directions, with every byte as it came."""

from __future__ import annotations

import os
from typing import Protocol

from mooring.cli.native.escapes import EscapeCommand, EscapeFilter
from mooring.cli.native.streams import InputReader, OutputWriter


class Channel(Protocol):
    """What a remote shell and a `-W` stream have in common."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        ...

    async def drain(self) -> None:
        """Wait until there is room for more."""
        ...

    def write_eof(self) -> None:
        """Say that nothing more will be sent."""
        ...

    def pause_reading(self) -> None:
        """Take no more output."""
        ...

    def resume_reading(self) -> None:
        """Take output again."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


class CommandHandler(Protocol):
    """Whoever does what an escape asks for."""

    async def handle(self, command: EscapeCommand) -> None:
        """Do it; input waits meanwhile."""
        ...


class Output:
    """The receiver of a channel: standard output and error, written without stopping the loop.

    The descriptors are copies, so that what happens to 0, 1 and 2 (going to the background) does not touch them.
    """

    def __init__(self) -> None:
        self._channel: Channel | None = None
        self._reasons_to_wait = 0
        self._writers = [
            OutputWriter(os.dup(descriptor), on_full=self.pause, on_drained=self.resume, on_failed=self._hang_up)
            for descriptor in (1, 2)
        ]

    def attach(self, channel: Channel) -> None:
        """Say which channel is to wait when the terminal is slow; output may have come before that."""
        self._channel = channel
        if self._reasons_to_wait:
            channel.pause_reading()

    def data_received(self, data: bytes) -> None:
        """Take standard output."""
        self._writers[0].write(data)

    def error_received(self, data: bytes) -> None:
        """Take standard error."""
        self._writers[1].write(data)

    def eof_received(self) -> None:
        """Nothing more will come; the end of the channel says the rest."""

    async def finish(self) -> None:
        """Wait until all of it is written."""
        for writer in self._writers:
            await writer.finish()

    def pause(self) -> None:
        """Take no more until `resume` was called as often as this."""
        self._reasons_to_wait += 1
        if self._channel is not None:
            self._channel.pause_reading()

    def resume(self) -> None:
        """Undo one `pause`."""
        self._reasons_to_wait -= 1
        if self._channel is not None and not self._reasons_to_wait:
            self._channel.resume_reading()

    def _hang_up(self) -> None:
        # Nobody reads any more: the remote program has to learn it, or it would write for ever.
        if self._channel is not None:
            self._channel.close()


async def send_input(
    reader: InputReader, channel: Channel, escapes: EscapeFilter | None = None, handler: CommandHandler | None = None
) -> None:
    """Send what is read until its end; escapes are handled in order with what stands around them."""
    while data := await reader.read():
        for item in [data] if escapes is None else escapes.feed(data):
            if isinstance(item, bytes):
                channel.write(item)
            elif handler is not None:
                await handler.handle(item)
        await channel.drain()
    channel.write_eof()
