"""The modes that a widget has to know, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class MouseTracking(IntEnum):
    """Which mouse events the remote wants (the DEC private mode that asked)."""

    OFF = 0
    X10 = 9
    NORMAL = 1000
    BUTTON = 1002
    ANY = 1003


class MouseEncoding(IntEnum):
    """How mouse events are written (the DEC private mode that asked)."""

    X10 = 0
    UTF8 = 1005
    SGR = 1006
    URXVT = 1015
    SGR_PIXELS = 1016


@dataclass(frozen=True, slots=True)
class Modes:
    """What the remote switched on (xterm's ctlseqs, "DECSET"; kitty's keyboard protocol).

    `kitty_flags` are the bits of the active progressive enhancement; `modify_other_keys` is 0 to 3, and
    `format_other_keys` 1 where it is written as `CSI u`; `modify_cursor_keys` and `modify_function_keys` are xterm's
    resources of those names (2 by default). Each is -1 where a program switched it off.
    """

    application_cursor: bool = False
    application_keypad: bool = False
    bracketed_paste: bool = False
    focus_events: bool = False
    mouse_tracking: MouseTracking = MouseTracking.OFF
    mouse_encoding: MouseEncoding = MouseEncoding.X10
    alternate_screen: bool = False
    alternate_scroll: bool = False
    kitty_flags: int = 0
    modify_other_keys: int = 0
    modify_cursor_keys: int = 2
    modify_function_keys: int = 2
    format_other_keys: int = 0
    reverse_video: bool = False
    synchronized: bool = False
    in_band_resize: bool = False
    colour_scheme_reports: bool = False
    backarrow_sends_backspace: bool = False
    newline: bool = False
    keyboard_locked: bool = False
    eight_bit_controls: bool = False
