"""Which keys move over the scrollback."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScrollKeys:
    """Names of keys, as in bindings, as many as one likes; none of them reaches the remote program."""

    page_up: tuple[str, ...] = ("shift+pageup",)
    page_down: tuple[str, ...] = ("shift+pagedown",)
    oldest: tuple[str, ...] = ("shift+home",)
    live: tuple[str, ...] = ("shift+end",)
