"""Dividing a tab: whatever is split, closed, sized and dragged, the panes fill the tab and none is too small."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Region, Size

from mooring.ui.sessions.split.nodes import Axis, Direction, Leaf
from mooring.ui.sessions.split.places import SMALLEST
from mooring.ui.sessions.split.shares import share_out
from mooring.ui.sessions.split.tree import SplitTree

Tree = SplitTree[int]


@st.composite
def trees(draw: st.DrawFn, most: int = 5) -> Tree:
    """A tab that was split a few times, and of which some panes were closed."""
    tree: Tree = SplitTree(Leaf(0))
    for new in range(1, draw(st.integers(1, most)) + 1):
        tree = tree.split(draw(st.sampled_from(tree.keys)), new, draw(st.sampled_from(Axis)))
    for _ in range(draw(st.integers(0, 2))):
        tree = tree.without(draw(st.sampled_from(tree.keys))) or tree
    return tree


areas = st.builds(Region, st.integers(0, 9), st.integers(0, 9), st.integers(16, 250), st.integers(3, 90))


def assert_tiled(tree: Tree, area: Region) -> None:
    """The panes and the columns between them cover each cell of the area once, and none is smaller than it may be."""
    rectangles = tree.rectangles(area)
    assert set(rectangles) == set(tree.keys)
    columns = [divider.region for divider in tree.dividers(area) if divider.axis is Axis.COLUMNS]
    pieces = [*rectangles.values(), *columns]
    assert all(area.contains_region(piece) for piece in pieces)
    assert sum(piece.area for piece in pieces) == area.area
    for index, piece in enumerate(pieces):
        assert not any(piece.overlaps(other) for other in pieces[index + 1 :])
    assert all(region.width >= SMALLEST.width and region.height >= SMALLEST.height for region in rectangles.values())


@settings(max_examples=60)
@given(trees(), areas, st.data())
def test_panes_fill_the_tab_whatever_is_done(tree: Tree, area: Region, data: st.DataObject) -> None:
    for _ in range(4):
        if not tree.fits(area.size):
            return
        assert_tiled(tree, area)
        key, direction = data.draw(st.sampled_from(tree.keys)), data.draw(st.sampled_from(Direction))
        tree = tree.resized(key, direction, data.draw(st.integers(0, 60)), area)
        assert_tiled(tree, area)
        if dividers := tree.dividers(area):
            divider = data.draw(st.sampled_from(dividers))
            tree = tree.dragged(divider, data.draw(st.integers(-5, 300)), data.draw(st.integers(-5, 99)), area)
            assert_tiled(tree, area)
        width, height = data.draw(st.integers(16, 250)), data.draw(st.integers(3, 90))
        area = Region(area.x, area.y, width, height)


@given(trees(), areas)
def test_going_to_a_neighbour_and_back_is_possible(tree: Tree, area: Region) -> None:
    if not tree.fits(area.size):
        return
    rectangles = tree.rectangles(area)
    for key in tree.keys:
        for direction, back in ((Direction.RIGHT, Direction.LEFT), (Direction.DOWN, Direction.UP)):
            other = tree.neighbour(key, direction, area)
            at_the_edge = (
                rectangles[key].right == area.right
                if direction is Direction.RIGHT
                else rectangles[key].bottom == area.bottom
            )
            assert (other is None) is at_the_edge
            if other is not None:
                assert tree.neighbour(other, back, area) is not None


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=6), st.integers(0, 80), st.data())
def test_shares_are_whole_and_near_to_their_weights(weights: list[float], spare: int, data: st.DataObject) -> None:
    minima = [data.draw(st.integers(1, 20)) for _ in weights]
    room = sum(minima) + spare
    sizes = share_out(room, weights, minima)
    assert sum(sizes) == room
    assert all(size >= least for size, least in zip(sizes, minima, strict=True))
    free = [index for index, size in enumerate(sizes) if size > minima[index]]
    for index in free:
        assert sizes[index] <= room * weights[index] / sum(weights) + 1


AREA = Region(0, 0, 81, 24)


def test_side_by_side_and_stacked() -> None:
    tree: Tree = SplitTree(Leaf(1)).split(1, 2, Axis.COLUMNS).split(2, 3, Axis.LINES)
    assert tree.keys == (1, 2, 3)
    assert tree.rectangles(AREA) == {1: Region(0, 0, 40, 24), 2: Region(41, 0, 40, 12), 3: Region(41, 12, 40, 12)}
    assert tree.neighbour(1, Direction.RIGHT, AREA) == 2
    assert tree.neighbour(3, Direction.UP, AREA) == 2
    assert tree.neighbour(3, Direction.LEFT, AREA) == 1
    assert tree.neighbour(1, Direction.LEFT, AREA) is None


def test_a_third_beside_two_halves_one_of_them_and_closing_gives_its_room_back() -> None:
    two: Tree = SplitTree(Leaf(1)).split(1, 2, Axis.COLUMNS)
    three = two.split(2, 3, Axis.COLUMNS)
    assert [region.width for region in three.rectangles(AREA).values()] == [39, 20, 20]
    assert three.without(3) is not None
    without = three.without(1)
    assert without is not None
    assert without.keys == (2, 3)
    alone = without.without(2)
    assert alone == SplitTree(Leaf(3))
    assert alone.without(3) is None


def test_a_pane_grows_towards_its_neighbour_and_the_last_one_away_from_it() -> None:
    tree: Tree = SplitTree(Leaf(1)).split(1, 2, Axis.COLUMNS)
    assert tree.resized(1, Direction.RIGHT, 5, AREA).rectangles(AREA)[1].width == 45
    assert tree.resized(1, Direction.LEFT, 5, AREA).rectangles(AREA)[1].width == 35
    assert tree.resized(2, Direction.LEFT, 5, AREA).rectangles(AREA)[2].width == 45
    assert tree.resized(2, Direction.RIGHT, 99, AREA).rectangles(AREA)[2].width == SMALLEST.width
    assert tree.resized(1, Direction.UP, 5, AREA) == tree


def test_a_dragged_divider_stays_where_it_was_dropped() -> None:
    tree: Tree = SplitTree(Leaf(1)).split(1, 2, Axis.LINES).split(2, 3, Axis.COLUMNS)
    stacked = next(divider for divider in tree.dividers(AREA) if divider.axis is Axis.LINES)
    assert stacked.region == Region(0, 12, 81, 1)
    beside = next(divider for divider in tree.dividers(AREA) if divider.axis is Axis.COLUMNS)
    moved = tree.dragged(stacked, 0, 7, AREA).dragged(beside, 30, 0, AREA)
    assert moved.rectangles(AREA) == {1: Region(0, 0, 81, 7), 2: Region(0, 7, 30, 17), 3: Region(31, 7, 50, 17)}


def test_what_does_not_fit_says_so() -> None:
    tree: Tree = SplitTree(Leaf(1)).split(1, 2, Axis.COLUMNS)
    assert tree.fits(Size(33, 3))
    assert not tree.fits(Size(32, 3))
    assert not tree.fits(Size(33, 2))
