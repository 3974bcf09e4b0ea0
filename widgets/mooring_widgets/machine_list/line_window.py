"""The window onto the lines: a cursor, a scroll position, and the lines between, painted when they come into view.

It paints past Textual's cache of painted lines and, as a terminal does, past its compositor: nothing of what these do
is needed here, and on a key in the filter they cost more than everything else together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mooring_widgets import direct_paint
from mooring_widgets.machine_list.columns import ColumnSpan
from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.line_painter import LinePainter
from mooring_widgets.machine_list.line_styles import COMPONENT_CLASSES, Ground
from mooring_widgets.machine_list.outline import Line, MachineLine
from mooring_widgets.machine_list.placement import Place, in_view


class LineWindow(ScrollView, can_focus=True):
    """Shows `contents` and where the cursor is. What the cursor does is decided elsewhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENT_CLASSES)

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """Textual's own has the whole screen laid out anew at each change: the number of lines changes with each letter."""

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the line under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.contents = Contents()
        self._painter = LinePainter(self, self.contents)
        self._hover: int | None = None

    @property
    def column_spans(self) -> Sequence[ColumnSpan]:
        """The columns as they are laid out now."""
        return self._painter.spans

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
        self.paint([old, cursor])
        self.scroll_to(y=in_view(self.contents, self.place, self.window_height).top, animate=False, force=True)

    def show_lines(self, place: Place) -> None:
        """Show lines that are others than before, from a given place on."""
        self._fit_scrollbar()
        self.set_reactive(LineWindow.cursor, place.cursor)
        self._hover = None
        self.lay_out_columns()
        self.scroll_to(y=place.top, animate=False, force=True)

    def paint_all(self) -> None:
        """Paint the whole window again."""
        first = self.scroll_offset.y
        self.paint(range(first, first + self.window_height))

    def paint(self, indices: Iterable[int]) -> None:
        """Paint lines again, at once where nothing is in the way of that, else with Textual's next frame."""
        first, height = self.scroll_offset.y, self.window_height
        rows = {index - first: self._line(index) for index in indices if first <= index < first + height}
        direct_paint.paint(self, rows)

    def lay_out_columns(self) -> None:
        """Let the columns follow the width and what there is to show."""
        self._painter.lay_out(self.scrollable_content_region.width)

    def refresh_machine(self, key: str) -> None:
        """Paint a machine again, where it is in view."""
        for index, line in self.visible_lines():
            if isinstance(line, MachineLine) and line.key == key:
                self.paint([index])

    def show_hover(self, index: int | None) -> None:
        """Show which line a click would take."""
        old, self._hover = self._hover, index
        if index != old:
            self.paint([changed for changed in (old, index) if changed is not None])

    def render_line(self, y: int) -> Strip:
        """One line of the window, painted."""
        return self._line(self.index_at(y))

    def render_lines(self, crop: Region) -> list[Strip]:
        """What Textual asks for, the first time before it tells the size."""
        if self._painter.width != self.scrollable_content_region.width:
            self.lay_out_columns()
        return direct_paint.uncached_lines(self, crop, self.render_line)

    def notify_style_update(self) -> None:
        """The theme, the style sheet or the focus is another one."""
        self._painter.forget()
        super().notify_style_update()

    def _line(self, index: int) -> Strip:
        line = self.contents.outline.line(index)
        if line is None:
            return self._painter.strip(line, Ground.PLAIN)
        ground = Ground.CURSOR if index == self.cursor else Ground.HOVER if index == self._hover else Ground.PLAIN
        return self._painter.strip(line, ground)

    def _fit_scrollbar(self) -> None:
        height = self.contents.outline.height
        self.virtual_size = Size(0, height)
        if self.size and (height > self.window_height) is not self.show_vertical_scrollbar:
            self.refresh(layout=True)
        elif self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = height
