"""Where cursor and window go when the lines change under them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.outline import Heading, HeadingKind, MachineLine
from mooring_widgets.machine_list.placement import Anchor, Place, Wish, in_view, place_after
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.work import finish

ROW_SETS = st.sets(st.integers(0, 40)).map(
    lambda numbers: tuple(MachineRow(f"m{n}", f"m{n}", groups=(f"g{n % 3}",)) for n in sorted(numbers))
)
HEIGHTS = st.integers(1, 12)


def arranged(contents: Contents, rows: tuple[MachineRow, ...]) -> Contents:
    """Contents with these rows."""
    contents.set_rows(rows)
    finish(contents.arrange())
    contents.show()
    return contents


def key_at(contents: Contents, index: int) -> str | None:
    """The machine of a line."""
    line = contents.outline.line(index)
    return line.key if isinstance(line, MachineLine) else None


@settings(deadline=None)
@given(ROW_SETS, ROW_SETS, HEIGHTS, st.data())
def test_a_reload_leaves_the_cursor_on_its_machine_and_the_window_full(
    before: tuple[MachineRow, ...], after: tuple[MachineRow, ...], height: int, data: st.DataObject
) -> None:
    contents = arranged(Contents(), before)
    lines = contents.outline.height
    cursor = data.draw(st.integers(0, max(0, lines - 1)))
    top = data.draw(st.integers(0, max(0, lines - height)))
    key = key_at(contents, cursor)
    anchor = Anchor.of(contents, Place(cursor, top), height)

    place = place_after(arranged(contents, after), anchor, Wish(), height)

    assert 0 <= place.cursor < max(1, contents.outline.height)
    assert 0 <= place.top <= max(0, contents.outline.height - height)
    if key in {row.key for row in after}:
        assert key_at(contents, place.cursor) == key
    elif key is not None and after:
        assert key_at(contents, place.cursor) is not None, "a machine's place is taken by a machine"
    if top <= cursor < top + height:
        assert place.top <= place.cursor < place.top + height, "what was in view stays in view"


@given(ROW_SETS, HEIGHTS)
def test_nothing_changed_means_nothing_moves(rows: tuple[MachineRow, ...], height: int) -> None:
    contents = arranged(Contents(), rows)
    for cursor in range(contents.outline.height):
        place = in_view(contents, Place(cursor, 0), height)
        assert place_after(contents, Anchor.of(contents, place, height), Wish(), height) == place


def test_a_wish_comes_first() -> None:
    contents = arranged(Contents(), tuple(MachineRow(f"m{n}", f"m{n}", groups=(f"g{n % 2}",)) for n in range(40)))
    anchor = Anchor.of(contents, Place(30, 25), 10)
    assert key_at(contents, place_after(contents, anchor, Wish(goal="m7"), 10).cursor) == "m7"
    heading = Heading(HeadingKind.GROUP, "g1")
    assert place_after(contents, anchor, Wish(goal=heading), 10).cursor == contents.outline.index_of_heading(heading)
    assert place_after(contents, anchor, Wish(goal="gone"), 10) == Place(30, 25)
    assert place_after(contents, anchor, Wish(starts_over=True), 10) == Place(1, 0)
    assert place_after(contents, anchor, Wish(among_neighbours=True), 10) == Place(30, 27)


def test_a_window_without_a_size_yet_starts_at_the_top() -> None:
    contents = arranged(Contents(), tuple(MachineRow(f"m{n}", f"m{n}", groups=(f"g{n % 2}",)) for n in range(40)))
    assert place_after(contents, Anchor.of(contents, Place(0, 0), 0), Wish(), 0).top == 0


def test_an_order_of_ones_own_shows_the_machine_among_its_neighbours() -> None:
    contents = arranged(Contents(), tuple(MachineRow(f"m{n}", f"m{n}") for n in range(40)))
    anchor = Anchor.of(contents, Place(6, 6), 12)
    assert place_after(contents, anchor, Wish(among_neighbours=True), 12) == Place(6, 2)
