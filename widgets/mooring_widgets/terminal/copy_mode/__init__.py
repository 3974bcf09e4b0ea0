"""Copy mode: a cursor that walks over the text by keys, as vi's and less's do, selects, and copies."""

from __future__ import annotations

from mooring_widgets.terminal.copy_mode.command import COPY_MODE_KEYS, Command
from mooring_widgets.terminal.copy_mode.copy_mode import CopyMode

__all__ = ["COPY_MODE_KEYS", "Command", "CopyMode"]
