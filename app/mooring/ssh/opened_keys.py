"""Private keys that stay open for connections that are made together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncssh


class OpenedKeys:
    """Opens each key file once, for whoever comes first; the others wait for it and share it, or its failure.

    To open an encrypted key takes a tenth of a second of computing, by intent (bcrypt_pbkdf): two hundred machines that
    one key lets in would cost twenty. The keys live as long as this object, which should be no longer than a run.
    """

    def __init__(self) -> None:
        self._keys: dict[tuple[str, int], asyncssh.SSHKey | None] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    async def open(
        self, path: str, opener: Callable[[str], Awaitable[asyncssh.SSHKey | None]]
    ) -> asyncssh.SSHKey | None:
        """The key in a file, by `opener` where it is not open yet; None where that could not be opened."""
        async with self._turns.setdefault(path, asyncio.Lock()):
            key = (path, _changed(path))
            if key not in self._keys:
                self._keys[key] = await opener(path)
            return self._keys[key]


def _changed(path: str) -> int:
    """When the file last changed, in nanoseconds; what is wrong with it is the opener's to say."""
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0
