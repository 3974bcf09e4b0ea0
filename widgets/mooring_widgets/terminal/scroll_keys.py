"""Which keys move over the scrollback."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScrollKeys:
    """Names of keys, as in bindings; none of them reaches the remote program."""

    page_up: str = "shift+pageup"
    page_down: str = "shift+pagedown"
    oldest: str = "shift+home"
    live: str = "shift+end"
