"""The desktop that Mooring runs on, where there is one: its clipboard, and what opens an address."""

from __future__ import annotations

from mooring.desktop.clipboard import ClipboardProgram, find_clipboard
from mooring.desktop.opener import can_be_opened, find_opener, open_address

__all__ = ["ClipboardProgram", "can_be_opened", "find_clipboard", "find_opener", "open_address"]
