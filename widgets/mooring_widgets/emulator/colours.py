"""The colours that a program may set and ask for: the palette and the three dynamic ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mooring_widgets.emulator.colour_spaces import parse_in_space
from mooring_widgets.emulator.rgb import Rgb

_HEX_PARTS = re.compile(r"rgb:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})", re.IGNORECASE)
_SHARP = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{9}|[0-9a-f]{12})", re.IGNORECASE)
SPECIAL_COLOURS = 5
"""Bold, underline, blink, reverse, italic: kept and reported after the palette, as xterm does; not painted by."""
_NAMED = {
    "black": Rgb(0, 0, 0),
    "white": Rgb(255, 255, 255),
    "red": Rgb(255, 0, 0),
    "green": Rgb(0, 255, 0),
    "blue": Rgb(0, 0, 255),
    "yellow": Rgb(255, 255, 0),
    "magenta": Rgb(255, 0, 255),
    "cyan": Rgb(0, 255, 255),
}
_BASIC = (
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
)  # fmt: skip
"""xterm's sixteen."""


def default_palette() -> tuple[Rgb, ...]:
    """xterm's 256 colours: sixteen, a cube of 6 by 6 by 6, and 24 greys."""
    levels = (0, 95, 135, 175, 215, 255)
    cube = [Rgb(red, green, blue) for red in levels for green in levels for blue in levels]
    greys = [Rgb(8 + 10 * step, 8 + 10 * step, 8 + 10 * step) for step in range(24)]
    return (*(Rgb(*parts) for parts in _BASIC), *cube, *greys)


def parse_color(text: str) -> Rgb | None:
    """Read a colour as XParseColor does for its forms and a few names, else None."""
    match = _HEX_PARTS.fullmatch(text)
    if match:
        return Rgb(*(int(part, 16) * 255 // (16 ** len(part) - 1) for part in match.groups()))
    if _SHARP.fullmatch(text):
        size = (len(text) - 1) // 3
        parts = [text[1 + size * index : 1 + size * (index + 1)] for index in range(3)]
        # XParseColor takes the digits of the sharp form as the highest of four, so #f00 is not quite rgb:f/0/0.
        return Rgb(*(int(part.ljust(2, "0")[:2], 16) for part in parts))
    return _NAMED.get(text.lower()) or parse_in_space(text)


def format_color(color: Rgb) -> str:
    """The form in which xterm reports a colour."""
    return "rgb:" + "/".join(f"{part:02x}{part:02x}" for part in color)


class Colours:
    """The owner's colours and what the remote put in their place, by palette index or name."""

    def __init__(self, palette: Sequence[Rgb], dynamic: Mapping[str, Rgb]) -> None:
        self.changed: dict[int | str, Rgb] = {}
        self._base: dict[int | str, Rgb] = {}
        self.rebase(palette, dynamic)

    def rebase(self, palette: Sequence[Rgb], dynamic: Mapping[str, Rgb]) -> None:
        """Take other colours of the owner's (the theme changed); a short palette is filled up with xterm's."""
        full = (*palette, *default_palette()[len(palette) :])
        self._base.update(enumerate(full))
        self._base.update(dynamic.items())
        for index in range(len(full), len(full) + SPECIAL_COLOURS):
            self._base[index] = dynamic["foreground"]
        for name in ("pointer", "selection"):
            self._base[f"{name} foreground"] = dynamic["foreground"]
            self._base[f"{name} background"] = dynamic["background"]

    def get(self, index: int | str) -> Rgb:
        """The colour in force."""
        return self.changed.get(index) or self._base[index]

    def change(self, index: int | str, color: Rgb | None) -> bool:
        """Put `color` in the place of the owner's, or with None the owner's back; return whether that is news."""
        if self.changed.get(index) == color:
            return False
        if color is None:
            del self.changed[index]
        else:
            self.changed[index] = color
        return True

    def reset(self) -> None:
        """Forget everything that the remote set."""
        self.changed.clear()
