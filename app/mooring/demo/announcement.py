"""What the demo's process tells the program that started it."""

from __future__ import annotations

import msgspec


class Announcement(msgspec.Struct, frozen=True):
    """One line of JSON, once: the folder and each machine's port, or the reason why there is no fleet."""

    folder: str = ""
    ports: dict[str, int] = {}
    error: str = ""
