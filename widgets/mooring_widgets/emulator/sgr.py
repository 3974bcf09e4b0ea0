"""Select Graphic Rendition: what the parameters of `CSI ... m` do to a style.

Sources: xterm's ctlseqs ("Character Attributes (SGR)"), ITU-T T.416 for the colon forms of colours, and kitty's page
on underlines for 4:0 to 4:5, 58 and 59.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from mooring_widgets.emulator.rgb import Rgb
from mooring_widgets.emulator.style import Color, Underline


class Field(IntEnum):
    """The places of a style's attributes in `Attributes`."""

    FOREGROUND = 0
    BACKGROUND = 1
    UNDERLINE_COLOR = 2
    UNDERLINE = 3
    BOLD = 4
    DIM = 5
    ITALIC = 6
    BLINK = 7
    INVERSE = 8
    CONCEAL = 9
    STRIKE = 10
    OVERLINE = 11
    PROTECTED = 12
    LINK = 13
    LINK_ID = 14


class Attributes(NamedTuple):
    """The attributes of a `Style` in its order; a tuple is hashed at C speed, so pens are interned by it."""

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


DEFAULT_ATTRIBUTES = Attributes()

_SIMPLE: dict[int, tuple[tuple[Field, object], ...]] = {
    1: ((Field.BOLD, True),),
    2: ((Field.DIM, True),),
    3: ((Field.ITALIC, True),),
    4: ((Field.UNDERLINE, Underline.SINGLE),),
    5: ((Field.BLINK, True),),
    6: ((Field.BLINK, True),),
    7: ((Field.INVERSE, True),),
    8: ((Field.CONCEAL, True),),
    9: ((Field.STRIKE, True),),
    21: ((Field.UNDERLINE, Underline.DOUBLE),),
    22: ((Field.BOLD, False), (Field.DIM, False)),
    23: ((Field.ITALIC, False),),
    24: ((Field.UNDERLINE, Underline.NONE),),
    25: ((Field.BLINK, False),),
    27: ((Field.INVERSE, False),),
    28: ((Field.CONCEAL, False),),
    29: ((Field.STRIKE, False),),
    39: ((Field.FOREGROUND, None),),
    49: ((Field.BACKGROUND, None),),
    53: ((Field.OVERLINE, True),),
    55: ((Field.OVERLINE, False),),
    59: ((Field.UNDERLINE_COLOR, None),),
    **{30 + index: ((Field.FOREGROUND, index),) for index in range(8)},
    **{40 + index: ((Field.BACKGROUND, index),) for index in range(8)},
    **{90 + index: ((Field.FOREGROUND, 8 + index),) for index in range(8)},
    **{100 + index: ((Field.BACKGROUND, 8 + index),) for index in range(8)},
}
_COLOURED = {38: Field.FOREGROUND, 48: Field.BACKGROUND, 58: Field.UNDERLINE_COLOR}
PARAMETERS_READ = 64


class Rendition(NamedTuple):
    """What one SGR sequence does: put everything back or not, then change some attributes."""

    resets: bool
    changes: tuple[tuple[Field, object], ...]

    def apply(self, attributes: Attributes) -> Attributes:
        """Return `attributes` after the sequence.

        A reset leaves protection (DECSCA) and the link (OSC 8) as they are: neither is a rendition.
        """
        changed: list[object]
        if self.resets:
            changed = [*DEFAULT_ATTRIBUTES[: Field.PROTECTED], *attributes[Field.PROTECTED :]]
        else:
            changed = list(attributes)
        for field, value in self.changes:
            changed[field] = value
        return Attributes._make(changed)


def parse_sgr(parameters: str) -> Rendition:
    """Read the parameter bytes of one SGR; what is unknown changes nothing."""
    resets = False
    changes: dict[Field, object] = {}
    items = parameters.split(";", PARAMETERS_READ)[:PARAMETERS_READ]
    position = 0
    while position < len(items):
        item = items[position]
        position += 1
        if ":" in item:
            _read_colon_form(changes, item.split(":"))
            continue
        code = to_int(item)
        if code == 0:
            resets = True
            changes.clear()
        elif code in _COLOURED:
            position = _read_semicolon_colour(changes, _COLOURED[code], items, position)
        else:
            changes.update(_SIMPLE.get(code, ()))
    return Rendition(resets, tuple(changes.items()))


def format_sgr(attributes: Attributes) -> str:
    """The parameters that make these attributes of the default ones, as DECRQSS reports them."""
    codes = ["0"]
    flags = (attributes.bold, 1), (attributes.dim, 2), (attributes.italic, 3)
    codes += [str(code) for on, code in flags if on]
    if attributes.underline:
        codes.append("4" if attributes.underline is Underline.SINGLE else f"4:{int(attributes.underline)}")
    flags = (attributes.blink, 5), (attributes.inverse, 7), (attributes.conceal, 8)
    codes += [str(code) for on, code in flags if on]
    codes += [str(code) for on, code in ((attributes.strike, 9), (attributes.overline, 53)) if on]
    codes += _format_color(attributes.foreground, 30, 38)
    codes += _format_color(attributes.background, 40, 48)
    codes += _format_color(attributes.underline_color, None, 58)
    return ";".join(codes)


def _format_color(color: Color, basic: int | None, extended: int) -> list[str]:
    if color is None:
        return []
    if isinstance(color, Rgb):
        return [f"{extended}:2::{color.red}:{color.green}:{color.blue}"]
    if basic is not None and color < 16:
        return [str(basic + color if color < 8 else basic + 60 + color - 8)]
    return [f"{extended}:5:{color}"]


def to_int(digits: str, limit: int = 65535) -> int:
    """Read a parameter: an empty one is 0, a long one is clamped before it is converted."""
    if not digits:
        return 0
    if len(digits) > 6:
        digits = digits.lstrip("0")
        if len(digits) > 6:
            return limit
    return min(int(digits or "0"), limit)


def _read_semicolon_colour(changes: dict[Field, object], field: Field, items: list[str], position: int) -> int:
    """Read `38;5;N` or `38;2;R;G;B` after the 38; return where the next attribute stands."""
    if position >= len(items):
        return position
    if ":" in items[position]:
        return position
    kind = to_int(items[position])
    wanted = {5: 1, 2: 3}.get(kind)
    if wanted is None:
        return position + 1
    values = items[position + 1 : position + 1 + wanted]
    if len(values) == wanted and not any(":" in value for value in values):
        _set_colour(changes, field, [to_int(value) for value in values])
    return position + 1 + wanted


def _read_colon_form(changes: dict[Field, object], parts: list[str]) -> None:
    code = to_int(parts[0])
    if code == 4:
        style = to_int(parts[1])
        if style in Underline._value2member_map_:
            changes[Field.UNDERLINE] = Underline(style)
    elif code in _COLOURED:
        kind = to_int(parts[1])
        if kind == 5 and len(parts) >= 3:
            _set_colour(changes, _COLOURED[code], [to_int(parts[2])])
        elif kind == 2 and len(parts) >= 5:
            # T.416 has a colour space before the three parts; konsole's and xterm's short form leaves it out.
            first = 3 if len(parts) >= 6 else 2
            _set_colour(changes, _COLOURED[code], [to_int(part) for part in parts[first : first + 3]])


def _set_colour(changes: dict[Field, object], field: Field, values: list[int]) -> None:
    if max(values) > 255:
        return
    color: Color = Rgb(*values) if len(values) == 3 else values[0]
    changes[field] = color
