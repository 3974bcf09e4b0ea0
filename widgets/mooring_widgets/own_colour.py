"""The colour that a person gave something of theirs."""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.color import Color, ColorParseError

COLOUR_SIGN = "▎"
"""What is painted in such a colour: an edge at the left, nothing that has to be read."""


@lru_cache(maxsize=256)
def own_colour(name: str) -> Style | None:
    """The colour by any name or number that Textual takes; None for none, and for one that it does not know."""
    try:
        return Style(color=Color.parse(name).rich_color) if name else None
    except ColorParseError:
        return None
