"""The command palette: every action by its name, and every machine."""

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
        main = self.screen
        if not isinstance(main, MainScreen):
            return
        keys = main.keys
        yield PaletteCommand("Open a session", "enter: native, in a tab", main.action_open_machine)
        yield PaletteCommand("Hand over to the system ssh", "o, or leader s", main.action_hand_over)
        yield PaletteCommand("Copy the ssh command line", "y", main.action_copy_ssh_line)
        yield PaletteCommand("Filter the machines", "/", main.action_filter)
        yield PaletteCommand("Go to the machines", "leader m", main.action_focus_machines)
        yield PaletteCommand("Read the machines again", "files may have changed", main.reload)
        yield PaletteCommand("Next tab", f"{keys.next_tab}, or leader n", partial(main.action_neighbour_tab, 1))
        yield PaletteCommand(
            "Previous tab", f"{keys.previous_tab}, or leader p", partial(main.action_neighbour_tab, -1)
        )
        yield PaletteCommand("Choose a theme", "for this run", self.app.search_themes)
        yield PaletteCommand("Show the keys", "?", main.action_help)
        yield PaletteCommand("Quit", "q", main.action_quit)

    def _machines(self) -> Iterable[PaletteCommand]:
        main = self.screen
        if not isinstance(main, MainScreen):
            return
        for machine in main.machines:
            yield PaletteCommand(f"Open {machine.name}", machine.address, partial(main.open_machine, machine))
