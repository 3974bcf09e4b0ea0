"""The application: one screen, its styles, its driver, and the keys that come before all others."""

from __future__ import annotations

import signal
from typing import ClassVar

from rich.segment import Segments
from textual import events
from textual.binding import Binding, BindingType

from mooring.ui import actions
from mooring.ui.notice import Notice
from mooring.ui.screens.main_screen import MainScreen
from mooring.ui.services import Services
from mooring.ui.themed_app import ThemedApp
from mooring_styles import read_first_styles, read_further_styles

_HUNG_UP = 128 + signal.SIGHUP


class MooringApp(ThemedApp[None]):
    """Mooring's full-screen program. It wires: what it shows is the screen's, what it does the services'."""

    TITLE = "Mooring"
    READ_STYLES = staticmethod(read_first_styles)
    COMMANDS = {lambda: actions.MooringCommands}  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False),
        Binding("ctrl+c", "help_quit", show=False, system=True),
        # Textual's own comes before every other key, and could not be given to anything else.
        Binding("ctrl+p", "command_palette", show=False),
    ]

    def __init__(self, services: Services, *, desks_later: bool = False) -> None:
        """`desks_later` has the first picture shown before all is loaded that it can do without."""
        super().__init__(services.settings.theme)
        self._services = services
        self._main = MainScreen(services, self._add_further_styles, desks_later=desks_later)

    @property
    def main_screen(self) -> MainScreen:
        """The screen that everything is on."""
        return self._main

    def get_default_screen(self) -> MainScreen:
        """Start on it."""
        return self._main

    def _add_further_styles(self) -> None:
        styles = read_further_styles(sixteen_colours=self.has_sixteen_colours)
        self.stylesheet.add_source(styles, read_from=("mooring_styles", "further"))

    async def on_unmount(self) -> None:
        """The engine ends with the program, unless its terminal is gone: then nobody was asked, and settings decide."""
        await self._main.close(unasked=self.return_code == _HUNG_UP)

    async def on_event(self, event: events.Event) -> None:
        """The keymap comes before the terminal, which comes before everything else.

        The list of machines asks about its keys by itself, each in its turn: "/q" typed at once is a filter.
        """
        if isinstance(event, events.Key) and not event.is_forwarded and self._main.takes_keys:
            key = self._main.take_key(event)
            if key is None:
                return
            event = key
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Quit by the screen's way, which asks when sessions are open."""
        self._main.perform("quit")

    def action_help_quit(self) -> None:
        """Answer ctrl+c, which ends other programs, where everything else is told."""
        self._main.say(Notice("ctrl+q quits"))

    def _fatal_error(self) -> None:
        """End after a fault of ours with a traceback that shows no values.

        Textual 8.2.8 prints the variables of every frame: answers to prompts, keys and output would be among them.
        """
        # Brings highlighters of source along, which nothing else needs.
        from rich.traceback import Traceback

        traceback = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(traceback, self.console.options)))
        self._close_messages_no_wait()
