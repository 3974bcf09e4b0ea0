"""What is painted between the panes of a tab: a title line above each, and the columns that divide them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mooring.ui.sessions.session_pane import SessionPane
from mooring_widgets.plain_text import fit
from mooring_widgets.session_tabs.label import pieces_of
from mooring_widgets.session_tabs.painting import Ground, LabelPainter

_LEAST_NOTE = len("1 of 4")


class Frame:
    """Paints for a widget that has the component classes of "pane-title". The active pane's lines have the accent."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._painter = LabelPainter(widget, "pane-title")

    def line(
        self,
        y: int,
        width: int,
        places: Mapping[SessionPane, Region],
        active: SessionPane,
        dividers: Sequence[Region],
        note: str,
    ) -> Strip:
        """One line of the tab: the titles and dividers in it, and nothing where the panes are."""
        parts: list[tuple[int, Strip]] = []
        for pane, place in places.items():
            if place.y == y:
                parts.append((place.x, self._title(pane, place.width, is_active=pane is active, note=note)))
        for divider in dividers:
            if divider.y <= y < divider.bottom:
                is_edge = divider.grow((0, 1, 0, 1)).overlaps(places[active]) and _holds_line(places[active], y)
                style = self._painter.style("divider-active" if is_edge and active.has_focus_within else "divider")
                parts.append((divider.x, Strip([Segment("│", style)], 1)))
        strips: list[Strip] = []
        column = 0
        for x, strip in sorted(parts, key=lambda part: part[0]):
            strips += [Strip.blank(x - column, self._widget.rich_style), strip]
            column = x + strip.cell_length
        return Strip.join(strips).adjust_cell_length(width, self._widget.rich_style)

    def _title(self, pane: SessionPane, width: int, *, is_active: bool, note: str) -> Strip:
        item = pane.item()
        ground = _ground(pane, is_active=is_active)
        least = sum(piece.width for piece in pieces_of(item, None, active=is_active))
        tail = f"{fit(note, max(_LEAST_NOTE, width - least - 1))} " if note else ""
        pieces = pieces_of(item, None, active=is_active, room=width - least - cell_len(tail))
        segments = [self._painter.paint(piece, ground, colour=item.colour) for piece in pieces]
        plain = self._painter.style(ground)
        strip = Strip(segments).adjust_cell_length(max(0, width - cell_len(tail)), plain)
        return Strip([*strip, Segment(tail, plain)]).adjust_cell_length(width, plain)


def _ground(pane: SessionPane, *, is_active: bool) -> Ground:
    if pane.item().receives:
        return Ground.ALARM
    if not is_active:
        return Ground.TAB
    return Ground.KEYS if pane.has_focus_within else Ground.ACTIVE


def _holds_line(region: Region, y: int) -> bool:
    return region.y <= y < region.bottom
