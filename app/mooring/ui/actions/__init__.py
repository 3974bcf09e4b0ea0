"""What a person can have Mooring do: each action by a name, whichever key, menu or click asks for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring.ui.actions.actions import Actions
    from mooring.ui.actions.palette import MooringCommands
else:

    def __getattr__(name: str) -> object:
        """Load what is asked for: who needs one part does not wait for all."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = ["Actions", "MooringCommands"]

_HOMES = {
    "Actions": "actions",
    "MooringCommands": "palette",
}
"""The module of each of them."""
