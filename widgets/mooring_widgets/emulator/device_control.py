"""Device control strings: DECRQSS and XTGETTCAP are answered, the rest is swallowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from mooring_widgets.emulator.capabilities import CAPABILITIES
from mooring_widgets.emulator.sgr import format_sgr

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_GRAPHICS_ID = re.compile(r"(?:^|,)i=([0-9]{1,10})(?:,|$)")
_GRAPHICS_QUERY = re.compile(r"(?:^|,)a=q(?:,|$)")
_NAMES_ANSWERED = 32


class DeviceControl:
    """Carries out one string at a time."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._settings: dict[str, Callable[[], str]] = {
            "m": lambda: format_sgr(screen.pen.attributes),
            "r": lambda: f"{screen.top + 1};{screen.bottom + 1}",
            "s": lambda: f"{screen.left + 1};{screen.right + 1}",
            "t": lambda: f"{screen.lines}",
            " q": self._cursor_style,
            '"q': lambda: "1" if screen.pen.protected and not screen.protection.iso else "0",
            '"p': self._level,
            "*x": lambda: str(screen.rectangles.extent),
            "*|": lambda: f"{screen.lines}",
            "$|": lambda: f"{screen.columns}",
            "$}": lambda: "0",
            "$~": lambda: "0",
        }

    def run(self, content: str) -> bool:
        """Carry out what stood between DCS and ST; return whether it is known."""
        if content.startswith("$q"):
            self._report_setting(content[2:])
        elif content.startswith("+q"):
            self._report_capabilities(content[2:])
        else:
            return False
        return True

    def graphics_query(self, content: str) -> bool:
        """Answer kitty's graphics query with "no", naming the image by its number as the protocol asks."""
        if not content.startswith("G"):
            return False
        keys = content[1:257].partition(";")[0]
        match = _GRAPHICS_ID.search(keys)
        if match and _GRAPHICS_QUERY.search(keys):
            self._screen.replies.apc(f"Gi={match.group(1)};ENOTSUP:no graphics")
        return True

    def _report_setting(self, name: str) -> None:
        """DECRQSS."""
        report = self._settings.get(name)
        self._screen.replies.dcs(f"1$r{report()}{name}" if report else "0$r")

    def _cursor_style(self) -> str:
        cursor = self._screen.cursor
        return str(int(cursor.shape) + (0 if cursor.blinking else 1))

    def _level(self) -> str:
        level = self._screen.resets.level
        return f"{60 + level};{0 if self._screen.replies.eight_bit else 1}" if level > 1 else "61"

    def _report_capabilities(self, names: str) -> None:
        """XTGETTCAP: names and values are hex digits; what is not known, or is no hex, is answered with 0."""
        for encoded in names.split(";", _NAMES_ANSWERED)[:_NAMES_ANSWERED]:
            try:
                name = bytes.fromhex(encoded[:64]).decode("ascii")
            except ValueError:
                self._screen.replies.dcs("0+r")
                continue
            hexadecimal = name.encode().hex().upper()
            value = CAPABILITIES.get(name)
            if value is None:
                self._screen.replies.dcs(f"0+r{hexadecimal}")
            else:
                self._screen.replies.dcs(f"1+r{hexadecimal}={value.encode().hex().upper()}")
