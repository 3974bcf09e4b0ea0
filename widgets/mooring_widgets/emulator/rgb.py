"""True colours."""

from __future__ import annotations

from typing import NamedTuple


class Rgb(NamedTuple):
    """A colour that was sent as true colour; each part is 0 to 255."""

    red: int
    green: int
    blue: int
