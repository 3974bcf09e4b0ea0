"""The machines as their sources give them: read off the event loop, and again whenever a file of theirs changes."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.inventory import Inventory, InventoryReader, Source
from mooring.inventory.watcher import SourceWatcher
from mooring.model.machine import Machine
from mooring.store.recent import Recent
from mooring.ui.browser.neighbours import Neighbours
from mooring.ui.browser.rows import rows_of
from mooring_widgets.machine_list import MachineRow


@dataclass(frozen=True, slots=True)
class Listing:
    """An inventory made ready to be shown, in the thread that read it.

    Machines by name, a row for each, and who is reached through whom.
    """

    inventory: Inventory
    machines: Mapping[str, Machine]
    rows: Sequence[MachineRow]
    neighbours: Neighbours


class InventoryFeed:
    """Gives a `Listing` to `show`, on the loop, each time that sources have answered.

    Sources are read at the same time, each in a thread; one that is slow holds nothing up, neither the others nor what
    is asked for meanwhile.
    """

    def __init__(
        self,
        screen: Screen[Any],
        sources: Sequence[Source],
        load_recent: Callable[[], Recent],
        show: Callable[[Listing], None],
    ) -> None:
        self._screen = screen
        self._load_recent = load_recent
        self._show = show
        self._names = tuple(source.name for source in sources)
        self._reader = InventoryReader(sources)
        self._watcher = SourceWatcher(self._files_changed)
        self._replacing: tuple[Source, ...] | None = None
        self._reading = False
        self._closed = False
        self._lock = threading.Lock()
        self._is_started = False
        self._untold: list[Callable[[], None]] = []
        self._frozen = 0

    def read_ahead(self) -> None:
        """Read everything already, before there is a loop."""
        self._reading = True
        threading.Thread(target=self._read, args=(self._names,), name="read machines", daemon=True).start()

    def start(self) -> None:
        """Show what has been read, or read everything, and look for changes from then on."""
        with self._lock:
            self._is_started = True
            tellings, self._untold = self._untold, []
        for tell in tellings:
            tell()
        if not (tellings or self._reading):
            self.read()
        self._watcher.start()

    def read(self, names: Collection[str] | None = None) -> None:
        """Read sources anew, all or those of `names`; what was known of them counts until they have answered."""
        if self._closed:
            return
        wanted = self._names if names is None else names
        if self._reading:
            self._reader.include(wanted)
        else:
            self._begin(wanted)

    def replace_sources(self, sources: Sequence[Source]) -> None:
        """Read these from now on. What is known of those that stay by name counts until they have answered."""
        self._replacing = tuple(sources)
        if self._reading:
            # What is being waited for may hang, and may be what the person has just taken out.
            self._reader.close()
        else:
            self._begin_with_others()

    def close(self) -> None:
        """Read nothing any more; programs that sources wait for end."""
        self._closed = True
        self._watcher.close()
        self._reader.close()

    def _begin(self, names: Collection[str]) -> None:
        self._reading = True
        work = partial(self._read, names)
        self._screen.run_worker(work, thread=True, group="inventory", name="read machines")

    def _read(self, names: Collection[str]) -> None:
        """In a thread. What is posted from it is dropped where the screen is gone."""
        recent = self._load_recent()
        for inventory in self._reader.read(names):
            machines = {machine.name: machine for machine in inventory.machines}
            listing = Listing(
                inventory, machines, rows_of(inventory.machines, recent), Neighbours.among(inventory.machines)
            )
            self._freeze(len(machines))
            self._tell(self._show, listing)
            self._watcher.watch(self._reader.looks)
        self._tell(self._done)

    def _tell(self, act: Callable[..., None], *arguments: Listing) -> None:
        """Have something done on the loop; what was read ahead of it waits for `start`."""
        with self._lock:
            if not self._is_started:
                self._untold.append(partial(act, *arguments))
                return
        self._screen.call_later(act, *arguments)

    def _freeze(self, count: int) -> None:
        """Keep the collector from walking the machines: ten thousand of them are felt between two keys.

        Not at every reading: what is garbage in circles at that moment would stay for good.
        """
        if count > 1.5 * self._frozen:
            self._frozen = count
            gc.freeze()

    def _done(self) -> None:
        self._reading = False
        if self._replacing is not None:
            self._begin_with_others()
        elif self._reader.has_more:
            self._begin(())

    def _begin_with_others(self) -> None:
        sources, self._replacing = self._replacing or (), None
        if not self._closed:
            self._reader = InventoryReader(sources, known=self._reader.results)
            self._names = tuple(source.name for source in sources)
            self._begin(self._names)

    def _files_changed(self, names: frozenset[str]) -> None:
        """In the watcher's thread."""
        self._screen.call_later(self.read, names)
