"""Copy mode: a cursor that walks over the text by keys, as vi's and less's do, selects, and copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring_widgets.terminal.copy_mode.command import COPY_MODE_KEYS, Command
    from mooring_widgets.terminal.copy_mode.copy_mode import CopyMode

__all__ = ["COPY_MODE_KEYS", "Command", "CopyMode"]

_HOMES = {
    "COPY_MODE_KEYS": "command",
    "Command": "command",
    "CopyMode": "copy_mode",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
