"""The names and numbers of the keys that type no character.

Sources: xterm's ctlseqs, "PC-Style Function Keys" and "VT220-Style Function Keys"; the kitty keyboard protocol,
"Functional key definitions"; xterm's `decfuncvalue` for F21 and above.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CURSOR_FINALS: Final[Mapping[str, str]] = MappingProxyType(
    {"up": "A", "down": "B", "right": "C", "left": "D", "begin": "E", "end": "F", "home": "H"}
)
"""Sent as CSI or, in application cursor mode, as SS3."""

PF_FINALS: Final[Mapping[str, str]] = MappingProxyType({"f1": "P", "f2": "Q", "f3": "R", "f4": "S"})
"""Sent as SS3; with modifiers as CSI."""

TILDE_NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "insert": 2,
        "delete": 3,
        "pageup": 5,
        "pagedown": 6,
        "f5": 15,
        "f6": 17,
        "f7": 18,
        "f8": 19,
        "f9": 20,
        "f10": 21,
        "f11": 23,
        "f12": 24,
        "f13": 25,
        "f14": 26,
        "f15": 28,
        "f16": 29,
        "f17": 31,
        "f18": 32,
        "f19": 33,
        "f20": 34,
        **{f"f{number}": number + 21 for number in range(21, 36)},
    }
)
"""Sent as CSI number ~."""

TILDE_ALIASES: Final[Mapping[int, str]] = MappingProxyType(
    {1: "home", 4: "end", 7: "home", 8: "end", 11: "f1", 12: "f2", 13: "f3", 14: "f4", 57427: "kp_begin"}
)
"""Numbers that other terminals send (tmux, rxvt, the VT220 layout) where xterm sends something else."""

CONTROL_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {"escape": "\x1b", "enter": "\r", "tab": "\t", "backspace": "\x7f"}
)
"""Keys that send a control character of their own."""

KEYPAD_FINALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{f"kp_{digit}": chr(ord("p") + digit) for digit in range(10)},
        "kp_decimal": "n",
        "kp_divide": "o",
        "kp_multiply": "j",
        "kp_subtract": "m",
        "kp_add": "k",
        "kp_enter": "M",
        "kp_equal": "X",
        "kp_separator": "l",
    }
)
"""Sent as SS3 in application keypad mode (DECKPAM)."""

KEYPAD_TEXT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{f"kp_{digit}": str(digit) for digit in range(10)},
        "kp_decimal": ".",
        "kp_divide": "/",
        "kp_multiply": "*",
        "kp_subtract": "-",
        "kp_add": "+",
        "kp_enter": "\r",
        "kp_equal": "=",
        "kp_separator": ",",
    }
)
"""Sent as text in numeric keypad mode."""

KEYPAD_FUNCTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kp_left": "left",
        "kp_right": "right",
        "kp_up": "up",
        "kp_down": "down",
        "kp_pageup": "pageup",
        "kp_pagedown": "pagedown",
        "kp_home": "home",
        "kp_end": "end",
        "kp_insert": "insert",
        "kp_delete": "delete",
        "kp_begin": "begin",
    }
)
"""What the keypad does without NumLock: xterm sends what the key of that name elsewhere sends."""

_KITTY_GROUPS: Final[tuple[tuple[int, str], ...]] = (
    (57358, "caps_lock scroll_lock num_lock print_screen pause menu"),
    (57376, " ".join(f"f{number}" for number in range(13, 36))),
    (57399, " ".join(f"kp_{digit}" for digit in range(10))),
    (57409, "kp_decimal kp_divide kp_multiply kp_subtract kp_add kp_enter kp_equal kp_separator"),
    (57417, "kp_left kp_right kp_up kp_down kp_pageup kp_pagedown kp_home kp_end kp_insert kp_delete kp_begin"),
    (57428, "media_play media_pause media_play_pause media_reverse media_stop media_fast_forward media_rewind"),
    (57435, "media_track_next media_track_previous media_record lower_volume raise_volume mute_volume"),
    (57441, "left_shift left_control left_alt left_super left_hyper left_meta"),
    (57447, "right_shift right_control right_alt right_super right_hyper right_meta"),
    (57453, "iso_level3_shift iso_level5_shift"),
)

KITTY_NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "escape": 27,
        "enter": 13,
        "tab": 9,
        "backspace": 127,
        **{name: first + index for first, names in _KITTY_GROUPS for index, name in enumerate(names.split())},
    }
)
"""Sent as CSI number u in the kitty keyboard protocol."""

KITTY_NAMES: Final[Mapping[int, str]] = MappingProxyType({number: name for name, number in KITTY_NUMBERS.items()})
