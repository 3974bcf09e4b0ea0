"""What a key press sends under the kitty keyboard protocol.

Source: the protocol's specification, "Progressive enhancement" and "Legacy key event encoding".
"""

from __future__ import annotations

from enum import IntFlag

from mooring_widgets.terminal.function_keys import (
    CONTROL_KEYS,
    CURSOR_FINALS,
    KEYPAD_FUNCTIONS,
    KEYPAD_TEXT,
    KITTY_NUMBERS,
    PF_FINALS,
    TILDE_NUMBERS,
)
from mooring_widgets.terminal.key_press import LOCKS, KeyAction, KeyPress, Modifiers


class KittyFlags(IntFlag):
    """The progressive enhancements."""

    DISAMBIGUATE = 1
    EVENT_TYPES = 2
    ALTERNATE_KEYS = 4
    ALL_KEYS = 8
    TEXT = 16


ALL_FLAGS = KittyFlags(31)


def applies(press: KeyPress, flags: int) -> bool:
    """Whether these flags change what `press` sends: those that only add details leave an ordinary press alone."""
    if flags & (KittyFlags.DISAMBIGUATE | KittyFlags.ALL_KEYS):
        return True
    return bool(flags & KittyFlags.EVENT_TYPES) and press.action is not KeyAction.PRESS


def encode(press: KeyPress, flags: int) -> str:
    """Return the sequence for `press`, "" where these flags report nothing."""
    enabled = KittyFlags(flags & ALL_FLAGS)
    all_keys = bool(enabled & KittyFlags.ALL_KEYS)
    if press.action is KeyAction.RELEASE and not enabled & KittyFlags.EVENT_TYPES:
        return ""
    if press.is_modifier and not all_keys:
        return ""
    name = press.name
    if not enabled & KittyFlags.DISAMBIGUATE and not all_keys:
        name = KEYPAD_FUNCTIONS.get(name, name)
    if not all_keys and (plain := _plain(press, name)) is not None:
        return plain
    return _sequence(press, name, enabled)


def _plain(press: KeyPress, name: str) -> str | None:
    """What is sent as text: keys that type something, and enter, tab and backspace without modifiers."""
    held = press.modifiers & ~LOCKS
    if name in ("enter", "tab", "backspace"):
        if press.action is KeyAction.RELEASE:
            return ""
        return None if held else CONTROL_KEYS[name]
    if press.action is KeyAction.RELEASE or held & ~Modifiers.SHIFT:
        return None
    if press.text:
        return press.text
    if press.is_character:
        return press.character
    if name in KEYPAD_TEXT and name != "kp_enter":
        return KEYPAD_TEXT[name]
    return None


def _sequence(press: KeyPress, name: str, enabled: KittyFlags) -> str:
    number, final = _number(name)
    code = str(number)
    if enabled & KittyFlags.ALTERNATE_KEYS and press.is_character:
        code += _alternates(press)
    modifiers = press.modifiers if enabled & KittyFlags.ALL_KEYS or not press.is_character else press.modifiers & ~LOCKS
    event = enabled & KittyFlags.EVENT_TYPES and press.action is not KeyAction.PRESS
    second = str(int(modifiers) + 1) if modifiers or event else ""
    if event:
        second += f":{press.action.value}"
    third = ""
    if enabled & KittyFlags.TEXT and press.text and press.action is not KeyAction.RELEASE and press.text.isprintable():
        third = ":".join(str(ord(character)) for character in press.text)
    parameters = f"{code};{second};{third}".rstrip(";")
    return f"\x1b[{'' if parameters == '1' else parameters}{final}"


def _number(name: str) -> tuple[int, str]:
    if len(name) == 1:
        return ord(name), "u"
    if name in KITTY_NUMBERS:
        return KITTY_NUMBERS[name], "u"
    if name in TILDE_NUMBERS:
        return TILDE_NUMBERS[name], "~"
    if name == "f3":
        return 13, "~"  # CSI R would be a cursor position report
    if final := CURSOR_FINALS.get(name) or PF_FINALS.get(name):
        return 1, final
    return 0, "u"  # text without a key: composed input


def _alternates(press: KeyPress) -> str:
    shifted = press.character if press.modifiers & Modifiers.SHIFT else ""
    if shifted == press.name or len(shifted) != 1:
        shifted = ""
    if not shifted and not press.base_layout:
        return ""
    base = f":{ord(press.base_layout)}" if press.base_layout else ""
    return f":{ord(shifted) if shifted else ''}{base}"
