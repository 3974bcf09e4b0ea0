"""What there is to say of an action, apart from what does it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be asked for. `in_palette` is off where it means nothing without a place or a key."""

    name: str
    title: str
    in_palette: bool = True
