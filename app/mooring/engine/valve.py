"""A channel that stands still as long as anybody has a reason for it."""

from __future__ import annotations

from typing import Protocol


class Channel(Protocol):
    """What can be stopped and started."""

    def pause_reading(self) -> None:
        """Take no more."""
        ...

    def resume_reading(self) -> None:
        """Take more again."""
        ...


class Valve:
    """Stops the channel that it is connected to; reasons given while there is none count for the next."""

    def __init__(self) -> None:
        self._reasons: set[str] = set()
        self._channel: Channel | None = None

    def connect(self, channel: Channel) -> None:
        """Stop and start this channel from now on."""
        self._channel = channel
        if self._reasons:
            channel.pause_reading()

    def disconnect(self) -> None:
        """Leave the channel alone."""
        self._channel = None

    def set(self, reason: str, holds: bool) -> None:
        """Say whether there is this reason."""
        before = bool(self._reasons)
        if holds:
            self._reasons.add(reason)
        else:
            self._reasons.discard(reason)
        if self._channel is None or before == bool(self._reasons):
            return
        if self._reasons:
            self._channel.pause_reading()
        else:
            self._channel.resume_reading()
