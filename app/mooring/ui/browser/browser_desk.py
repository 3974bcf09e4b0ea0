"""What a person asks of the browser beside what it does by itself: looking for machines, telling of their sources."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.screen import Screen

from mooring.engine.client import EngineClient
from mooring.ui.actions import Actions
from mooring.ui.browser.browser import Browser
from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.browser.probing import Probing
from mooring.ui.browser.sources_dialog import SourcesDialog
from mooring.ui.notice import Notice, Say
from mooring.ui.settings.in_force import SettingsInForce


class BrowserDesk:
    """Probes are the `engine`'s work. What there is to say goes to `say`, dialogs go over `screen`."""

    def __init__(
        self,
        screen: Screen[Any],
        settings: SettingsInForce,
        panel: MachinesPanel,
        browser: Browser,
        engine: Callable[[], Awaitable[EngineClient]],
        say: Say,
    ) -> None:
        self._screen = screen
        self._settings = settings
        self._panel = panel
        self._browser = browser
        self._say = say
        self._probing = Probing(screen, engine, browser.find, browser.states, browser.tell_more, self._tell_probes)

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("sources", self._tell_sources)
        actions.handle("probe", self._probe_chosen)
        actions.handle("probe-listed", self._probe_listed)

    def start(self) -> None:
        """Look for what is in view, where that is wanted."""
        self._browser.probe_by(self._probing)

    def _tell_probes(self, text: str) -> None:
        self._say(Notice(text))

    def _probe_chosen(self) -> None:
        if chosen := self._browser.chosen:
            self._probing.look_for([machine.name for machine in chosen])
        else:
            self._browser.say_that_there_is_none()

    def _probe_listed(self) -> None:
        """Look for all that the filter lets through; once more gives that up."""
        if self._probing.is_asked:
            self._probing.stop()
        else:
            self._probing.look_for(self._panel.view.contents.shown_keys())

    def _tell_sources(self) -> None:
        dialog = SourcesDialog((), self._settings.problems, self._browser.reload)
        self._browser.follow_sources(dialog.show)
        self._screen.app.push_screen(dialog)
