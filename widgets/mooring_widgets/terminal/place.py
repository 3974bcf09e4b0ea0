"""A cell of the terminal's text, wherever the view is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell: `line` is counted from the first line that ever was, so that scrolling moves nothing."""

    line: int
    column: int
