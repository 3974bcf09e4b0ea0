"""How a remote style is painted on the person's terminal: the one place where it meets Rich and SGR.

Rich's `Style` has no underline styles or colours, and Textual turns palette indices into RGB before it writes. So
each remote style becomes a Rich style for whoever inspects it, with its SGR parameters already written: Rich and
Textual keep those in `Style._ansi` and write them as they stand. Where a style is later combined with another one (a
modal screen dims what is beneath it) Rich makes a new style without them, and what Rich can say is left: a plain
underline, the palette's colours.

A terminal that knows no curly underline drops the whole SGR sequence in which one stands; so it gets a sequence of its
own behind one with a plain underline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from urllib.parse import urlsplit

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style as RichStyle
from rich.terminal_theme import TerminalTheme

from mooring_widgets.emulator.rgb import Rgb
from mooring_widgets.emulator.style import Color, Style, Underline

_CACHE_LIMIT = 4096
_LINK_SCHEMES = frozenset({"http", "https", "ftp", "mailto"})
_ATTRIBUTE_CODES = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("blink", "5"),
    ("inverse", "7"),
    ("conceal", "8"),
    ("strike", "9"),
    ("overline", "53"),
)


class PalettePolicy(Enum):
    """Whose sixteen colours, default foreground and background a session is painted in."""

    TERMINAL = "terminal"
    """The person's own terminal decides, as it does for `ssh`."""

    THEME = "theme"
    """The app's theme decides: sessions look like the rest of the app."""


@dataclass(frozen=True)
class Colours:
    """What colours mean.

    `theme` gives the sixteen colours, `foreground` and `background` the defaults: both None under
    `PalettePolicy.TERMINAL`. `overrides` are what the remote program set itself (OSC 4, 10, 11), by palette index or
    "foreground" and "background".
    """

    theme: TerminalTheme | None = None
    foreground: RichColor | None = None
    background: RichColor | None = None
    overrides: Mapping[int | str, Rgb] = field(default_factory=lambda: MappingProxyType({}))

    def resolve(self, color: Color, default: str) -> RichColor | None:
        """The colour to paint; None leaves it to the terminal. `default` is "foreground" or "background"."""
        if isinstance(color, Rgb):
            return RichColor.from_rgb(*color)
        if (override := self.overrides.get(default if color is None else color)) is not None:
            return RichColor.from_rgb(*override)
        if color is None:
            return self.foreground if default == "foreground" else self.background
        if self.theme is not None and color < 16:
            return RichColor.from_rgb(*self.theme.ansi_colors[color])
        return RichColor.from_ansi(color)


class Painter:
    """Makes Rich styles of remote ones, each once.

    `color_system` is what the person's terminal can show. `reverse_video` is DECSCNM; `faded` paints everything dim,
    for a session that has ended.
    """

    def __init__(
        self, colours: Colours, color_system: ColorSystem, *, reverse_video: bool = False, faded: bool = False
    ) -> None:
        self._colours = colours
        self._color_system = color_system
        self._reverse_video = reverse_video
        self._faded = faded
        # Styles are interned by the emulator; the reference kept here keeps the id its own.
        self._painted: dict[int, tuple[Style, RichStyle]] = {}

    def paint(self, style: Style) -> RichStyle:
        """The Rich style for a remote one."""
        known = self._painted.get(id(style))
        if known is None:
            if len(self._painted) >= _CACHE_LIMIT:
                self._painted.clear()
            known = self._painted[id(style)] = (style, self._make(style))
        return known[1]

    def _make(self, style: Style) -> RichStyle:
        foreground = self._colours.resolve(style.foreground, "foreground")
        background = self._colours.resolve(style.background, "background")
        inverse = style.inverse != self._reverse_video
        dim = style.dim or self._faded
        link = style.link if style.link is not None and _may_be_shown(style.link) else None
        painted = RichStyle(
            color=foreground,
            bgcolor=background,
            bold=style.bold or None,
            dim=dim or None,
            italic=style.italic or None,
            blink=style.blink or None,
            reverse=inverse or None,
            conceal=style.conceal or None,
            strike=style.strike or None,
            overline=style.overline or None,
            underline=style.underline not in (Underline.NONE, Underline.DOUBLE) or None,
            underline2=style.underline is Underline.DOUBLE or None,
            link=link,
        )
        if link is not None:
            # The remote's own id could hold anything; equal ids must stay equal for the terminal to group cells.
            painted._link_id = f"{hash((link, style.link_id)) & 0xFFFFFFFF:x}"
        flags = {"dim": dim, "inverse": inverse}
        codes = [code for name, code in _ATTRIBUTE_CODES if flags.get(name, getattr(style, name))]
        if style.underline is not Underline.NONE:
            codes.append("21" if style.underline is Underline.DOUBLE else "4")
        codes += self._color_codes(foreground, foreground=True) + self._color_codes(background, foreground=False)
        painted._ansi = "m\x1b[".join(part for part in (";".join(codes), *self._underline_sequences(style)) if part)
        return painted

    def _color_codes(self, color: RichColor | None, *, foreground: bool) -> list[str]:
        if color is None:
            return []
        return list(color.downgrade(self._color_system).get_ansi_codes(foreground))

    def _underline_sequences(self, style: Style) -> list[str]:
        """SGR sequences of their own for the underlines that not every terminal knows."""
        if style.underline is Underline.NONE:
            return []
        sequences = []
        if style.underline > Underline.DOUBLE:
            sequences.append(f"4:{int(style.underline)}")
        if style.underline_color is not None:
            color = self._colours.resolve(style.underline_color, "foreground")
            if color is not None and color.number is not None:
                sequences.append(f"58:5:{color.number}")
            elif color is not None and color.triplet is not None:
                sequences.append(f"58:2::{color.triplet.red}:{color.triplet.green}:{color.triplet.blue}")
        return sequences


PaintFunction = Callable[[Style], RichStyle]


def _may_be_shown(address: str) -> bool:
    """Whether the person's terminal may be told of a remote link: it would open it on a click of its own."""
    try:
        return urlsplit(address).scheme.lower() in _LINK_SCHEMES
    except ValueError:
        return False
