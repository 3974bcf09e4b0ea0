"""The line above the list: its title, and how many machines it shows, of how many, how many of them marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets import direct_paint
from mooring_widgets.machine_list.ordering import SortOrder
from mooring_widgets.machine_list.paint import MARK_SIGN
from mooring_widgets.plain_text import fit

LOADING_SIGN = "◌"
_EDGE = 1
_BETWEEN = "  "
_GAP = 2


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the header tells of the list."""

    shown: int = 0
    total: int = 0
    marked: int = 0
    order: SortOrder = SortOrder.RECENCY
    is_loading: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """From left to right; the last one is told where there is room for one only."""
        count = str(self.total) if self.shown == self.total else f"{self.shown} of {self.total}"
        told = (
            "" if self.order is SortOrder.RECENCY else f"by {self.order}",
            f"{MARK_SIGN} {self.marked}" if self.marked else "",
            f"{LOADING_SIGN} reading" if self.is_loading else "",
            count if self.total or not self.is_loading else "",
        )
        return tuple(text for text in told if text)


class ListHeader(Widget):
    """Paints itself instead of holding labels, whose widths would have the screen laid out anew at each count."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"machine-list--title", "machine-list--facts"}

    facts: reactive[ListFacts] = reactive(ListFacts(), repaint=False)
    """What it tells at the moment."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def watch_facts(self) -> None:
        """Tell it in the same moment as the lines that it tells of are painted."""
        if self.size:
            direct_paint.paint(self, {0: self.render_line(0)})

    def render_line(self, y: int) -> Strip:
        """The title, and as many of the facts as there is room for."""
        base = self.visual_style.rich_style
        width = max(0, self.size.width - 2 * _EDGE)
        told = ""
        for text in reversed(self.facts.texts):
            longer = text + _BETWEEN + told if told else text
            if told and len(self._title) + _GAP + cell_len(longer) > width:
                break
            told = longer
        told = fit(told, width)
        title = fit(self._title, width - cell_len(told) - _GAP)
        between = width - cell_len(title) - cell_len(told)
        strip = Strip(
            [
                Segment(" " * _EDGE, base),
                Segment(title, self.get_visual_style("machine-list--title").rich_style),
                Segment(" " * between, base),
                Segment(told, self.get_visual_style("machine-list--facts").rich_style),
                Segment(" " * _EDGE, base),
            ]
        )
        return direct_paint.filtered(self, strip, self.background_colors[1])

    def render_lines(self, crop: Region) -> list[Strip]:
        """What Textual asks for."""
        return direct_paint.uncached_lines(self, crop, self.render_line)
