"""What keys are called: by Textual, which the tables follow, and by people, who write them as they are printed."""

from __future__ import annotations

import difflib

from mooring_widgets.terminal.function_keys import CONTROL_KEYS, CURSOR_FINALS, KITTY_NUMBERS

_PRINTED = {
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
}
"""Textual's names for keys that print something."""

_SPOKEN = {
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
}
_SPELLINGS = {**_PRINTED, **_SPOKEN}
_NAMES = {spelling: name for name, spelling in _SPELLINGS.items()}


_SHORT = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
}
_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
"""In the order in which Textual names them."""

_NAMED = frozenset(
    {
        *_PRINTED,
        *CURSOR_FINALS,
        *CONTROL_KEYS,
        *(name for name in KITTY_NUMBERS if not name.startswith(("left_", "right_", "iso_"))),
        *(f"f{number}" for number in range(1, 36)),
        *("space", "insert", "delete", "pageup", "pagedown", "kp_begin"),
    }
)
"""The keys that have a name."""


def spell(key: str) -> str:
    """Write a key as people do: "question_mark" is "?", "ctrl+pageup" is "ctrl+pgup"."""
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, _SPELLINGS.get(name, name)))


def written(key: str) -> str:
    """Write a key for settings.toml: as it is printed, where that is no comma, which stands between keys."""
    *modifiers, name = key.split("+")
    return key if name == "comma" else "+".join((*modifiers, _PRINTED.get(name, name)))


def is_printed(key: str) -> bool:
    """Whether a key types a character, by Textual's name for it."""
    return len(key) == 1 or key in _PRINTED


def canonical(key: str) -> str:
    """Textual's name for a key that a person wrote as it is printed: "?" is "question_mark", "A" is "shift+a" too."""
    key = key.strip()
    if key == "+" or key.endswith("++"):
        key = f"{key[:-1]}plus"
    *before, name = key.split("+")
    modifiers = {_SHORT.get(modifier.strip().lower(), modifier.strip().lower()) for modifier in before}
    name = name.strip()
    if len(name) > 1:
        name = _SHORT.get(name.lower(), name.lower())
    name = _NAMES.get(name, name)
    if modifiers == {"shift"} and len(name) == 1 and name.isalpha():
        return name.upper()
    if modifiers - {"shift"} and len(name) == 1:
        name = name.lower()
    return "+".join((*sorted(modifiers), name))


def no_key(key: str) -> str:
    """What is wrong with a canonical name that is none of a key, with the nearest one; "" where it is one."""
    *modifiers, name = key.split("+")
    if wrong := next((modifier for modifier in modifiers if modifier not in _MODIFIERS), None):
        return f"{wrong} is none of {', '.join(_MODIFIERS)}"
    if name in _NAMED or (len(name) == 1 and name.isprintable()):
        return ""
    nearest = difflib.get_close_matches(name, sorted(_NAMED | _SPOKEN.keys() | set(_SPOKEN.values())), n=1)
    return f"there is no key {name or 'without a name'}{f'; did you mean {nearest[0]}?' if nearest else ''}"
