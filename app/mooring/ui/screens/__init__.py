"""The screens: each puts panes side by side and passes messages between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring.ui.screens.desks import Desks
    from mooring.ui.screens.main_screen import MainScreen

__all__ = ["Desks", "MainScreen"]

_HOMES = {
    "Desks": "desks",
    "MainScreen": "main_screen",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
