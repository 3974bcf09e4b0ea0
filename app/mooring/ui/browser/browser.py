"""The browser's work: reading the machines, listing them, and telling of the one under the cursor."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from mooring.inventory import Inventory
from mooring.model.machine import Machine
from mooring.ui.actions import Actions
from mooring.ui.browser.detail_pane import DetailPane
from mooring.ui.browser.first_steps import first_steps, nothing_in_list
from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.browser.rows import rows_of
from mooring.ui.services import Services
from mooring_widgets.machine_list import MachineRow, RowState


class Browser:
    """Fills the list and the details; `screen` runs its threads."""

    def __init__(self, screen: Screen[Any], services: Services, panel: MachinesPanel, details: DetailPane) -> None:
        self._screen = screen
        self._services = services
        self._panel = panel
        self._details = details
        self._machines: dict[str, Machine] = {}
        self._states: dict[str, RowState] = {}
        self._loading = True
        self._once_listed: list[Callable[[], None]] = []

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("reload", self.reload)

    @property
    def machines(self) -> tuple[Machine, ...]:
        """All machines."""
        return tuple(self._machines.values())

    @property
    def current(self) -> Machine | None:
        """The machine under the cursor."""
        return self.find(self._panel.current_key)

    def find(self, name: str | None) -> Machine | None:
        """A machine by its name."""
        return self._machines.get(name or "")

    def start(self) -> None:
        """Show that the machines are being read, and read them."""
        self._panel.set_rows((), nothing_at_all=nothing_in_list(loading=True))
        self.reload()

    def once_listed(self, act: Callable[[], None]) -> None:
        """Do something as soon as the machines are known."""
        if self._loading:
            self._once_listed.append(act)
        else:
            act()

    def reload(self) -> None:
        """Read the machines again; cursor, marks and filter stay."""
        self._screen.run_worker(self._load, thread=True, exclusive=True, group="inventory", name="read machines")

    def look_at(self, name: str | None) -> None:
        """Have the details tell of a machine; without any, what to do about that."""
        instead = None
        if not self._machines and not self._loading:
            instead = first_steps(self._services.config_file, self._services.machines_file)
        self._details.look_at(self.find(name), instead=instead)

    def show_states(self, states: dict[str, RowState]) -> None:
        """Show what goes on with each machine; those not named are idle."""
        for name in {*states, *self._states}:
            if states.get(name) != self._states.get(name):
                self._panel.set_state(name, states.get(name, RowState.IDLE))
        self._states = states

    def _load(self) -> None:
        inventory = self._services.load_inventory()
        machines, rows = {machine.name: machine for machine in inventory.machines}, rows_of(inventory.machines)
        gc.freeze()  # A collection that walks ten thousand machines is felt between two keys.
        self._screen.app.call_from_thread(self._show, inventory, machines, rows)

    def _show(self, inventory: Inventory, machines: dict[str, Machine], rows: list[MachineRow]) -> None:
        self._loading = False
        self._machines = machines
        self._panel.set_rows(rows, nothing_at_all=nothing_in_list(loading=False))
        self._panel.show_problems((*self._services.problems, *inventory.problems))
        self.look_at(self._panel.current_key)
        acts, self._once_listed = self._once_listed, []
        for act in acts:
            act()
