"""How a cell looks, as the remote program asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from mooring_widgets.emulator.rgb import Rgb

Color = int | Rgb | None
"""A palette index (0 to 255) kept as it was sent, a true colour, or None for the terminal's default."""


class Underline(IntEnum):
    """The underline styles of SGR 4:0 to 4:5."""

    NONE = 0
    SINGLE = 1
    DOUBLE = 2
    CURLY = 3
    DOTTED = 4
    DASHED = 5

    # Styles are looked up by hash on the emulator's hot path, and an enum's own hash is Python code.
    __hash__ = int.__hash__


@dataclass(frozen=True, slots=True)
class Style:
    """What SGR, DECSCA and OSC 8 say about a cell (xterm's ctlseqs, "Character Attributes").

    Styles are interned by the emulator: two cells that look alike share one object, so `is` compares them.
    `link` is an OSC 8 address without control characters; `link_id` groups cells that belong to one link.
    """

    foreground: Color = None
    background: Color = None
    underline_color: Color = None
    underline: Underline = Underline.NONE
    bold: bool = False
    dim: bool = False
    italic: bool = False
    blink: bool = False
    inverse: bool = False
    conceal: bool = False
    strike: bool = False
    overline: bool = False
    protected: bool = False
    link: str | None = None
    link_id: str | None = None


DEFAULT_STYLE = Style()
