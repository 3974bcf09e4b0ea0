"""What can be done to the list as a whole from anywhere, by the palette: in the list its own keys do it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mooring.ui.actions import Actions
from mooring.ui.browser.machines_panel import MachinesPanel


class ListActions:
    """The list's own actions under the names of the catalogue."""

    def __init__(self, panel: MachinesPanel) -> None:
        self._panel = panel

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        view = self._panel.view
        deeds: dict[str, Callable[[], object]] = {
            "mark-all": view.action_mark_all,
            "invert-marks": view.action_invert_marks,
            "unmark-all": view.action_clear_marks,
            "fold-all": partial(view.action_fold_all, folded=True),
            "unfold-all": partial(view.action_fold_all, folded=False),
            "toggle-groups": view.action_toggle_groups,
            "next-order": view.action_next_order,
            "clear-filter": self._panel.clear_filter,
        }
        for name, run in deeds.items():
            actions.handle(name, run)
