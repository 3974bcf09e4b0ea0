"""The browser's work: reading the machines, listing them, and telling of the one under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Any

from textual.screen import Screen

from mooring.engine.client import EngineClient
from mooring.inventory import Inventory
from mooring.model.machine import Machine
from mooring.store.recent import RecentFile
from mooring.ui.actions import Actions
from mooring.ui.browser.background import Background
from mooring.ui.browser.detail_pane import DetailPane
from mooring.ui.browser.first_steps import NO_MACHINES, NOT_ON_A_MACHINE, first_steps, nothing_in_list
from mooring.ui.browser.inventory_feed import InventoryFeed, Listing
from mooring.ui.browser.machine_states import MachineStates
from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.browser.neighbours import Neighbours
from mooring.ui.browser.probing import Probing
from mooring.ui.browser.sources_dialog import SourcesDialog
from mooring.ui.browser.visits import Visits
from mooring.ui.handover.ssh_actions import Notice
from mooring.ui.services import Services
from mooring.ui.settings.in_force import SettingsInForce
from mooring_widgets.machine_list import RowState

Say = Callable[[Notice], None]


class Browser:
    """Fills the list and the details; `screen` runs its threads. `close` ends what it began."""

    def __init__(
        self,
        screen: Screen[Any],
        services: Services,
        settings: SettingsInForce,
        panel: MachinesPanel,
        details: DetailPane,
        engine: Callable[[], Awaitable[EngineClient]],
        say: Say,
        *,
        listed: Callable[[], None],
    ) -> None:
        """`listed` is called when the list has other machines than before."""
        self._listed = listed
        self._screen = screen
        self._services = services
        self._settings = settings
        self._probes_visible = services.probe_visible
        self._in_view: tuple[str, ...] = ()
        self._panel = panel
        self._details = details
        self._say = say
        recent_file = None if services.recent_file is None else RecentFile(services.recent_file)
        self.visits = Visits(screen, recent_file, self._visited)
        self._feed = InventoryFeed(screen, services.sources, self.visits.load, self._show)
        self._inventory = Inventory()
        self._machines: Mapping[str, Machine] = {}
        self._neighbours = Neighbours()
        self._states = MachineStates(panel)
        self._probing = Probing(screen, engine, self.find, self._states, self._tell_more, self._tell_probes)
        self._loading = True
        self._once_listed: list[Callable[[], None]] = []
        self._goal: str | None = None

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("reload", self.reload)
        actions.handle("sources", self._tell_sources)
        actions.handle("probe", self._probe_chosen)
        actions.handle("probe-listed", self._probe_listed)

    @property
    def machines(self) -> tuple[Machine, ...]:
        """All machines."""
        return tuple(self._machines.values())

    @property
    def is_empty(self) -> bool:
        """Whether all sources have answered, and named no machine."""
        return not self._machines and not self._loading

    @property
    def current(self) -> Machine | None:
        """The machine under the cursor."""
        return self.find(self._panel.current_key)

    @property
    def chosen(self) -> tuple[Machine, ...]:
        """The marked machines; where none is marked, the one under the cursor."""
        marked = self._panel.marked_keys
        if marked:
            return tuple(machine for name, machine in self._machines.items() if name in marked)
        return () if self.current is None else (self.current,)

    def find(self, name: str | None) -> Machine | None:
        """A machine by its name."""
        return self._machines.get(name or "")

    def start(self) -> None:
        """Show that the machines are being read, and read them."""
        self._panel.set_loading(True)
        self._panel.set_rows((), nothing_at_all=nothing_in_list())
        self._feed.start()

    def close(self) -> None:
        """Read nothing any more."""
        self._feed.close()

    def once_listed(self, act: Callable[[], None]) -> None:
        """Do something as soon as every source has answered."""
        if self._loading:
            self._once_listed.append(act)
        else:
            act()

    def go_to_once_listed(self, name: str) -> None:
        """Put the cursor on a machine that is about to be read."""
        self._goal = name

    def reload(self, sources: Collection[str] | None = None) -> None:
        """Read the machines again, of all sources or some; cursor, marks and filter stay."""
        self._panel.set_loading(True)
        self._feed.read(sources)

    def look_at(self, name: str | None) -> None:
        """Have the details tell of a machine; without any, what to do about that."""
        instead = None
        if self.is_empty:
            instead = first_steps(self._services.config_file, self._services.machines_file)
        machine = self.find(name)
        is_reading = not self._inventory.complete
        self._details.look_at(machine, self._background(machine), instead=instead, is_reading=is_reading)

    def look_at_view(self, names: Iterable[str]) -> None:
        """Other machines are in view: find out how it stands with them, where that is wanted."""
        self._in_view = tuple(names)
        if self._probes_visible:
            self._probing.look_at_view(self._in_view)

    def follow_settings(self, changed: frozenset[str]) -> None:
        """Act on options that are others now: what is wrong, which sources there are, whether anybody is looked for."""
        self._show_problems()
        if "probe_visible" in changed:
            self._probes_visible = self._settings.now.probe_visible
            self._probing.look_at_view(self._in_view if self._probes_visible else ())
        if changed & {"source", "known_hosts"} and self._services.sources_of is not None:
            self._panel.set_loading(True)
            self._feed.replace_sources(self._services.sources_of(self._settings.now))

    def show_states(self, states: Mapping[str, RowState]) -> None:
        """Show what goes on with each machine that has sessions; those not named have none."""
        for name in self._states.show_sessions(states):
            self._tell_more(name)

    def say_that_there_is_none(self) -> None:
        """Answer a key that wants a machine where none is under the cursor."""
        self._say(Notice(NO_MACHINES if self.is_empty else NOT_ON_A_MACHINE))

    def _background(self, machine: Machine | None) -> Background:
        if machine is None:
            return Background()
        jump, beside = self._neighbours.beside(machine)
        return Background(
            self._states.finding(machine.name),
            self._states.is_checking(machine.name),
            self.visits.recent.of(machine.name),
            jump,
            beside,
            self._neighbours.behind.get(machine.name, ()),
        )

    def _tell_more(self, name: str) -> None:
        if name == self._panel.current_key:
            self._details.tell_more(self._background(self.current))

    def _tell_probes(self, text: str) -> None:
        self._say(Notice(text))

    def _probe_chosen(self) -> None:
        if chosen := self.chosen:
            self._probing.look_for([machine.name for machine in chosen])
        else:
            self.say_that_there_is_none()

    def _probe_listed(self) -> None:
        """Look for all that the filter lets through; once more gives that up."""
        if self._probing.is_asked:
            self._probing.stop()
        else:
            self._probing.look_for(self._panel.view.contents.shown_keys())

    def _visited(self) -> None:
        self._feed.read(())

    def _show(self, listing: Listing) -> None:
        inventory = self._inventory = listing.inventory
        self._machines = listing.machines
        self._neighbours = listing.neighbours
        self._loading = self._loading and not inventory.complete
        self._panel.set_rows(listing.rows, nothing_at_all=nothing_in_list())
        if self._goal is not None and self._goal in self._machines:
            self._panel.view.select(self._goal)
            self._goal = None
        self._panel.set_loading(not inventory.complete)
        self._show_problems()
        if isinstance(dialog := self._screen.app.screen, SourcesDialog):
            dialog.show(inventory.sources)
        self._probing.follow(self._machines.keys())
        self.look_at(self._panel.current_key)
        self._listed()
        if not self._loading:
            acts, self._once_listed = self._once_listed, []
            for act in acts:
                act()

    def _show_problems(self) -> None:
        self._panel.show_problems((*self._settings.problems, *self._inventory.problems))

    def _tell_sources(self) -> None:
        self._screen.app.push_screen(SourcesDialog(self._inventory.sources, self._settings.problems, self.reload))
