"""The command palette: every action by its title and with its keys, and every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from mooring.ui.screens.main_screen import MainScreen


@dataclass(frozen=True, slots=True)
class PaletteCommand:
    """One entry."""

    title: str
    help: str
    run: Callable[[], object]


class MooringCommands(Provider):
    """Actions are listed at once, machines when something is typed."""

    async def discover(self) -> Hits:
        """What stands there before anything is typed."""
        for entry in self._actions():
            yield DiscoveryHit(entry.title, entry.run, help=entry.help)

    async def search(self, query: str) -> Hits:
        """What fits."""
        matcher = self.matcher(query)
        for entry in (*self._actions(), *self._machines()):
            score = matcher.match(entry.title)
            if score > 0:
                yield Hit(score, matcher.highlight(entry.title), entry.run, help=entry.help)

    def _actions(self) -> Iterable[PaletteCommand]:
        if isinstance(main := self.screen, MainScreen):
            for action in main.actions.for_palette:
                run = partial(main.perform, action.name)
                yield PaletteCommand(action.title, main.keymap.where(action.name), run)

    def _machines(self) -> Iterable[PaletteCommand]:
        if isinstance(main := self.screen, MainScreen):
            for machine in main.browser.machines:
                run = partial(main.call_later, main.desk.open, machine)
                yield PaletteCommand(f"Open {machine.name}", machine.address, run)
