"""The desktop that Mooring runs on, where there is one: its clipboard, and what opens an address."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring.desktop.clipboard import ClipboardProgram, find_clipboard
    from mooring.desktop.opener import can_be_opened, find_opener, open_address
else:

    def __getattr__(name: str) -> object:
        """Load what is asked for: who needs one part does not wait for all."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = ["ClipboardProgram", "can_be_opened", "find_clipboard", "find_opener", "open_address"]

_HOMES = {
    "ClipboardProgram": "clipboard",
    "can_be_opened": "opener",
    "find_clipboard": "clipboard",
    "find_opener": "opener",
    "open_address": "opener",
}
"""The module of each of them."""
