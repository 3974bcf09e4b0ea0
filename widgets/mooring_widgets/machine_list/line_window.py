"""The window onto the lines: a cursor, a scroll position, and the lines between, painted when they come into view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mooring_widgets.machine_list.columns import ColumnSpan, lay_out
from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.line_styles import COMPONENT_CLASSES, Ground, LineStyleSheet, machine_colour
from mooring_widgets.machine_list.outline import GroupLine, Line, MachineLine
from mooring_widgets.machine_list.paint import MARGIN, LineStyles, PaintedMachine, paint_group, paint_machine
from mooring_widgets.machine_list.placement import Place, in_view


class LineWindow(ScrollView, can_focus=True):
    """Shows `contents` and where the cursor is. What the cursor does is decided elsewhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENT_CLASSES)

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the line under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.contents = Contents()
        self._style_sheet = LineStyleSheet(self)
        self._spans: tuple[ColumnSpan, ...] = ()
        self._hover: int | None = None

    @property
    def column_spans(self) -> tuple[ColumnSpan, ...]:
        """The columns as they are laid out now."""
        return self._spans

    @property
    def line_under_cursor(self) -> Line | None:
        """What the cursor stands on."""
        return self.contents.outline.line(self.cursor)

    @property
    def window_height(self) -> int:
        """How many lines there is room for."""
        return self.scrollable_content_region.height

    @property
    def place(self) -> Place:
        """Where cursor and window are."""
        return Place(self.cursor, self.scroll_offset.y)

    def visible_lines(self) -> Iterator[tuple[int, Line]]:
        """The lines in the window, with their indices."""
        first = self.scroll_offset.y
        for index in range(first, min(first + self.window_height, self.contents.outline.height)):
            line = self.contents.outline.line(index)
            if line is not None:
                yield index, line

    def index_at(self, y: int) -> int:
        """The line that stands at a row of the window."""
        return y + self.scroll_offset.y

    def move_cursor(self, index: int) -> None:
        """Put the cursor on the nearest line there is, and scroll no further than it takes to see it."""
        cursor = max(0, min(index, self.contents.outline.height - 1))
        old, self.cursor = self.cursor, cursor
        self.refresh_line(old)
        self.refresh_line(cursor)
        self.scroll_to(y=in_view(self.contents, self.place, self.window_height).top, animate=False, force=True)

    def show_lines(self, place: Place) -> None:
        """Show lines that are others than before, from a given place on."""
        self.virtual_size = Size(0, self.contents.outline.height)
        self.set_reactive(LineWindow.cursor, place.cursor)
        self._hover = None
        self.lay_out_columns()
        self.scroll_to(y=place.top, animate=False, force=True)
        self.refresh()

    def lay_out_columns(self) -> None:
        """Let the columns follow the width and what there is to show."""
        contents = self.contents
        width = max(1, self.scrollable_content_region.width - MARGIN)
        self._spans = lay_out(width, contents.widths, with_groups=contents.has_groups and not contents.has_headings)

    def refresh_machine(self, key: str) -> None:
        """Paint a machine again, where it is in view."""
        for index, line in self.visible_lines():
            if isinstance(line, MachineLine) and line.key == key:
                self.refresh_line(index)

    def show_hover(self, index: int | None) -> None:
        """Show which line a click would take."""
        old, self._hover = self._hover, index
        if index != old:
            for changed in (old, index):
                if changed is not None:
                    self.refresh_line(changed)

    def render_line(self, y: int) -> Strip:
        """Paint one line of the window."""
        index = self.index_at(y)
        width = self.scrollable_content_region.width
        line = self.contents.outline.line(index)
        if line is None:
            return Strip([Segment(" " * width, self.visual_style.rich_style)], width)
        styles = self._styles(index)
        if isinstance(line, GroupLine):
            return paint_group(line, width, styles)
        return paint_machine(self._painted(line, styles), self._spans, width, styles)

    def notify_style_update(self) -> None:
        """The theme, the style sheet or the focus is another one."""
        self._style_sheet.clear()
        super().notify_style_update()

    def _styles(self, index: int) -> LineStyles:
        if index == self.cursor:
            return self._style_sheet.styles(Ground.CURSOR)
        return self._style_sheet.styles(Ground.HOVER if index == self._hover else Ground.PLAIN)

    def _painted(self, line: MachineLine, styles: LineStyles) -> PaintedMachine:
        row, contents = line.entry.row, self.contents
        condition = contents.condition(row)
        colour = machine_colour(row.colour) if row.colour else None
        return PaintedMachine(
            row,
            condition,
            marked=row.key in contents.marks,
            colour=None if colour is None else styles.base + colour,
            highlights=contents.filter.highlights(row, condition),
        )
