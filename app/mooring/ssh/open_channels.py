"""The channels that are open on a connection: sessions, connections on its forwards, and a lent agent's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncssh
from asyncssh.channel import SSHChannel


class OpenChannels:
    """Counted by number, as the connection opens and closes them."""

    def __init__(self) -> None:
        self._channels: dict[int, SSHChannel[Any]] = {}
        self._none = asyncio.Event()
        self._none.set()

    def add(self, number: int, channel: SSHChannel[Any]) -> None:
        """One more."""
        self._channels[number] = channel
        self._none.clear()

    def remove(self, number: int) -> SSHChannel[Any] | None:
        """One less; which one it was."""
        channel = self._channels.pop(number, None)
        if not self._channels:
            self._none.set()
        return channel

    async def wait_none(self) -> None:
        """Wait until there is none."""
        await self._none.wait()

    def described(self) -> Iterator[str]:
        """Each with its number and what it is for, as `~#` of ssh(1) lists them."""
        for number, channel in sorted(self._channels.items()):
            yield f"#{number} {_purpose(channel)}"


def _purpose(channel: SSHChannel[Any]) -> str:
    match channel:
        case asyncssh.SSHTCPChannel():
            here, there = channel.get_extra_info("local_peername"), channel.get_extra_info("remote_peername")
            return f"direct-tcpip: {_address(there)}, connect from {_address(here)}"
        case asyncssh.SSHUNIXChannel():
            return f"direct-streamlocal: {channel.get_extra_info('remote_peername')}"
        case asyncssh.SSHClientChannel():
            return "client-session"
        case _:
            return "authentication agent connection"


def _address(peer: tuple[str, int] | None) -> str:
    return "unknown" if not peer else f"{peer[0]} port {peer[1]}"
