"""The styles of a line, from the component classes of the style sheet."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.widget import Widget

from mooring_widgets.machine_list.paint import LineStyles
from mooring_widgets.machine_list.state import Tone

_PREFIX = "machine-list--"
_TONE_CLASSES = {Tone.QUIET: "dim", Tone.GOOD: "good", Tone.BUSY: "busy", Tone.BAD: "bad"}
_PARTS = ("dim", "match", "group", "mark", "favourite", "guard", "good", "busy", "bad")


class Ground(StrEnum):
    """What a line lies on."""

    PLAIN = "plain"
    CURSOR = "cursor"
    HOVER = "hover"


COMPONENT_CLASSES = frozenset(_PREFIX + name for name in (*Ground, *_PARTS))


class LineStyleSheet:
    """Looks the styles of a line up once a ground, until the style sheet or the focus changes them."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._known: dict[Ground, LineStyles] = {}
        self._background: Color | None = None

    def clear(self) -> None:
        """Look everything up again."""
        self._known.clear()
        self._background = None

    @property
    def background(self) -> Color:
        """What lies under all lines."""
        if self._background is None:
            self._background = self._widget.background_colors[1]
        return self._background

    def styles(self, ground: Ground) -> LineStyles:
        """The styles of a line on this ground."""
        if ground not in self._known:
            part = {name: self._style(ground, name) for name in _PARTS}
            self._known[ground] = LineStyles(
                base=self._style(ground),
                dim=part["dim"],
                match=part["match"],
                group=part["group"],
                mark=part["mark"],
                favourite=part["favourite"],
                guard=part["guard"],
                tones={tone: part[name] for tone, name in _TONE_CLASSES.items()},
            )
        return self._known[ground]

    def _style(self, ground: Ground, *parts: str) -> Style:
        return self._widget.get_visual_style(*(_PREFIX + name for name in (ground, *parts))).rich_style


@lru_cache(maxsize=256)
def machine_colour(name: str) -> Style | None:
    """A machine's own colour by any name or number that Textual takes; None for one that it does not know."""
    try:
        return Style(color=Color.parse(name).rich_color)
    except ColorParseError:
        return None
