"""Having the desktop open an address."""

from __future__ import annotations

import asyncio
import shutil
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from mooring.model.errors import DesktopError

_SCHEMES = frozenset({"http", "https", "mailto"})
"""What a remote's text may have opened: a browser or a mail program deals with it, and nothing is run by it."""

_PATIENCE = 5.0
"""Seconds in which a program that can't open the address has said so; one that still runs is showing it."""


def can_be_opened(address: str) -> bool:
    """Whether an address, the remote's word, is of a kind that is safe to open."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and address.isprintable() and bool(parts.netloc or parts.scheme == "mailto")


def find_opener(
    environment: Mapping[str, str],
    *,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> str | None:
    """The program that opens addresses on this desktop, None without one. It looks at the disk."""
    if platform == "darwin":
        return which("open")
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return which("xdg-open")
    return which("wslview") if environment.get("WSL_DISTRO_NAME") else None


async def open_address(opener: str, address: str) -> None:
    """Have `opener` show an address. Raises DesktopError when it can't, ValueError for an unsafe address."""
    if not can_be_opened(address):
        raise ValueError(address)
    name = opener.rpartition("/")[2]
    try:
        process = await asyncio.create_subprocess_exec(
            opener, address, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise DesktopError(f"{name} can't be run: {error.strerror}") from error
    try:
        async with asyncio.timeout(_PATIENCE):
            status = await process.wait()
    except TimeoutError:
        return
    if status:
        raise DesktopError(f"{name} failed with status {status}")
