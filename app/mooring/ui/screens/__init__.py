"""The screens: each puts panes side by side and passes messages between them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring.ui.screens.desks import Desks
    from mooring.ui.screens.main_screen import MainScreen
else:

    def __getattr__(name: str) -> object:
        """Load what is asked for: who needs one part does not wait for all."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = ["Desks", "MainScreen"]

_HOMES = {
    "Desks": "desks",
    "MainScreen": "main_screen",
}
"""The module of each of them."""
