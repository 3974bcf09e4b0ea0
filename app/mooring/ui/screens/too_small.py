"""What stands in for everything when the terminal is too small for anything."""

from __future__ import annotations

from textual.geometry import Size
from textual.widgets import Static

SMALLEST = Size(40, 10)
"""Columns and lines below which nothing can be laid out well."""


class TooSmall(Static):
    """Says how small the terminal is, and how large it should be."""

    def show(self, size: Size) -> None:
        """Follow the terminal's size."""
        self.update(f"Too small: {size.width}x{size.height}\nMooring needs {SMALLEST.width}x{SMALLEST.height}")


def is_too_small(size: Size) -> bool:
    """True for a terminal smaller than `SMALLEST`."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height
