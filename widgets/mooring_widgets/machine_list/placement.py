"""Where cursor and scroll position go when the lines change under them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.outline import GroupLine, Heading, Line, MachineLine


@dataclass(frozen=True, slots=True)
class Place:
    """Index of the line under the cursor, and of the line at the top of the window."""

    cursor: int
    top: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a person was looking at: the line under the cursor, and one that is to stay where it is in the window.

    The latter is the line under the cursor while that is in the window, else the one at its top.
    """

    place: Place
    under_cursor: Line | None
    still: Line | None
    still_row: int
    was_scrolled_away: bool = False

    @classmethod
    def of(cls, contents: Contents, place: Place, height: int) -> Anchor:
        """Remember it before the lines change; `height` is the window's, in lines."""
        row = place.cursor - place.top
        is_away = not 0 <= row < height
        if is_away:
            row = 0
        line = contents.outline.line
        return cls(place, line(place.cursor), line(place.top + row), row, is_away)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be seen of lines that are others: what the person was looking at, unless something else is told.

    `goal` is where the cursor is to go, to a machine by its key or to a heading, if it is there. Who `starts_over` has
    the first machine at the top. `among_neighbours` leaves the cursor where it is, with room for lines above it.
    """

    goal: str | Heading | None = None
    starts_over: bool = False
    among_neighbours: bool = False


def place_after(contents: Contents, anchor: Anchor, wish: Wish, height: int) -> Place:
    """Where cursor and window go once the lines have changed; `height` is the window's.

    Who was nowhere starts over. A machine that is gone leaves the cursor on the one that took its place.
    """
    still = _index(contents, anchor.still)
    top = anchor.place.top if still is None else still - anchor.still_row
    goal = wish.goal
    cursor = contents.index_of(goal) if isinstance(goal, str) else _index_of_heading(contents, goal)
    if cursor is not None:
        return in_view(contents, Place(cursor, top), height)
    if wish.starts_over or anchor.under_cursor is None:
        return in_view(contents, Place(contents.outline.first_machine, 0), height)
    cursor = _index(contents, anchor.under_cursor)
    if cursor is None:
        cursor = contents.outline.nearest_machine(anchor.place.cursor)
    if wish.among_neighbours:
        return in_view(contents, Place(cursor, cursor - height // 3), height)
    place = Place(cursor, _clamped(contents, top, height))
    return place if anchor.was_scrolled_away else in_view(contents, place, height)


def in_view(contents: Contents, place: Place, height: int) -> Place:
    """Scroll no further than it takes to see the line under the cursor; the first machine takes its heading along.

    A window without any height has not been laid out yet, and is looked at from the top.
    """
    if height < 1:
        return Place(place.cursor, 0)
    cursor, top = place.cursor, place.top
    if cursor <= contents.outline.first_machine < height:
        top = 0
    elif cursor < top:
        top = cursor
    elif cursor >= top + height:
        top = cursor - height + 1
    return Place(cursor, _clamped(contents, top, height))


def _index(contents: Contents, line: Line | None) -> int | None:
    match line:
        case MachineLine():
            return contents.index_of(line.key, line.heading)
        case GroupLine():
            return _index_of_heading(contents, line.heading)
        case None:
            return None


def _index_of_heading(contents: Contents, heading: Heading | None) -> int | None:
    return None if heading is None else contents.outline.index_of_heading(heading)


def _clamped(contents: Contents, top: int, height: int) -> int:
    return max(0, min(top, contents.outline.height - height))
