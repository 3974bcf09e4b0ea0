"""Many lines of which only those in view are asked for, with a cursor where they are for choosing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

Line = Sequence[tuple[str, str]]
"""Pieces of text in their order, each with its tone ("" for none); the texts are fit to be painted."""

LineAt = Callable[[int], Line]

TONES = ("good", "bad", "busy", "quiet", "strong", "added", "removed", "match")


class LineList(ScrollView, can_focus=True):
    """Shows `count` lines, each made by a function when it is painted.

    With a cursor, `Highlighted` follows it and `Chosen` tells of enter and of clicks; without one the keys scroll.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor", *(f"line-list--{tone}" for tone in TONES)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "A page up", show=False),
        Binding("pagedown,space", "page(1)", "A page down", show=False),
        Binding("home,g", "first", "To the first line", show=False),
        Binding("end,G", "last", "To the last line", show=False),
        Binding("left", "sideways(-8)", "Left", show=False),
        Binding("right", "sideways(8)", "Right", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor is on another line."""

        list: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        list: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

    def __init__(self, *, has_cursor: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._has_cursor = has_cursor
        self._count = 0
        self._line_at: LineAt = lambda index: ()
        self._widest = 0
        self._wider = 0
        self.cursor = 0

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._count

    def show(self, count: int, line_at: LineAt, *, cursor: int = 0, keep_place: bool = False) -> None:
        """Show other lines; `keep_place` has the view stay where it is, as for lines that only look different."""
        self._line_at = line_at
        self._count = count
        before, self.cursor = self.cursor, min(max(cursor, 0), max(count - 1, 0))
        if not keep_place:
            self._widest = self._wider = 0
        self.virtual_size = Size(self._widest, count)
        if not keep_place:
            self.scroll_to(0, 0, animate=False, force=True)
        if self._has_cursor and not (keep_place and self.cursor == before):
            self._follow_cursor()
        self.refresh()

    def show_lines(self, lines: Sequence[Line], *, keep_place: bool = False) -> None:
        """Show lines that are there already."""
        self.show(len(lines), lines.__getitem__, keep_place=keep_place)

    def go_to(self, index: int) -> None:
        """Put the cursor on a line; without one bring the line into view, a little below the top."""
        if self._has_cursor:
            self._move_to(index)
        else:
            self.scroll_to(y=max(0, index - 2), animate=False, force=True)

    def text(self) -> str:
        """The lines that are in view, as text."""
        top = self.scroll_offset.y
        lines = (self._line_at(index) for index in range(top, min(self._count, top + self.size.height)))
        return "\n".join("".join(text for text, _tone in line) for line in lines)

    def render_line(self, y: int) -> Strip:
        """One line."""
        left, top = self.scroll_offset
        index = top + y
        width = self.scrollable_content_region.width
        base = self.rich_style
        if index >= self._count:
            return Strip.blank(width, base)
        if self._has_cursor and index == self.cursor:
            cursor = self.get_component_rich_style("line-list--cursor")
            base += Style(bgcolor=cursor.bgcolor, bold=cursor.bold)
        segments = [Segment(text, base + self._tone(tone)) for text, tone in self._line_at(index)]
        strip = Strip(segments)
        self._note_width(strip.cell_length)
        return strip.crop_extend(left, left + width, base)

    def action_move(self, step: int) -> None:
        """Move the cursor, or scroll."""
        if self._has_cursor:
            self._move_to(self.cursor + step)
        else:
            self.scroll_relative(y=step, animate=False, force=True)

    def action_page(self, step: int) -> None:
        """The same by pages."""
        self.action_move(step * max(1, self.scrollable_content_region.height - 1))

    def action_first(self) -> None:
        """To the first line."""
        self.action_move(-self._count)

    def action_last(self) -> None:
        """To the last line."""
        self.action_move(self._count)

    def action_sideways(self, step: int) -> None:
        """Show what is further left or right."""
        self.scroll_relative(x=step, animate=False, force=True)

    def action_choose(self) -> None:
        """Choose the line under the cursor."""
        if self._has_cursor and self._count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there."""
        if self._has_cursor and (index := self.scroll_offset.y + event.y) < self._count:
            self._move_to(index)

    def _move_to(self, index: int) -> None:
        index = min(max(index, 0), max(self._count - 1, 0))
        if index != self.cursor:
            self.cursor = index
            self._follow_cursor()
            self.refresh()
            self.post_message(self.Highlighted(self, index))

    def _follow_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True, x_axis=False)

    def _tone(self, tone: str) -> Style:
        """The style of a tone over any line, that of the cursor too: a partial style would lose what is transparent."""
        if not tone:
            return Style.null()
        whole = self.get_component_rich_style(f"line-list--{tone}")
        return Style(color=whole.color, bgcolor=whole.bgcolor if tone == "match" else None, bold=whole.bold or None)

    def _note_width(self, cells: int) -> None:
        """How wide lines are is known when they are painted."""
        if cells > self._widest:
            self._widest = cells
            if not self._wider:
                self.call_after_refresh(self._widen)
            self._wider = cells

    def _widen(self) -> None:
        self._wider = 0
        self.virtual_size = Size(self._widest, self._count)
