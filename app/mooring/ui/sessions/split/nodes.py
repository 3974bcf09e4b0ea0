"""The nodes of a divided tab: panes, and branches of parts side by side or stacked. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Axis(Enum):
    """How the parts of a branch lie: side by side, or stacked."""

    COLUMNS = "columns"
    LINES = "lines"

    @property
    def gap(self) -> int:
        """Cells between two parts."""
        return 1 if self is Axis.COLUMNS else 0


class Direction(Enum):
    """Towards where: an axis, and a step along it, 1 towards later parts and -1 towards earlier ones."""

    LEFT = (Axis.COLUMNS, -1)
    RIGHT = (Axis.COLUMNS, 1)
    UP = (Axis.LINES, -1)
    DOWN = (Axis.LINES, 1)

    def __init__(self, axis: Axis, step: int) -> None:
        self.axis = axis
        self.step = step


@dataclass(frozen=True, slots=True)
class Leaf(Generic[K]):
    """One pane."""

    key: K


@dataclass(frozen=True, slots=True)
class Branch(Generic[K]):
    """Parts in a row or a stack; `weights` are their shares of it, in any unit."""

    axis: Axis
    parts: tuple[Node[K], ...]
    weights: tuple[float, ...]


Node = Leaf[K] | Branch[K]


def keys_of(node: Node[K]) -> Iterator[K]:
    """The panes of a node, from left to right and from top to bottom."""
    if isinstance(node, Leaf):
        yield node.key
    else:
        for part in node.parts:
            yield from keys_of(part)


def split_node(node: Node[K], key: K, new: K, axis: Axis) -> Node[K]:
    """The same with a pane halved: `new` gets the right or lower half."""
    if isinstance(node, Branch):
        return replace(node, parts=tuple(split_node(part, key, new, axis) for part in node.parts))
    return Branch(axis, (node, Leaf(new)), (1.0, 1.0)) if node.key == key else node


def node_without(node: Node[K], key: K) -> Node[K] | None:
    """The same without a pane; None where it was that pane alone."""
    if isinstance(node, Leaf):
        return None if node.key == key else node
    left = [
        (part, weight) for old, weight in zip(node.parts, node.weights, strict=True) if (part := node_without(old, key))
    ]
    return replace(node, parts=tuple(part for part, _ in left), weights=tuple(weight for _, weight in left))


def flattened(node: Node[K]) -> Node[K]:
    """The same without branches of one part, and without any along the axis of the one that it is in."""
    if isinstance(node, Leaf):
        return node
    parts: list[Node[K]] = []
    weights: list[float] = []
    for old, weight in zip(node.parts, node.weights, strict=True):
        part = flattened(old)
        if isinstance(part, Branch) and part.axis is node.axis:
            parts += part.parts
            weights += (weight * inner / sum(part.weights) for inner in part.weights)
        else:
            parts.append(part)
            weights.append(weight)
    return parts[0] if len(parts) == 1 else Branch(node.axis, tuple(parts), tuple(weights))


def path_to(node: Node[K], key: K) -> tuple[int, ...]:
    """The numbers of the parts on the way to a pane."""
    if isinstance(node, Branch):
        for index, part in enumerate(node.parts):
            if key in keys_of(part):
                return (index, *path_to(part, key))
    return ()


def node_at(node: Node[K], path: Sequence[int]) -> Node[K]:
    """The node at the end of a path, by numbers of parts."""
    for index in path:
        assert isinstance(node, Branch)
        node = node.parts[index]
    return node


def node_with(node: Node[K], path: Sequence[int], new: Node[K]) -> Node[K]:
    """The same with another node at the end of a path."""
    if not path:
        return new
    assert isinstance(node, Branch)
    first, *rest = path
    return replace(
        node,
        parts=tuple(node_with(part, rest, new) if index == first else part for index, part in enumerate(node.parts)),
    )
