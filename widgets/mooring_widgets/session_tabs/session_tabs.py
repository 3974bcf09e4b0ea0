"""The row of tabs: one line, the active tab always in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets.plain_text import fit, plain_text
from mooring_widgets.session_tabs.item import BELL_SIGN, GUARD_SIGN, TAB_SIGNS, UNSEEN_SIGN, TabItem
from mooring_widgets.session_tabs.layout import EDGE, Placement, place

_WIDEST_TITLE = 24


class SessionTabs(Widget):
    """Tabs with their numbers and the signs of their states. It takes `TabItem`s and posts which one was clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "session-tabs--tab",
        "session-tabs--active",
        "session-tabs--number",
        "session-tabs--guard",
        "session-tabs--sign",
        "session-tabs--open",
        "session-tabs--connecting",
        "session-tabs--question",
        "session-tabs--failed",
        "session-tabs--ended",
        "session-tabs--more",
    }

    @dataclass
    class Activated(Message):
        """A tab was clicked."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[TabItem, ...] = ()
        self._active = 0

    def show(self, items: Sequence[TabItem], active_key: str) -> None:
        """Show these tabs, with one of them active."""
        self._items = tuple(items)
        self._active = next((index for index, item in enumerate(items) if item.key == active_key), 0)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the row."""
        base = self.visual_style.rich_style
        width = self.size.width
        painted = [self._paint(index, item) for index, item in enumerate(self._items)]
        placement = self._place(painted)
        segments: list[Segment] = []
        more = self.get_visual_style("session-tabs--more").rich_style
        if placement.starts and placement.starts[0]:
            segments.append(Segment("‹ " if placement.hidden_left else "  ", more))
        for tab in painted[placement.first : placement.last]:
            segments.extend(tab)
        strip = Strip(segments).adjust_cell_length(width, base)
        if placement.last < len(painted):
            strip = Strip([*strip.crop(0, max(0, width - EDGE)), Segment(" ›", more)])
        return strip

    def on_click(self, event: events.Click) -> None:
        """Tell which tab was clicked."""
        placement = self._place([self._paint(index, item) for index, item in enumerate(self._items)])
        hit: TabItem | None = None
        for item, start in zip(self._items[placement.first : placement.last], placement.starts, strict=True):
            if event.x >= start:
                hit = item
        if hit is not None:
            self.post_message(self.Activated(hit.key))

    def _place(self, painted: list[list[Segment]]) -> Placement:
        widths = [sum(cell_len(segment.text) for segment in tab) for tab in painted]
        return place(widths, self._active, self.size.width)

    def _paint(self, index: int, item: TabItem) -> list[Segment]:
        ground = "session-tabs--active" if index == self._active else "session-tabs--tab"
        style = self.get_visual_style(ground).rich_style
        segments = [Segment(" ", style)]
        if index < 9:
            number = self._style(ground, "number")
            segments.append(Segment(f"{index + 1} ", number))
        if sign := TAB_SIGNS[item.state]:
            segments.append(Segment(f"{sign} ", self._style(ground, item.state.value)))
        segments.append(Segment(fit(plain_text(item.title), _WIDEST_TITLE), style))
        if item.guard:
            segments.append(Segment(f" {GUARD_SIGN}", self._style(ground, "guard")))
        if item.bell or item.unseen:
            sign = BELL_SIGN if item.bell else UNSEEN_SIGN
            segments.append(Segment(f" {sign}", self._style(ground, "sign")))
        segments.append(Segment(" ", style))
        return [segment for segment in segments if segment.text]

    def _style(self, ground: str, part: str) -> Style:
        return self.get_visual_style(ground, f"session-tabs--{part}").rich_style
