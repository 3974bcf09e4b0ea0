"""Which of the connections to a machine carries the next session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncssh

from mooring.ssh.client_connection import ClientConnection
from mooring.ssh.session_count import SessionCount

Opened = TypeVar("Opened")

_NO_ROOM = frozenset(
    {asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, asyncssh.OPEN_CONNECT_FAILED, asyncssh.OPEN_RESOURCE_SHORTAGE}
)
"""How servers refuse a session too many; OpenSSH says "open failed" with the code for a failed connection."""


class Carriers:
    """The connection that is shared, and further ones where the server allows no more sessions on it.

    MaxSessions in sshd_config(5) is 10 where nothing else is set, and is not told to the client: a session that is
    refused while others are open says it. `another` makes the second connection and so on, counted from 1.
    """

    def __init__(self, first: ClientConnection, another: Callable[[int], Awaitable[ClientConnection]]) -> None:
        self._connections = {0: first}
        self._another = another

    @property
    def first(self) -> ClientConnection:
        """The shared one, which carries forwards and direct streams: MaxSessions does not count those."""
        return self._connections[0]

    async def open(self, attempt: Callable[[ClientConnection], Awaitable[Opened]]) -> tuple[Opened, SessionCount]:
        """Open a session by `attempt` on the first connection that takes one.

        `free` of the count has to be called when the session ends. Raises what `attempt` raises where no other
        connection would help, and what making another one raises.
        """
        ordinal = 0
        while True:
            connection = await self._at(ordinal)
            if connection.sessions.has_room:
                try:
                    return await _open_counted(connection, attempt), connection.sessions
                except _NoRoomError:
                    pass
            ordinal += 1

    async def _at(self, ordinal: int) -> ClientConnection:
        known = self._connections.get(ordinal)
        if known is None or (ordinal and known.has_ended):
            known = self._connections[ordinal] = await self._another(ordinal)
        return known


class _NoRoomError(Exception):
    """The server refuses one more session, and others are open."""


async def _open_counted(
    connection: ClientConnection, attempt: Callable[[ClientConnection], Awaitable[Opened]]
) -> Opened:
    count = connection.sessions
    while True:
        has_just_ended = count.take()
        try:
            return await attempt(connection)
        except BaseException as error:
            count.free()
            if not isinstance(error, asyncssh.ChannelOpenError) or error.code not in _NO_ROOM:
                raise
            if count.open:
                count.limit = count.open
                raise _NoRoomError from error
            # sshd clears an ended session away between two looks at its input, so one that is asked for in the same
            # packet as the end of the last is refused. Its refusal comes after that.
            if not has_just_ended:
                raise
