"""Where the nodes of a divided tab are. Pure; everything in cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from textual.geometry import Region, Size

from mooring.ui.sessions.split.nodes import Axis, Branch, Direction, K, Leaf, Node
from mooring.ui.sessions.split.shares import share_out

SMALLEST = Size(16, 3)
"""Columns and lines that a pane needs, its title line among them."""


def smallest(node: Node[K]) -> Size:
    """The room that a node needs at least."""
    if isinstance(node, Leaf):
        return SMALLEST
    least = [smallest(part) for part in node.parts]
    widths, heights = [size.width for size in least], [size.height for size in least]
    if node.axis is Axis.COLUMNS:
        return Size(sum(widths) + node.axis.gap * (len(least) - 1), max(heights))
    return Size(max(widths), sum(heights))


def along(size: Size, axis: Axis) -> int:
    """A size along an axis."""
    return size.width if axis is Axis.COLUMNS else size.height


def sizes_of(branch: Branch[K], size: Size) -> list[int]:
    """The sizes of a branch's parts along its axis."""
    room = along(size, branch.axis) - branch.axis.gap * (len(branch.parts) - 1)
    return share_out(room, branch.weights, [along(smallest(part), branch.axis) for part in branch.parts])


def part_regions(branch: Branch[K], region: Region) -> list[Region]:
    """Where the parts of a branch are."""
    sizes = sizes_of(branch, region.size)
    starts = accumulate((size + branch.axis.gap for size in sizes[:-1]), initial=0)
    if branch.axis is Axis.COLUMNS:
        return [Region(region.x + at, region.y, size, region.height) for at, size in zip(starts, sizes, strict=True)]
    return [Region(region.x, region.y + at, region.width, size) for at, size in zip(starts, sizes, strict=True)]


def places(
    node: Node[K], region: Region, path: tuple[int, ...] = ()
) -> Iterator[tuple[Node[K], Region, tuple[int, ...]]]:
    """Every node with its place and the way to it, each branch before its parts."""
    yield node, region, path
    if isinstance(node, Branch):
        for index, (part, place) in enumerate(zip(node.parts, part_regions(node, region), strict=True)):
            yield from places(part, place, (*path, index))


def touches(here: Region, other: Region, direction: Direction) -> bool:
    """Whether the first thing in a direction from `here` may be `other`: their edges lie on one line."""
    gap = direction.axis.gap
    match direction:
        case Direction.LEFT:
            return other.right + gap == here.x
        case Direction.RIGHT:
            return here.right + gap == other.x
        case Direction.UP:
            return other.bottom + gap == here.y
        case Direction.DOWN:
            return here.bottom + gap == other.y


def common_edge(here: Region, other: Region, axis: Axis) -> int:
    """How long they lie beside each other along an axis; not positive where they don't."""
    if axis is Axis.COLUMNS:
        return min(here.bottom, other.bottom) - max(here.y, other.y)
    return min(here.right, other.right) - max(here.x, other.x)
