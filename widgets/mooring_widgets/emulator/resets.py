"""Resets: RIS, DECSTR, DECSCL, and putting back what a dead program left on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyte.modes

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

HIGHEST_LEVEL = 5
_OFF_AFTER_SOFT_RESET = (1, 6, 42, 45, 66, 69, 95, 1045)
_OFF_AFTER_DEATH = (1, 5, 6, 9, 66, 69, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2026, 2031, 2048)
"""Modes that a shell does not expect and does not put back itself."""


class Resets:
    """`level` is the VT level that DECSCL chose, 1 to 5: functions of later terminals are ignored below theirs."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.level = HIGHEST_LEVEL

    def hard(self) -> None:
        """RIS: everything as at the start, but the scrollback."""
        self._screen.actions.leave_wide_columns()
        self._screen.reset()

    def soft(self) -> None:
        """DECSTR: modes, margins, pen, character sets and the saved cursor; not the screen, not the cursor's place."""
        screen = self._screen
        for mode in _OFF_AFTER_SOFT_RESET:
            screen.switches.switch(mode, False, moves=False)
        for mode in (7, 25):
            screen.switches.switch(mode, True)
        screen.mode -= {2, pyte.modes.IRM}
        screen.reset_margins()
        screen.pen = screen.pens.default
        screen.protection.reset()
        screen.charsets.reset()
        screen.buffers.forget_saved()
        screen.keyboard.reset()

    def set_level(self, level: int = 0, controls: int = 0) -> None:
        """DECSCL: 61 to 65, a soft reset with it; 1 as second parameter asks for 7-bit controls."""
        if 61 <= level <= 60 + HIGHEST_LEVEL:
            self.soft()
            self.level = level - 60
            self._screen.replies.eight_bit = self.level > 1 and controls != 1

    def after_death(self) -> None:
        """Put back what a program that died left on: mouse, paste, keyboard, alternate screen, margins, cursor."""
        screen = self._screen
        if screen.buffers.alternate:
            screen.switches.switch(1049, False)
        for mode in _OFF_AFTER_DEATH:
            screen.switches.switch(mode, False, moves=False)
        for mode in (7, 25):
            screen.switches.switch(mode, True)
        screen.switches.reset_ansi(2, pyte.modes.IRM, pyte.modes.LNM)
        screen.reset_margins()
        screen.keyboard.reset()
        screen.charsets.use_utf8(True)
        screen.charsets.reset()
        screen.pen = screen.pens.default
        screen.protection.reset()
        screen.replies.eight_bit = False
        screen.reports.set_cursor_style()

    def sequences_after_death(self) -> str:
        """The same as what a host would send for it: to be fed to an emulator in the state of this one."""
        screen = self._screen
        cursor, buffers = screen.cursor, screen.buffers
        x, y = cursor.x, cursor.y
        parts = ""
        if buffers.alternate:
            parts += "\x1b[?1049l"
            saved = buffers.saved(alternate=False)
            x, y = (saved.x, saved.y) if saved is not None else (0, 0)
        parts += "\x1b[?" + ";".join(map(str, _OFF_AFTER_DEATH)) + ";42l\x1b[?7;25h\x1b[2;4;20l\x1b[r"
        parts += "\x1b[<99u\x1b[?47h\x1b[<99u\x1b[?47l" if buffers.hidden else "\x1b[<99u"
        parts += f"\x1b[>m\x1b[>f\x1b[{y + 1};{x + 1}H"
        return parts + '\x0f\x1b(B\x1b)B\x1b*B\x1b+B\x1b[m\x1b[0"q\x1b]8;;\x1b\\\x1b F\x1b[0 q\x1b%G'
