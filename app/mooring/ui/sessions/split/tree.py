"""How a tab is divided: a tree of panes, cells in, rectangles out. Pure; what a pane is does not matter here.

Panes side by side have a column between them, the divider. Stacked ones have none: the first line of every pane is its
title, and that divides it from what is above.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic

from textual.geometry import Region, Size

from mooring.ui.sessions.split.nodes import (
    Axis,
    Branch,
    Direction,
    K,
    Leaf,
    Node,
    flattened,
    keys_of,
    node_at,
    node_with,
    node_without,
    path_to,
    split_node,
)
from mooring.ui.sessions.split.places import along, common_edge, part_regions, places, sizes_of, smallest, touches


@dataclass(frozen=True, slots=True)
class Divider:
    """What lies between two parts of a branch and can be dragged: `branch` is the way to it, by numbers of parts.

    It stands before the part `index`. Stacked parts are divided by the first line of the lower one.
    """

    branch: tuple[int, ...]
    index: int
    axis: Axis
    region: Region


@dataclass(frozen=True, slots=True)
class SplitTree(Generic[K]):
    """A division of a tab. It is never changed: what divides it anew returns another one."""

    root: Node[K]

    @property
    def keys(self) -> tuple[K, ...]:
        """The panes, from left to right and from top to bottom."""
        return tuple(keys_of(self.root))

    # Other divisions.

    def split(self, key: K, new: K, axis: Axis) -> SplitTree[K]:
        """Halve a pane: `new` gets the right or lower half."""
        return SplitTree(flattened(split_node(self.root, key, new, axis)))

    def without(self, key: K) -> SplitTree[K] | None:
        """Give a pane's room to its neighbours; None where it was the last one."""
        root = node_without(self.root, key)
        return None if root is None else SplitTree(flattened(root))

    def resized(self, key: K, direction: Direction, cells: int, area: Region) -> SplitTree[K]:
        """Move the edge of a pane by some cells in a direction, as far as the others' smallest sizes let it.

        It is the pane's right or lower edge, or the other one where it has no neighbour there.
        """
        path = path_to(self.root, key)
        for depth in range(len(path) - 1, -1, -1):
            branch = node_at(self.root, path[:depth])
            if isinstance(branch, Branch) and branch.axis is direction.axis:
                index = min(path[depth] + 1, len(branch.parts) - 1)
                return self._moved(path[:depth], index, direction.step * cells, area)
        return self

    def dragged(self, divider: Divider, column: int, line: int, area: Region) -> SplitTree[K]:
        """Move a divider to a cell, as far as the smallest sizes of both sides let it."""
        at = divider.region
        cells = column - at.x if divider.axis is Axis.COLUMNS else line - at.y
        return self._moved(divider.branch, divider.index, cells, area)

    # Where everything is.

    def fits(self, size: Size) -> bool:
        """Whether every pane can have its smallest size."""
        least = smallest(self.root)
        return least.width <= size.width and least.height <= size.height

    def rectangles(self, area: Region) -> dict[K, Region]:
        """Where each pane is; with the columns between them they fill the area, which has to be large enough."""
        return {node.key: region for node, region, _path in places(self.root, area) if isinstance(node, Leaf)}

    def dividers(self, area: Region) -> tuple[Divider, ...]:
        """Everything that can be dragged, the innermost first: at a crossing that is the one which is meant."""
        found: list[Divider] = []
        for node, region, path in places(self.root, area):
            if isinstance(node, Branch):
                for index, part in enumerate(part_regions(node, region)[1:], start=1):
                    if node.axis is Axis.COLUMNS:
                        edge = Region(part.x - 1, region.y, 1, region.height)
                    else:
                        edge = Region(region.x, part.y, region.width, 1)
                    found.append(Divider(path, index, node.axis, edge))
        return tuple(reversed(found))

    def neighbour(self, key: K, direction: Direction, area: Region) -> K | None:
        """The pane that one comes to in a direction: of several the one with the longest common edge."""
        rectangles = self.rectangles(area)
        here = rectangles[key]
        best, longest = None, 0
        for other, region in rectangles.items():
            if touches(here, region, direction):
                edge = common_edge(here, region, direction.axis)
                if edge > longest:
                    best, longest = other, edge
        return best

    def _moved(self, path: tuple[int, ...], index: int, cells: int, area: Region) -> SplitTree[K]:
        node, region = next((node, region) for node, region, way in places(self.root, area) if way == path)
        assert isinstance(node, Branch)
        sizes = sizes_of(node, region.size)
        least = [along(smallest(part), node.axis) for part in node.parts]
        cells = max(least[index - 1] - sizes[index - 1], min(cells, sizes[index] - least[index]))
        sizes[index - 1] += cells
        sizes[index] -= cells
        return SplitTree(node_with(self.root, path, replace(node, weights=tuple(map(float, sizes)))))
