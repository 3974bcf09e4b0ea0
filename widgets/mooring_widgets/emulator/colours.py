"""The colours that a program may set and ask for: the palette and the three dynamic ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mooring_widgets.emulator.style import Rgb

_HEX_PARTS = re.compile(r"rgb:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})", re.IGNORECASE)
_SHARP = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{9}|[0-9a-f]{12})", re.IGNORECASE)
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
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
)  # fmt: skip
"""xterm's sixteen."""


def default_palette() -> tuple[Rgb, ...]:
    """xterm's 256 colours: sixteen, a cube of 6 by 6 by 6, and 24 greys."""
    levels = (0, 95, 135, 175, 215, 255)
    cube = [Rgb(red, green, blue) for red in levels for green in levels for blue in levels]
    greys = [Rgb(8 + 10 * step, 8 + 10 * step, 8 + 10 * step) for step in range(24)]
    return (*(Rgb(*parts) for parts in _BASIC), *cube, *greys)


def parse_color(text: str) -> Rgb | None:
    """Read a colour as XParseColor does for `rgb:` and `#` forms and a few names; None if it is none of these."""
    match = _HEX_PARTS.fullmatch(text)
    if match:
        return Rgb(*(int(part, 16) * 255 // (16 ** len(part) - 1) for part in match.groups()))
    if _SHARP.fullmatch(text):
        size = (len(text) - 1) // 3
        parts = [text[1 + size * index : 1 + size * (index + 1)] for index in range(3)]
        # XParseColor takes the digits of the sharp form as the highest of four, so #f00 is not quite rgb:f/0/0.
        return Rgb(*(int(part.ljust(2, "0")[:2], 16) for part in parts))
    return _NAMED.get(text.lower())


def format_color(color: Rgb) -> str:
    """The form in which xterm reports a colour."""
    return "rgb:" + "/".join(f"{part:02x}{part:02x}" for part in color)


class Colours:
    """The owner's colours and what the remote put in their place."""

    def __init__(self, palette: Sequence[Rgb], dynamic: dict[str, Rgb]) -> None:
        self._base = (*palette, *default_palette()[len(palette) :])
        self._base_dynamic = dict(dynamic)
        self.changed: dict[int, Rgb] = {}
        self.changed_dynamic: dict[str, Rgb] = {}

    def get(self, index: int | str) -> Rgb:
        """The colour in force."""
        if isinstance(index, int):
            return self.changed.get(index, self._base[index])
        return self.changed_dynamic.get(index, self._base_dynamic[index])

    def set(self, index: int | str, color: Rgb) -> None:
        """Put `color` in the place of the owner's."""
        if isinstance(index, int):
            self.changed[index] = color
        else:
            self.changed_dynamic[index] = color

    def restore(self, index: int | str) -> bool:
        """Take the owner's colour again; False if it was in force already."""
        if isinstance(index, int):
            return self.changed.pop(index, None) is not None
        return self.changed_dynamic.pop(index, None) is not None

    def rebase(self, palette: Sequence[Rgb], dynamic: dict[str, Rgb]) -> None:
        """Take other colours of the owner's (the theme changed)."""
        self._base = (*palette, *default_palette()[len(palette) :])
        self._base_dynamic = dict(dynamic)

    def reset(self) -> None:
        """Forget everything that the remote set."""
        self.changed.clear()
        self.changed_dynamic.clear()
