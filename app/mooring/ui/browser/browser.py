"""The browser's work: reading the machines, listing them, and telling of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from mooring.inventory import Inventory, SourceStatus
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
from mooring.ui.browser.visits import Visits
from mooring.ui.notice import Notice, Say
from mooring.ui.services import Services
from mooring.ui.settings.in_force import SettingsInForce
from mooring_widgets.machine_list import RowState

if TYPE_CHECKING:
    from mooring.ui.browser.probing import Probing


class Browser:
    """Fills the list and the details; `screen` runs its threads. `close` ends what it began."""

    def __init__(
        self,
        screen: Screen[Any],
        services: Services,
        settings: SettingsInForce,
        panel: MachinesPanel,
        details: DetailPane,
        say: Say,
        *,
        listed: Callable[[], None],
    ) -> None:
        """`listed` is called when the list has other machines than before."""
        self._say = say
        self._listed = listed
        self._screen = screen
        self._services = services
        self._settings = settings
        self._probes_visible = services.probe_visible
        self._panel = panel
        self._details = details
        recent_file = None if services.recent_file is None else RecentFile(services.recent_file)
        self.visits = Visits(screen, recent_file, self._visited)
        self._feed = InventoryFeed(screen, services.sources, self.visits.load, self._show)
        self._inventory = Inventory()
        self._machines: Mapping[str, Machine] = {}
        self._neighbours = Neighbours()
        self.states = MachineStates(panel)
        self._probing: Probing | None = None
        self._in_view: tuple[str, ...] = ()
        self._tell_of_sources: Callable[[Sequence[SourceStatus]], None] | None = None
        self._loading = True
        self._once_listed: list[Callable[[], None]] = []
        self._once_shown: list[Callable[[], None]] = []
        self._goal: str | None = None

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("reload", self.reload)

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

    def read_ahead(self) -> None:
        """Begin to read the machines, while the screen is not there yet."""
        self._feed.read_ahead()

    def start(self) -> None:
        """Show that the machines are being read, and read them."""
        self._feed.start()
        if not self._machines:
            self._panel.set_loading(self._loading)
            self._panel.set_rows((), nothing_at_all=nothing_in_list())

    def close(self) -> None:
        """Read nothing any more."""
        self._feed.close()

    def once_listed(self, act: Callable[[], None]) -> None:
        """Do something as soon as every source has answered."""
        if self._loading:
            self._once_listed.append(act)
        else:
            act()

    def once_shown(self, act: Callable[[], None]) -> None:
        """Do something when the next machines are put into the list, or it turned out that there are none."""
        self._once_shown.append(act)

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
        if self._probing is not None and self._probes_visible:
            self._probing.look_at_view(self._in_view)

    def probe_by(self, probing: Probing) -> None:
        """Have machines looked for, those in view first."""
        self._probing = probing
        self.look_at_view(self._in_view)

    def follow_sources(self, tell: Callable[[Sequence[SourceStatus]], None]) -> None:
        """Tell somebody how it stands with the sources, now and whenever that is new."""
        self._tell_of_sources = tell
        tell(self._inventory.sources)

    def follow_settings(self, changed: frozenset[str]) -> None:
        """Act on options that are others now: what is wrong, which sources there are, whether anybody is looked for."""
        self._show_problems()
        if "probe_visible" in changed:
            self._probes_visible = self._settings.now.probe_visible
            if self._probing is not None:
                self._probing.look_at_view(self._in_view if self._probes_visible else ())
        if changed & {"source", "known_hosts"} and self._services.sources_of is not None:
            self._panel.set_loading(True)
            self._feed.replace_sources(self._services.sources_of(self._settings.now))

    def show_states(self, states: Mapping[str, RowState]) -> None:
        """Show what goes on with each machine that has sessions; those not named have none."""
        for name in self.states.show_sessions(states):
            self.tell_more(name)

    def say_that_there_is_none(self) -> None:
        """Answer a key that wants a machine where none is under the cursor."""
        self._say(Notice(NO_MACHINES if self.is_empty else NOT_ON_A_MACHINE))

    def _background(self, machine: Machine | None) -> Background:
        if machine is None:
            return Background()
        jump, beside = self._neighbours.beside(machine)
        return Background(
            self.states.finding(machine.name),
            self.states.is_checking(machine.name),
            self.visits.recent.of(machine.name),
            jump,
            beside,
            self._neighbours.behind.get(machine.name, ()),
        )

    def tell_more(self, name: str) -> None:
        """Something new is known of a machine."""
        if name == self._panel.current_key:
            self._details.tell_more(self._background(self.current))

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
        if self._tell_of_sources is not None:
            self._tell_of_sources(inventory.sources)
        if self._probing is not None:
            self._probing.follow(self._machines.keys())
        self.look_at(self._panel.current_key)
        self._listed()
        acts, self._once_shown = self._once_shown, []
        if not self._loading:
            acts, self._once_listed = [*acts, *self._once_listed], []
        for act in acts:
            act()

    def _show_problems(self) -> None:
        self._panel.show_problems((*self._settings.problems, *self._inventory.problems))
