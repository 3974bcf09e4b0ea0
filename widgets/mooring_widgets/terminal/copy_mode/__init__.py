"""Copy mode: a cursor that walks over the text by keys, as vi's and less's do, selects, and copies."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.terminal.copy_mode.command import COPY_MODE_KEYS, Command
    from mooring_widgets.terminal.copy_mode.copy_mode import CopyMode
else:

    def __getattr__(name: str) -> object:
        """Load what is asked for: who needs one part does not wait for all."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = ["COPY_MODE_KEYS", "Command", "CopyMode"]

_HOMES = {
    "COPY_MODE_KEYS": "command",
    "Command": "command",
    "CopyMode": "copy_mode",
}
"""The module of each of them."""
