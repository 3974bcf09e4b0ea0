"""One line of an area's table of keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """What some keys do in one area.

    `keys` are Textual's names for keys, with commas between them; the first is the one that is shown. `action` is the
    name of an action of the catalogue. `label` is the footer's word for it, none where the footer leaves it out.
    `own` says that the widget with the focus reads the key by itself: where a person puts such an action on another
    key, that key reaches the widget as the one it knows. `shown` replaces the keys' names where several lines are
    better shown as one. `again` keeps the leader down for more of such keys, as for making a pane larger step by step.
    """

    keys: str
    action: str
    label: str = ""
    own: bool = False
    shown: str = ""
    again: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The keys, one by one."""
        return tuple(name for part in self.keys.split(",") if (name := part.strip()))


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


def spell(key: str) -> str:
    """Write a key as people do: "question_mark" is "?", "ctrl+pageup" is "ctrl+pgup"."""
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, _SPELLINGS.get(name, name)))


def canonical(key: str) -> str:
    """Textual's name for a key that a person wrote as it is printed: "?" is "question_mark"."""
    key = key.strip()
    if key.endswith("+"):
        key = f"{key[:-1]}plus"
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, _NAMES.get(name, name)))
