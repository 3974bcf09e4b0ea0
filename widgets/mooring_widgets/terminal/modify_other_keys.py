"""xterm's modifyOtherKeys: modified ordinary keys as sequences of their own.

Which keys those are is told by xterm's manual ("modifyOtherKeys") and by the table on its author's page "XTerm -
Modified Keys": level 1 leaves alone whatever already means something, level 2 nearly nothing.
"""

from __future__ import annotations

from mooring_widgets.terminal.function_keys import CONTROL_KEYS
from mooring_widgets.terminal.key_press import KeyPress, Modifiers

_SHIFT, _ALT, _CTRL = Modifiers.SHIFT, Modifiers.ALT, Modifiers.CTRL
_MAKES_CONTROL = frozenset(" 2345678/`")
"""Keys below "@" of which X makes a control character with ctrl."""


def encode_other_key(press: KeyPress, level: int, *, as_csi_u: bool = False) -> str:
    """Return `CSI 27 ; modifiers ; code ~`, or "" where the key is sent as without modifyOtherKeys.

    `level` is 1 or 2; 3 would send ordinary keys so too, and is taken for 2. `code` is the character with its shift
    applied, as xterm reports it. `as_csi_u` (formatOtherKeys 1) writes `CSI code ; modifiers u`.
    """
    level = min(level, 2)
    modifiers = press.modifiers & (_SHIFT | _ALT | _CTRL)
    if not modifiers:
        return ""
    if press.name in CONTROL_KEYS:
        code = ord(CONTROL_KEYS[press.name])
        special = _control_key_is_special(press.name, modifiers, level)
    elif press.is_character and len(press.character) == 1:
        code = ord(press.character)
        special = _character_is_special(press.character, modifiers, level)
    else:
        return ""
    if not special:
        return ""
    parameter = int(modifiers) + 1
    return f"\x1b[{code};{parameter}u" if as_csi_u else f"\x1b[27;{parameter};{code}~"


def _control_key_is_special(name: str, modifiers: Modifiers, level: int) -> bool:
    if name == "tab" and modifiers == _SHIFT:
        return False  # CSI Z at every level
    if name == "backspace":
        return level == 2 and bool(modifiers & ~_CTRL)
    if level == 2:
        return True
    return name != "escape" and not modifiers & _ALT


def _character_is_special(character: str, modifiers: Modifiers, level: int) -> bool:
    is_control_input = "@" <= character <= "\x7f"
    if level == 2:
        return is_control_input or modifiers != _SHIFT or character == " "
    if not modifiers & _CTRL:
        return False  # shift types another character, alt alone is the ESC prefix
    if is_control_input:
        return modifiers == _CTRL | _SHIFT
    return character not in _MAKES_CONTROL
