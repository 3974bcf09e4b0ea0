"""The desks, which do what is asked for: all that the first picture of the main screen can do without."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mooring.model.machine import Machine
from mooring.session import Session, Sessions
from mooring.session.run import Runs
from mooring.store.workspaces import WorkspaceFile
from mooring.ui.browser.browser import Browser
from mooring.ui.browser.browser_desk import BrowserDesk
from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.commands.saved_commands import SavedCommands
from mooring.ui.dialogs.help import HelpDialog
from mooring.ui.editing.machine_edits import MachineEdits
from mooring.ui.exchange import Copier, Exchange
from mooring.ui.files.files_desk import FilesDesk
from mooring.ui.forwards.forwards_desk import ForwardsDesk
from mooring.ui.keys import Area
from mooring.ui.notice import Say
from mooring.ui.screens.focus import area_of
from mooring.ui.screens.keyed_screen import KeyedScreen
from mooring.ui.screens.layout import Layout
from mooring.ui.services import Services
from mooring.ui.sessions.bridge import Bridge
from mooring.ui.sessions.broadcast.broadcasting import Broadcasting
from mooring.ui.sessions.keeping.kept_tabs import KeptTabs
from mooring.ui.sessions.recording_desk import RecordingDesk
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_desk import SessionDesk
from mooring.ui.sessions.split.pane_moves import PaneMoves
from mooring.ui.sessions.split.split_desk import SplitDesk
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.keys.keys_desk import KeysDesk
from mooring.ui.settings.settings_desk import SettingsDesk
from mooring.ui.settings.settings_file import SettingsFile
from mooring.ui.tabs.switcher.switching import Switching
from mooring.ui.tabs.tab_desk import TabDesk
from mooring.ui.workspaces.workspace_desk import WorkspaceDesk
from mooring_widgets.terminal import PalettePolicy


class Desks:
    """Puts the desks together, and has each register the actions that are its own with the screen's.

    `screen` is what dialogs go over, and whose workers and timers are used; `say` is told what there is to say.
    """

    def __init__(
        self,
        screen: KeyedScreen,
        services: Services,
        settings: SettingsInForce,
        panel: MachinesPanel,
        deck: SessionDeck,
        layout: Layout,
        browser: Browser,
        say: Say,
    ) -> None:
        self._screen = screen
        self._services = services
        self._settings = settings
        self._panel = panel
        self._deck = deck
        self._layout = layout
        self._browser = browser
        self._say = say
        self.sessions: Sessions = services.make_sessions(Bridge(deck, self._session_changed))
        self._browser_desk = BrowserDesk(screen, settings, panel, browser, self.sessions.link.engine, say)
        self.tabs = TabDesk(screen, deck, layout)
        copier = Copier(screen, settings, say, services.find_clipboard)
        self.exchange = Exchange(screen, settings, copier, say)
        self.kept = KeptTabs(screen, deck, self.tabs, self.sessions)
        self.session_desk = SessionDesk(
            screen,
            services,
            self.sessions,
            deck,
            self.kept,
            layout,
            say,
            copy=self.exchange.copy,
            runs_apart=lambda: self.command_panel.runs.at_stake,
            leader=lambda: screen.keymap.leader,
        )
        self.splits = SplitDesk(deck, self.tabs, say)
        self.pane_moves = PaneMoves(screen, deck, say)
        self.broadcasting = Broadcasting(screen, deck, partial(screen.keymap.where, "broadcast"), say)
        self.recording = RecordingDesk(deck, self.sessions, say)
        file = WorkspaceFile(services.workspaces_file)
        self.workspaces = WorkspaceDesk(screen, file, deck, self.tabs, browser, say)
        self.forwards = ForwardsDesk(screen, deck, self.sessions)
        self.files = FilesDesk(deck, self.sessions.link, screen.keymap, lambda: self.current_machine, say)
        self.edits = MachineEdits(screen, services, browser, Runs(self.sessions.link), say)
        self.switching = Switching(screen, deck, self.tabs, lambda: browser.machines, self.session_desk.open)
        self.saved_commands = SavedCommands(
            screen,
            services,
            settings,
            self.sessions.link,
            deck,
            browser,
            layout,
            self.exchange,
            say,
            marked=lambda: panel.marked_keys,
            open_session=self.session_desk.open,
        )
        self.command_panel, self.commands = self.saved_commands.panel, self.saved_commands.desk
        looks = services.settings_looks
        settings_file = SettingsFile(services.settings_file, settings, (looks or {}).get(str(services.settings_file)))
        self.keys_desk = KeysDesk(screen, settings_file, settings, lambda: screen.area or Area.LIST)
        self.settings_desk = SettingsDesk(screen, settings_file, settings, self.keys_desk, say, looks=looks)
        self._say_who_does_what()
        screen.area_of = area_of

    def start(self) -> None:
        """Look for machines and commands, have the engine ready, then open what was asked for on the command line."""
        self.settings_desk.start()
        self.commands.start()
        self._browser_desk.start()
        self.session_desk.start_engine(self._open_what_is_wanted)

    def follow_settings(self, changed: frozenset[str]) -> None:
        """Have other settings hold at once."""
        now = self._settings.now
        self.saved_commands.paint_by(PalettePolicy(now.palette))
        self.sessions.choices = self._services.choices_of(now)
        if "keep_sessions_minutes" in changed and self._services.keeps_sessions:
            self.sessions.link.keep_for(now.keep_sessions_minutes * 60.0)

    @property
    def current_machine(self) -> Machine | None:
        """The machine that a command is about: that of the active tab, else the one under the cursor."""
        tab = self._deck.active_tab
        if tab is not None and tab.machine is not None and not self._panel.has_focus_within:
            return tab.machine
        return self._browser.current

    @property
    def summary(self) -> str:
        """What the top line says at its right edge: a broadcast, the sessions that live; "" for neither."""
        if said := self.broadcasting.summary:
            return said
        live = sum(pane.is_live for pane in self._deck.panes)
        return f"{live} {'session' if live == 1 else 'sessions'}" if live else ""

    def _say_who_does_what(self) -> None:
        screen = self._screen
        for part in (
            self._browser_desk,
            self.settings_desk,
            self.keys_desk,
            self.tabs,
            self.switching,
            self.session_desk,
            self.splits,
            self.pane_moves,
            self.broadcasting,
            self.recording,
            self.workspaces,
            self.forwards,
            self.files,
            self.edits,
            self.saved_commands,
        ):
            part.register(screen.actions)
        handle = screen.actions.handle
        handle("open-session", partial(self._with_machine, self.session_desk.open))
        handle("hand-over", partial(self._with_machine, self._hand_over))
        handle("copy-ssh-line", partial(self._with_machine, self.session_desk.copy_ssh_line))
        handle("palette", lambda: screen.app.action_command_palette())
        handle("help", self._show_help)
        handle("theme", lambda: screen.app.search_themes())

    def _with_machine(self, act: Callable[[Machine], object]) -> object:
        machine = self.current_machine
        if machine is None:
            self._browser.say_that_there_is_none()
            return None
        return act(machine)

    def _hand_over(self, machine: Machine) -> None:
        if machine.problem is None and self._services.find_ssh() is not None:
            self._browser.visits.record(machine.name, "ssh")
        self.session_desk.hand_over(machine)

    def _show_help(self) -> None:
        """Show the keys of the part that has the focus, and all others; from there one goes on to change them."""
        screen = self._screen

        def go_on(typed: str | None) -> None:
            if typed is not None:
                self.keys_desk.open(typed)

        screen.app.push_screen(HelpDialog(screen.area or Area.LIST, screen.keymap, changes_keys=True), go_on)

    def _session_changed(self, session: Session) -> None:
        self._browser.visits.session_changed(session)
        self.session_desk.session_changed(session)

    def _open_what_is_wanted(self) -> None:
        if names := self._services.to_open:
            self._browser.once_listed(partial(self.workspaces.open_by_name, names))
