"""Saved commands as a whole: the panel, its desk, what edits and runs them, and the runs on many machines."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.screen import Screen

from mooring.fleet.history import RunHistory
from mooring.model.machine import Machine
from mooring.session import EngineLink
from mooring.ui.actions import Actions
from mooring.ui.browser.browser import Browser
from mooring.ui.commands.command_desk import CommandDesk
from mooring.ui.commands.command_edits import CommandEdits
from mooring.ui.commands.command_panel import CommandPanel
from mooring.ui.commands.command_runner import CommandRunner
from mooring.ui.commands.shelf import CommandShelf
from mooring.ui.exchange import Exchange
from mooring.ui.fleet.fleet_desk import FleetDesk
from mooring.ui.fleet.run_maker import RunMaker
from mooring.ui.notice import Say
from mooring.ui.screens.layout import Layout
from mooring.ui.services import Services
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.settings.in_force import SettingsInForce
from mooring_widgets.terminal import PalettePolicy


class SavedCommands:
    """Puts the parts together; they know each other by what they need of each other alone."""

    def __init__(
        self,
        screen: Screen[Any],
        services: Services,
        settings: SettingsInForce,
        link: EngineLink,
        deck: SessionDeck,
        browser: Browser,
        layout: Layout,
        exchange: Exchange,
        say: Say,
        *,
        marked: Callable[[], frozenset[str]],
        open_session: Callable[[Machine], Coroutine[Any, Any, None]],
    ) -> None:
        """`marked` gives the names of marked machines; `open_session` opens a machine in a tab."""
        shelf = CommandShelf(services.commands_file, services.command_usage_file, services.project_folder)
        maker = RunMaker(link, RunHistory(services.runs_folder))
        self.panel = CommandPanel(shelf, id="commands")
        runner = CommandRunner(
            screen,
            shelf,
            self.panel.runs,
            deck,
            layout,
            maker,
            exchange,
            say,
            find_machine=browser.find,
            open_run=lambda plan, options: fleet.open_run(plan, options),
            palette=lambda: PalettePolicy(settings.now.palette),
            has_keys=lambda: self.panel.has_focus_within,
        )
        self.desk = CommandDesk(screen, self.panel, shelf, deck, browser, layout, runner, say, marked=marked)
        edits = CommandEdits(
            screen, self.panel, shelf, say, reload=self.desk.reload, active_pane=lambda: deck.active_pane
        )
        fleet = FleetDesk(
            screen,
            deck,
            maker,
            say,
            find_machine=browser.find,
            find_command=self.desk.find,
            start=runner.start,
            open_session=open_session,
        )
        self._parts = (self.desk, edits, runner, fleet)

    def paint_by(self, palette: PalettePolicy) -> None:
        """Paint what commands have written in these colours from now on."""
        for run in self.panel.runs.runs:
            run.paint_by(palette)

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        for part in self._parts:
            part.register(actions)
