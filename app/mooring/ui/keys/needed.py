"""Keys that an action can't have in a part of the screen, since something else there could not do without them."""

from __future__ import annotations

from mooring.ui.keys.areas import Area
from mooring.ui.keys.names import is_printed, spell

_TYPED_IN = frozenset({Area.FILTER, Area.SEARCH, Area.COMMAND_FILTER, Area.ANSWER_SEARCH, Area.QUESTION})
"""Where letters are text."""

_OF_PROGRAMS = frozenset({"enter", "escape", "tab", "space", "backspace"})
_OF_TEXT = frozenset({"space", "backspace"})


def needed_elsewhere(area: Area, key: str) -> str:
    """Why a key can't be had in an area, in words; "" where it can."""
    if area in (Area.ANYWHERE, Area.SESSION) and (is_printed(key) or key in _OF_PROGRAMS):
        return f"programs in sessions can't do without {spell(key)}"
    if area in _TYPED_IN and (is_printed(key) or key in _OF_TEXT):
        return f"{spell(key)} is text there; it takes one with ctrl or alt, or a function key"
    return ""
