"""How the pieces of a tab's label are painted, by the component classes of whoever shows it."""

from __future__ import annotations

from enum import StrEnum

from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from mooring_widgets.own_colour import own_colour
from mooring_widgets.session_tabs.item import TabState
from mooring_widgets.session_tabs.label import Part, Piece


class Ground(StrEnum):
    """What a label lies on: that of any tab, of the active one, of the one that has the keys, of one that receives."""

    TAB = "tab"
    ACTIVE = "active"
    KEYS = "keys"
    ALARM = "alarm"


def component_classes(prefix: str) -> set[str]:
    """The classes that a widget needs for its labels: one a part, and for the ground that they lie on."""
    return {f"{prefix}--{name}" for name in (*Ground, "active-title", *Part, *TabState)}


class LabelPainter:
    """Paints pieces for a widget that has the `component_classes` of a prefix."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix

    def style(self, *names: str) -> Style:
        """The style of some component classes together."""
        return self._widget.get_visual_style(*(f"{self._prefix}--{name}" for name in names)).rich_style

    def paint(self, piece: Piece, ground: Ground, *, colour: str = "") -> Segment:
        """Paint one piece; `colour` is the machine's own. On a loud ground the parts have its colour."""
        names: list[str] = [ground] if ground in (Ground.KEYS, Ground.ALARM) else [ground, piece.part]
        if ground is not Ground.TAB and piece.part is Part.TITLE:
            names.append("active-title")
        style = self.style(*names)
        if piece.part is Part.COLOUR and (own := own_colour(colour)) is not None:
            style += own
        return Segment(piece.text, style)
