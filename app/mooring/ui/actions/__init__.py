"""What a person can have Mooring do: each action by a name, whichever key, menu or click asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring.ui.actions.actions import Actions
    from mooring.ui.actions.palette import MooringCommands

__all__ = ["Actions", "MooringCommands"]

_HOMES = {
    "Actions": "actions",
    "MooringCommands": "palette",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
