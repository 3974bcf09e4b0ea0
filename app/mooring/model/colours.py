"""The colours that a machine may have of its own."""

from __future__ import annotations

import re

COLOURS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "grey")
"""Their names; a theme says how each looks. Any `#rrggbb` is a colour too."""

_HEXADECIMAL = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def is_colour(text: str) -> bool:
    """Whether `text` is a colour that can be shown."""
    return text in COLOURS or _HEXADECIMAL.match(text) is not None
