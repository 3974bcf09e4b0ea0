"""The desktop that Mooring runs on, where there is one: its clipboard, and what opens an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring.desktop.clipboard import ClipboardProgram, find_clipboard
    from mooring.desktop.opener import can_be_opened, find_opener, open_address

__all__ = ["ClipboardProgram", "can_be_opened", "find_clipboard", "find_opener", "open_address"]

_HOMES = {
    "ClipboardProgram": "clipboard",
    "can_be_opened": "opener",
    "find_clipboard": "clipboard",
    "find_opener": "opener",
    "open_address": "opener",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
