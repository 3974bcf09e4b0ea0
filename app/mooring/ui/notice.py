"""A word on what just happened, for the line at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A word for the status line."""

    text: str
    is_warning: bool = False


Say = Callable[[Notice], None]
"""Tells the person."""
