"""Reading what a terminal sends for a key: the opposite of `keys`, for every dialect that we may be run in.

Understood are xterm's sequences with modifiers and modifyOtherKeys, the kitty keyboard protocol with all its fields,
and what tmux, rxvt and the Linux console send in place of xterm's (their terminfo entries). Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from mooring_widgets.terminal.function_keys import (
    CURSOR_FINALS,
    KEYPAD_FINALS,
    KITTY_NAMES,
    PF_FINALS,
    TILDE_ALIASES,
    TILDE_NUMBERS,
)
from mooring_widgets.terminal.key_press import LOCKS, KeyAction, KeyPress, Modifiers

_SHIFT, _ALT, _CTRL = Modifiers.SHIFT, Modifiers.ALT, Modifiers.CTRL
_MAX_UNICODE = 0x10FFFF

_CSI_KEY = re.compile(r"\x1b\[(?P<parameters>[0-9:;]{0,64})(?P<final>[ABCDEFHPQRSZu~^$@abcd])")
_SS3_KEY = re.compile(r"\x1bO(?P<modifiers>[0-9]{0,2})(?P<final>[A-Za-z ])")
_CONSOLE_KEY = re.compile(r"\x1b\[\[(?P<final>[A-E])")

_FINALS: Final[Mapping[str, str]] = MappingProxyType(
    {final: name for names in (CURSOR_FINALS, PF_FINALS) for name, final in names.items()}
)
_KEYPAD: Final[Mapping[str, str]] = MappingProxyType({final: name for name, final in KEYPAD_FINALS.items()})
_TILDES: Final[Mapping[int, str]] = MappingProxyType(
    {number: name for name, number in TILDE_NUMBERS.items()} | dict(TILDE_ALIASES)
)
_RXVT_MODIFIERS: Final[Mapping[str, Modifiers]] = MappingProxyType({"^": _CTRL, "$": _SHIFT, "@": _CTRL | _SHIFT})
_RXVT_CURSOR: Final[Mapping[str, str]] = MappingProxyType({"a": "up", "b": "down", "c": "right", "d": "left"})
_CONTROLS: Final[Mapping[str, str]] = MappingProxyType(
    {"\x1b": "escape", "\r": "enter", "\t": "tab", "\x7f": "backspace"}
)


@lru_cache(maxsize=1024)
def parse(sequence: str) -> KeyPress | None:
    """Return what was pressed, or None for what is no key that we know.

    `sequence` is one character, one whole escape sequence, or either behind one ESC (alt).
    """
    if len(sequence) == 1:
        return _character(sequence)
    if sequence.startswith("\x1b") and (press := _escape_sequence(sequence)) is not None:
        return press
    if sequence.startswith("\x1b") and (inner := parse(sequence[1:])) is not None:
        return replace(inner, modifiers=inner.modifiers | _ALT, text="", after_escape=True)
    return None


def _character(character: str) -> KeyPress:
    if character in _CONTROLS:
        return KeyPress(_CONTROLS[character])
    if character == "\x00":
        return KeyPress(" ", _CTRL)
    if character < " ":
        return KeyPress(chr(ord(character) + 0x40).lower(), _CTRL)
    lower = character.lower()
    if len(lower) == 1 and lower != character:
        return KeyPress(lower, _SHIFT, character, character)
    return KeyPress(character, Modifiers.NONE, character)


def _escape_sequence(sequence: str) -> KeyPress | None:
    if match := _CSI_KEY.fullmatch(sequence):
        return _csi(match["parameters"], match["final"])
    if match := _SS3_KEY.fullmatch(sequence):
        return _ss3(_modifiers(match["modifiers"]), match["final"])
    if match := _CONSOLE_KEY.fullmatch(sequence):
        return KeyPress(f"f{ord(match['final']) - ord('A') + 1}")
    return None


def _ss3(modifiers: Modifiers, final: str) -> KeyPress | None:
    if final in _FINALS:
        return KeyPress(_FINALS[final], modifiers)
    if final in _KEYPAD:
        return KeyPress(_KEYPAD[final], modifiers)
    if final in _RXVT_CURSOR:
        return KeyPress(_RXVT_CURSOR[final], modifiers | _CTRL)
    if final == "I":
        return KeyPress("tab", modifiers)
    if final == " ":
        return KeyPress(" ", modifiers, " ")
    return None


def _csi(parameters: str, final: str) -> KeyPress | None:
    fields = parameters.split(";")
    if len(fields) > 3:
        return None
    codes = [_number(part, 0) for part in fields[0].split(":")]
    state = fields[1].split(":") if len(fields) > 1 else [""]
    modifiers = _modifiers(state[0])
    action = _action(state[1]) if len(state) > 1 else KeyAction.PRESS
    if final == "u":
        return _kitty(codes, modifiers, action, fields[2] if len(fields) > 2 else "")
    if final == "~" and codes[0] == 27 and len(fields) == 3:
        return _unicode_key(_number(fields[2], 0), modifiers, action)
    if final == "~":
        name = _TILDES.get(codes[0])
        return None if name is None else KeyPress(name, modifiers, action=action)
    if final in _RXVT_MODIFIERS:
        name = _TILDES.get(codes[0])
        return None if name is None else KeyPress(name, _RXVT_MODIFIERS[final])
    if final == "Z":
        return KeyPress("tab", modifiers | _SHIFT, action=action)
    if final in _RXVT_CURSOR:
        return KeyPress(_RXVT_CURSOR[final], _SHIFT) if not parameters else None
    if codes[0] not in (0, 1) and not (codes[0] == 5 and final in "ABCD"):
        return None
    if codes[0] == 5:  # tmux and some others: CSI 5 A is ctrl+up
        modifiers |= _CTRL
    return KeyPress(_FINALS[final], modifiers, action=action)


def _kitty(codes: list[int], modifiers: Modifiers, action: KeyAction, text_field: str) -> KeyPress | None:
    if len(codes) > 3:
        return None
    text = "".join(_character_of(_number(part, 0)) for part in text_field.split(":")) if text_field else ""
    code = codes[0]
    if code in KITTY_NAMES:
        return KeyPress(KITTY_NAMES[code], modifiers, text, action=action)
    if code == 0:
        return KeyPress("", modifiers, text, action=action) if text else None
    press = _unicode_key(code, modifiers, action)
    if press is None:
        return None
    shifted = _character_of(codes[1]) if len(codes) > 1 else ""
    base_layout = _character_of(codes[2]) if len(codes) > 2 else ""
    if not text and press.is_character and not modifiers & ~(_SHIFT | LOCKS):
        text = (shifted or press.name.upper()) if modifiers & _SHIFT else press.name
    return KeyPress(press.name, modifiers, text, shifted, base_layout, action)


def _unicode_key(code: int, modifiers: Modifiers, action: KeyAction) -> KeyPress | None:
    """A key told by the number of its character, as modifyOtherKeys and the kitty protocol do."""
    character = _character_of(code)
    if not character:
        return None
    press = _character(character)
    text = "" if modifiers & ~(_SHIFT | LOCKS) else press.text
    return KeyPress(press.name, press.modifiers | modifiers, text, press.shifted, action=action)


def _character_of(code: int) -> str:
    """The character with that number, "" for what is none (surrogates, numbers beyond Unicode)."""
    return "" if code <= 0 or code > _MAX_UNICODE or 0xD800 <= code <= 0xDFFF else chr(code)


def _modifiers(text: str) -> Modifiers:
    return Modifiers(max(_number(text, 1) - 1, 0) & 0xFF)


def _action(text: str) -> KeyAction:
    return {2: KeyAction.REPEAT, 3: KeyAction.RELEASE}.get(_number(text, 1), KeyAction.PRESS)


def _number(text: str, default: int) -> int:
    return int(text[:8]) if text.isdecimal() and text.isascii() else default
