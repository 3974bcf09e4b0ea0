"""The names of the columns over the list."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets.machine_list.columns import GAP, ColumnSpan
from mooring_widgets.machine_list.paint import MARGIN


class ColumnTitles(Widget):
    """One line; empty where the name stands alone."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: Sequence[ColumnSpan] = ()

    def show(self, spans: Sequence[ColumnSpan]) -> None:
        """Follow the list's columns."""
        if spans != self._spans:
            self._spans = spans
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the titles over their columns."""
        style = self.visual_style.rich_style
        titles = (" " * GAP).join(span.column.value.ljust(span.width) for span in self._spans)
        text = " " * MARGIN + titles if len(self._spans) > 1 else ""
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)
