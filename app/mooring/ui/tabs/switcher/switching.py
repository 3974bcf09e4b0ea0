"""The switcher at work: what it offers, and going where it says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from textual.screen import Screen

from mooring.model.machine import Machine
from mooring.ui.actions import Actions
from mooring.ui.tabs.deck import Deck
from mooring.ui.tabs.switcher.goals import Goal
from mooring.ui.tabs.switcher.switcher_dialog import SwitcherDialog
from mooring.ui.tabs.tab_desk import TabDesk
from mooring_widgets.session_tabs.item import TAB_SIGNS

OpenMachine = Callable[[Machine], Awaitable[None]]


class Switching:
    """Goes to tabs and opens machines by name. Dialogs go over `screen`."""

    def __init__(
        self,
        screen: Screen[Any],
        deck: Deck,
        tabs: TabDesk,
        machines: Callable[[], Iterable[Machine]],
        open_machine: OpenMachine,
    ) -> None:
        self._screen = screen
        self._deck = deck
        self._tabs = tabs
        self._machines = machines
        self._open_machine = open_machine

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("go-to-tab", self._ask)

    def _ask(self) -> None:
        dialog = SwitcherDialog(
            [*self._open_goals(), *self._closed_goals()], title="Go to", nothing="there are no tabs and no machines"
        )
        self._screen.app.push_screen(dialog, self._go)

    def _open_goals(self) -> list[Goal]:
        """The tabs, the one that was left last before all others: enter alone goes back and forth."""
        items = self._deck.tab_items()
        numbers = {item.key: number for number, item in enumerate(items, start=1)}
        by_key = {item.key: item for item in items}
        return [
            Goal(key, by_key[key].title, by_key[key].detail, TAB_SIGNS[by_key[key].state], numbers[key])
            for key in self._deck.by_last_use()
        ]

    def _closed_goals(self) -> Iterable[Goal]:
        """The machines that have no tab."""
        open_names = {tab.machine.name for tab in self._deck.tabs if tab.machine is not None}
        for machine in self._machines():
            if machine.name not in open_names:
                yield Goal(machine.name, machine.name, machine.address)

    async def _go(self, goal: Goal | None) -> None:
        if goal is None:
            return
        if goal.is_open:
            self._tabs.go_to(goal.key)
            return
        machine = next((machine for machine in self._machines() if machine.name == goal.key), None)
        if machine is not None:
            await self._open_machine(machine)
