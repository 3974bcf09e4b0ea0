"""Device control strings: DECRQSS, DECRSPS and XTGETTCAP are carried out, the rest is swallowed."""

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
_KEY_OPTIONS = re.compile(r">([0-9])([fm])")


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
            "){": lambda: "3",
            ">t": screen.titles.describe_modes,
        }

    def run(self, content: str) -> bool:
        """Carry out what stood between DCS and ST; return whether it is known."""
        if content.startswith("$q"):
            self._report_setting(content[2:])
        elif content.startswith("+q"):
            self._report_capabilities(content[2:])
        elif content.startswith("+Q"):
            self._screen.replies.dcs("0+R")  # XTGETXRES: there are no resources
        else:
            return self._screen.presentation.restore(content)
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
        if report is not None:
            self._screen.replies.dcs(f"1$r{report()}{name}")
        elif match := _KEY_OPTIONS.fullmatch(name):
            self._report_key_option(int(match[1]), match[2])
        else:
            self._screen.replies.dcs("0$r")

    def _report_key_option(self, number: int, final: str) -> None:
        """DECRQSS for XTMODKEYS and XTFMTKEYS."""
        keyboard = self._screen.keyboard
        described = keyboard.describe_modify(number) if final == "m" else keyboard.describe_format(number)
        self._screen.replies.dcs(f"1$r{described}" if described else "0$r")

    def _cursor_style(self) -> str:
        cursor = self._screen.cursor
        return str(int(cursor.shape) + (0 if cursor.blinking else 1))

    def _level(self) -> str:
        level = self._screen.resets.level
        return f"{60 + level};{0 if self._screen.replies.eight_bit else 1}" if level > 1 else "61"

    def _report_capabilities(self, names: str) -> None:
        """XTGETTCAP: names and values are hex digits, in one answer as far as the first name that is not known.

        If that is the first of all, it is named in a refusal, by which programs tell their questions apart.
        """
        found: list[str] = []
        for encoded in names.split(";", _NAMES_ANSWERED)[:_NAMES_ANSWERED]:
            try:
                name = bytes.fromhex(encoded[:64]).decode("ascii")
            except ValueError:
                name = ""
            value = CAPABILITIES.get(name)
            if value is None:
                if not found:
                    self._screen.replies.dcs(f"0+r{name.encode().hex().upper()}")
                break
            found.append(f"{name.encode().hex().upper()}={value.encode().hex().upper()}")
        if found:
            self._screen.replies.dcs("1+r" + ";".join(found))
