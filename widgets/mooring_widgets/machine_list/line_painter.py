"""Lines as they go to the screen: painted once, and again only when something about them is another."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets.direct_paint import filtered
from mooring_widgets.machine_list.columns import ColumnSpan, lay_out
from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.line_styles import Ground, LineStyleSheet, machine_colour
from mooring_widgets.machine_list.outline import GroupLine, Line, MachineLine
from mooring_widgets.machine_list.paint import MARGIN, LineStyles, PaintedMachine, paint_group, paint_machine
from mooring_widgets.machine_list.state import Condition

_MOST_KEPT = 2000
"""Lines, some of them in several looks, that are kept painted while a person scrolls through the list."""


class LinePainter:
    """Paints lines of `contents` in the styles of `widget`, all as wide as it was last laid out for."""

    def __init__(self, widget: Widget, contents: Contents) -> None:
        self._widget = widget
        self._contents = contents
        self._style_sheet = LineStyleSheet(widget)
        self._width = 0
        self._spans: Sequence[ColumnSpan] = ()
        self._strips: dict[object, Strip] = {}
        self._painted_for = contents.filter

    @property
    def spans(self) -> Sequence[ColumnSpan]:
        """The columns as they are laid out."""
        return self._spans

    @property
    def width(self) -> int:
        """How wide lines are."""
        return self._width

    def lay_out(self, width: int) -> None:
        """Let the columns follow the width and what there is to show."""
        contents = self._contents
        with_groups = contents.has_groups and not contents.has_headings
        spans = lay_out(max(1, width - MARGIN), contents.widths, with_groups=with_groups)
        if (width, spans) != (self._width, self._spans):
            self._width, self._spans = width, spans
            self._strips.clear()

    def forget(self) -> None:
        """The styles are others: paint and look up everything anew."""
        self._style_sheet.clear()
        self._strips.clear()

    def strip(self, line: Line | None, ground: Ground) -> Strip:
        """A line on a ground; a blank one where there is none."""
        contents = self._contents
        if contents.filter is not self._painted_for or len(self._strips) > _MOST_KEPT:
            self._painted_for = contents.filter
            self._strips.clear()
        key: object = line, ground
        if isinstance(line, MachineLine):
            key = line, ground, contents.condition(line.entry.row), line.key in contents.marks
        if key not in self._strips:
            strip = self._paint(line, self._style_sheet.styles(ground))
            self._strips[key] = filtered(self._widget, strip, self._style_sheet.background)
        return self._strips[key]

    def _paint(self, line: Line | None, styles: LineStyles) -> Strip:
        match line:
            case None:
                return Strip([Segment(" " * self._width, styles.base)], self._width)
            case GroupLine():
                return paint_group(line, self._width, styles)
            case MachineLine():
                return paint_machine(self._seen(line, styles), self._spans, self._width, styles)

    def _seen(self, line: MachineLine, styles: LineStyles) -> PaintedMachine:
        row, contents = line.entry.row, self._contents
        condition: Condition = contents.condition(row)
        colour = machine_colour(row.colour) if row.colour else None
        return PaintedMachine(
            row,
            condition,
            marked=row.key in contents.marks,
            colour=None if colour is None else styles.base + colour,
            highlights=contents.filter.highlights(row, condition),
        )
