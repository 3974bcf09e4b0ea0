"""The command palette: every action by its title and with its keys, and every machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.markup import escape
from textual.style import Style

from mooring.ui.screens.main_screen import MainScreen
from mooring_widgets.plain_text import plain_text

MOST_MACHINES = 50
"""Machines that are offered for what was typed."""


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
            yield DiscoveryHit(entry.title, entry.run, help=escape(entry.help))

    async def search(self, query: str) -> Hits:
        """What fits."""
        search = FuzzySearch()
        for entry in (*self._actions(), *self._machines(query)):
            score, offsets = search.match(query, entry.title)
            if score > 0:
                yield Hit(score, self._highlighted(entry.title, offsets), entry.run, help=escape(entry.help))

    def _highlighted(self, title: str, offsets: Sequence[int]) -> Content:
        """The title with the letters that fit. Textual 8.2.8 takes a title for markup: machines may be called so."""
        content = Content(title)
        for offset in offsets:
            content = content.stylize(self.match_style or Style(reverse=True), offset, offset + 1)
        return content

    def _actions(self) -> Iterable[PaletteCommand]:
        if isinstance(main := self.screen, MainScreen):
            for action in main.actions.for_palette:
                run = partial(main.perform, action.name)
                yield PaletteCommand(action.title, main.keymap.where(action.name), run)

    def _machines(self, query: str) -> Iterable[PaletteCommand]:
        """The first machines that have the letters of the query: weighing ten thousand takes longer than a key may."""
        if not isinstance(main := self.screen, MainScreen):
            return
        # Each letter where it comes first, and never tried elsewhere: the time stays linear, whatever the names are.
        pattern = "".join(f"(?>.*?{re.escape(letter)})" for letter in query.replace(" ", ""))
        letters = re.compile(pattern, re.IGNORECASE | re.DOTALL)
        fitting = (machine for machine in main.browser.machines if letters.match(f"Open{machine.name}"))
        for machine in islice(fitting, MOST_MACHINES):
            run = partial(main.call_later, main.desks.session_desk.open, machine)
            yield PaletteCommand(f"Open {plain_text(machine.name)}", plain_text(machine.address), run)
