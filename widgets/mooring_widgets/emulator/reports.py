"""Answers to the questions of the remote: what the terminal is, where the cursor is, how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.cursor import CursorShape

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

PRIMARY_ATTRIBUTES = "?65;1;2;6;9;15;16;17;18;21;22;28;29c"
"""What xterm answers as a VT525; programs look for 6 (selective erase), 21 (margins), 22 (colour), 28 (rectangles)."""
SECONDARY_ATTRIBUTES = ">64;388;0c"
"""xterm's answer for a VT525: programs read the middle number as xterm's patch level to find out what is understood."""
TERTIARY_ATTRIBUTES = "!|00000000"
VERSION = ">|mooring"
_PRIVATE_STATUS = {
    15: "?13n", 25: "?20n", 26: "?27;1;0;0n", 53: "?53n", 55: "?53n", 56: "?57;0n", 75: "?70n", 85: "?83n",
}  # fmt: skip


class Reports:
    """DA1-DA3, DSR and DECDSR, XTVERSION, DECREQTPARM."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._replies = screen.replies

    def primary_attributes(self, mode: int = 0) -> None:
        """DA1."""
        if mode == 0:
            self._replies.csi(PRIMARY_ATTRIBUTES)

    def secondary_attributes(self, mode: int = 0) -> None:
        """DA2."""
        if mode == 0:
            self._replies.csi(SECONDARY_ATTRIBUTES)

    def tertiary_attributes(self, mode: int = 0) -> None:
        """DA3: the unit's id, all zero as xterm's."""
        if mode == 0:
            self._replies.dcs(TERTIARY_ATTRIBUTES)

    def version(self, mode: int = 0) -> None:
        """XTVERSION."""
        if mode == 0:
            self._replies.dcs(VERSION)

    def terminal_parameters(self, mode: int = 0) -> None:
        """DECREQTPARM, with the line speed that xterm invents."""
        if mode in (0, 1):
            self._replies.csi(f"{mode + 2};1;1;128;128;1;0x")

    def supplemental_set(self) -> None:
        """DECRQUPSS: in UTF-8 it is ASCII, which xterm answers too."""
        self._replies.dcs("0!uB")

    def status(self, what: int = 0) -> None:
        """DSR: 5 is "are you well", 6 the cursor's place."""
        if what == 5:
            self._replies.csi("0n")
        elif what == 6:
            line, column = self._place()
            self._replies.csi(f"{line};{column}R")

    def private_status(self, what: int = 0, identifier: int = 0) -> None:
        """DECDSR: printer, keys, locator, macros, sessions: none of them is there; 996 is the colour scheme.

        63 asks for the checksum of the macros; the answer repeats the number that the question gave it.
        """
        if what == 6:
            line, column = self._place()
            self._replies.csi(f"?{line};{column};1R")
            return
        if what == 996:
            self.colour_scheme()
            return
        if what in _PRIVATE_STATUS:
            self._replies.csi(_PRIVATE_STATUS[what])
        elif what == 62:
            self._replies.csi("0*{")
        elif what == 63:
            self._replies.dcs(f"{identifier}!~0000")

    def colour_scheme(self) -> None:
        """Whether the colours are dark (1) or light (2)."""
        self._replies.csi(f"?997;{1 if self._screen.dark else 2}n")

    def set_cursor_style(self, style: int = 0) -> None:
        """DECSCUSR: odd numbers blink; 0 is the default, a blinking block in xterm's terms."""
        cursor = self._screen.cursor
        shapes = {0: CursorShape.BLOCK, 1: CursorShape.BLOCK, 2: CursorShape.BLOCK, 3: CursorShape.UNDERLINE}
        shapes |= {4: CursorShape.UNDERLINE, 5: CursorShape.BAR, 6: CursorShape.BAR}
        if style in shapes:
            cursor.shape = shapes[style]
            cursor.blinking = style in (1, 3, 5)

    def _place(self) -> tuple[int, int]:
        screen = self._screen
        cursor = screen.cursor
        if screen.origin:
            return cursor.y - screen.top + 1, cursor.x - screen.left + 1
        return cursor.y + 1, cursor.x + 1
