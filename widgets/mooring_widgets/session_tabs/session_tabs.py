"""The row of tabs: one line, the active tab always in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets.session_tabs.item import TabItem, TabState
from mooring_widgets.session_tabs.label import Part, Piece, pieces_of
from mooring_widgets.session_tabs.layout import EDGE, Placement, place, reveal
from mooring_widgets.session_tabs.painting import Ground, LabelPainter, component_classes

_NUMBERED = 9
_MIDDLE_BUTTON = 2


@dataclass(frozen=True, slots=True)
class _Spot:
    """What lies at a column: a tab by its index, which part of it, and the column of its middle."""

    index: int
    part: Part | TabState
    middle: float


class SessionTabs(Widget):
    """Tabs with their numbers and the signs of their states. It takes `TabItem`s and posts what the mouse wants.

    A click goes to a tab, the middle button or its sign closes it, dragging puts it elsewhere, and the wheel moves over
    a row that is too long.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"session-tabs--more", *component_classes("session-tabs")}

    @dataclass
    class Activated(Message):
        """A tab was clicked."""

        key: str

    @dataclass
    class CloseWanted(Message):
        """A tab was clicked with the middle button, or on its sign for closing."""

        key: str

    @dataclass
    class Moved(Message):
        """A tab was dragged to where the item at index `place` is."""

        key: str
        place: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[TabItem, ...] = ()
        self._active = 0
        self._first = 0
        self._dragged: str | None = None
        self._painter = LabelPainter(self, "session-tabs")

    def show(self, items: Sequence[TabItem], active_key: str) -> None:
        """Show these tabs, with one of them active; when it is another one than before it comes into view."""
        before = self._items[self._active].key if self._items else ""
        self._items = tuple(items)
        self._active = next((index for index, item in enumerate(items) if item.key == active_key), 0)
        if before != active_key:
            self._reveal()
        self.refresh()

    def on_resize(self) -> None:
        """Keep the active tab in view. The row was painted before this is told."""
        self._reveal()
        self.refresh()

    # What is painted.

    def render_line(self, y: int) -> Strip:
        """Paint the row."""
        base = self.visual_style.rich_style
        tabs = self._tabs()
        placement = self._place(tabs)
        more = self._painter.style("more")
        segments: list[Segment] = []
        if placement.starts and placement.starts[0]:
            segments.append(Segment("‹ " if placement.hidden_left else "  ", more))
        for index in range(placement.first, placement.last):
            ground = Ground.ACTIVE if index == self._active else Ground.TAB
            colour = self._items[index].colour
            segments += [self._painter.paint(piece, ground, colour=colour) for piece in tabs[index]]
        strip = Strip(segments).adjust_cell_length(self.size.width, base)
        if placement.last < len(tabs):
            strip = Strip([*strip.crop(0, max(0, self.size.width - EDGE)), Segment(" ›", more)])
        return strip

    def _tabs(self) -> list[tuple[Piece, ...]]:
        """The pieces of each tab; what is left of the row is for the active one's detail."""
        tabs = [self._pieces(index) for index in range(len(self._items))]
        room = self.size.width - sum(map(_width, tabs))
        if tabs and room > 0:
            tabs[self._active] = self._pieces(self._active, room)
        return tabs

    def _pieces(self, index: int, room: int = 0) -> tuple[Piece, ...]:
        number = index + 1 if index < _NUMBERED else None
        return pieces_of(self._items[index], number, active=index == self._active, room=room)

    # Which part of the row is seen.

    def _place(self, tabs: Sequence[tuple[Piece, ...]]) -> Placement:
        return place(list(map(_width, tabs)), self._first, self.size.width)

    def _reveal(self) -> None:
        if self._items:
            self._first = reveal(list(map(_width, self._tabs())), self._first, self._active, self.size.width)

    def _move_view(self, step: int) -> None:
        before = self._place(self._tabs()).first
        self._first = before + step
        self._first = self._place(self._tabs()).first
        if self._first != before:
            self.refresh()

    # The mouse.

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves to what stands further left."""
        event.stop()
        self._move_view(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves to what stands further right."""
        event.stop()
        self._move_view(1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to a tab, close it, or begin to drag it."""
        event.stop()
        spot = self._spot(event.x)
        if spot is None:
            return
        item = self._items[spot.index]
        if item.closable and (event.button == _MIDDLE_BUTTON or spot.part is Part.CLOSE):
            self.post_message(self.CloseWanted(item.key))
        elif event.button == 1:
            self.post_message(self.Activated(item.key))
            if item.closable:
                self._dragged = item.key
                self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A tab that is dragged over the middle of another one takes its place."""
        spot = self._spot(event.x)
        if self._dragged is None or spot is None:
            return
        event.stop()
        here = next((index for index, item in enumerate(self._items) if item.key == self._dragged), spot.index)
        is_past = event.x >= spot.middle if spot.index > here else event.x < spot.middle
        if spot.index != here and is_past and self._items[spot.index].closable:
            self.post_message(self.Moved(self._dragged, spot.index))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A tab that was dragged stays where it is."""
        event.stop()
        self._dragged = None
        self.release_mouse()

    def _spot(self, x: int) -> _Spot | None:
        tabs = self._tabs()
        placement = self._place(tabs)
        for index, start in zip(range(placement.first, placement.last), placement.starts, strict=True):
            column = start
            for piece in tabs[index]:
                if column <= x < column + piece.width:
                    return _Spot(index, piece.part, start + _width(tabs[index]) / 2)
                column += piece.width
        return None


def _width(pieces: tuple[Piece, ...]) -> int:
    return sum(piece.width for piece in pieces)
