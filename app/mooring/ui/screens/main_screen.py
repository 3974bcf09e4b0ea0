"""The one screen: machines on the left, tabs in the middle, saved commands on the right, keys and facts below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from mooring.model.machine import Machine
from mooring.model.terminal import TerminalSize
from mooring.session import Session, Sessions
from mooring.session.run import Runs
from mooring.store.workspaces import WorkspaceFile
from mooring.ui.browser.browser import Browser
from mooring.ui.browser.first_steps import KEYS_FOR_NOW
from mooring.ui.browser.list_actions import ListActions
from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.commands.command_panel import CommandPanel
from mooring.ui.commands.saved_commands import SavedCommands
from mooring.ui.editing.machine_edits import MachineEdits
from mooring.ui.exchange import Copier, Exchange
from mooring.ui.files.files_desk import FilesDesk
from mooring.ui.forwards.forwards_desk import ForwardsDesk
from mooring.ui.handover.ssh_actions import Notice
from mooring.ui.keys import Area
from mooring.ui.keys.names import spell
from mooring.ui.screens.focus import area_of
from mooring.ui.screens.key_chosen import KeyChosen
from mooring.ui.screens.keyed_screen import KeyedScreen
from mooring.ui.screens.layout import Layout
from mooring.ui.screens.too_small import TooSmall
from mooring.ui.services import Services
from mooring.ui.sessions.bridge import Bridge
from mooring.ui.sessions.broadcast.broadcasting import Broadcasting
from mooring.ui.sessions.end_pane import EndPane
from mooring.ui.sessions.keeping.kept_tabs import KeptTabs
from mooring.ui.sessions.questions.question import QuestionCard
from mooring.ui.sessions.recording_desk import RecordingDesk
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_desk import SessionDesk
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.split.pane_moves import PaneMoves
from mooring.ui.sessions.split.split_desk import SplitDesk
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.keys.keys_desk import KeysDesk
from mooring.ui.settings.settings_desk import SettingsDesk
from mooring.ui.settings.settings_file import SettingsFile
from mooring.ui.tabs.switcher.switching import Switching
from mooring.ui.tabs.tab_desk import TabDesk
from mooring.ui.workspaces.workspace_desk import WorkspaceDesk
from mooring_widgets.machine_list import MachineListView
from mooring_widgets.session_tabs import SessionTabs
from mooring_widgets.terminal import PalettePolicy, TerminalView


class MainScreen(KeyedScreen):
    """Puts the panes together, says which part does which action, and passes messages between them."""

    AUTO_FOCUS = ""

    def __init__(self, services: Services) -> None:
        super().__init__(services.keymap)
        self._services = services
        self.settings = SettingsInForce(services.settings, self.keymap, services.problems)
        self.settings.follow(self._settings_changed)
        self.panel = MachinesPanel(take_key=self.take_key, id="machines")
        self.deck = SessionDeck(self.settings, self._open_session, self._ssh_available, id="deck")
        self._row = SessionTabs(id="tabs")
        self._layout = Layout(self, self.deck)
        self.sessions: Sessions = services.make_sessions(Bridge(self.deck, self._session_changed))
        self.browser = Browser(
            self,
            services,
            self.settings,
            self.panel,
            self.deck.details,
            self.sessions.link.engine,
            self.say,
            listed=self.show_keys,
        )
        self.tabs = TabDesk(self, self.deck, self._layout)
        copier = Copier(self, self.settings, self.say, services.find_clipboard)
        self.exchange = Exchange(self, self.settings, copier, self.say)
        self._kept = KeptTabs(self, self.deck, self.tabs, self.sessions)
        self.desk = SessionDesk(
            self,
            services,
            self.sessions,
            self.deck,
            self._kept,
            self._layout,
            self.say,
            copy=self.exchange.copy,
            runs_apart=lambda: self.command_panel.runs.at_stake,
            leader=lambda: self.keymap.leader,
        )
        self.splits = SplitDesk(self.deck, self.tabs, self.say)
        self.pane_moves = PaneMoves(self, self.deck, self.say)
        self.broadcasting = Broadcasting(self, self.deck, partial(self.keymap.where, "broadcast"), self.say)
        self.recording = RecordingDesk(self.deck, self.sessions, self.say)
        file = WorkspaceFile(services.workspaces_file)
        self.workspaces = WorkspaceDesk(self, file, self.deck, self.tabs, self.browser, self.say)
        self.forwards = ForwardsDesk(self, self.deck, self.sessions)
        self.files = FilesDesk(self.deck, self.sessions.link, self.keymap, lambda: self.current_machine, self.say)
        self.edits = MachineEdits(self, services, self.browser, Runs(self.sessions.link), self.say)
        self.switching = Switching(self, self.deck, self.tabs, lambda: self.browser.machines, self.desk.open)
        self.saved_commands = SavedCommands(
            self,
            services,
            self.settings,
            self.sessions.link,
            self.deck,
            self.browser,
            self._layout,
            self.exchange,
            self.say,
            marked=lambda: self.panel.marked_keys,
            open_session=self.desk.open,
        )
        self.command_panel, self.commands = self.saved_commands.panel, self.saved_commands.desk
        looks = services.settings_looks
        settings_file = SettingsFile(
            services.settings_file, self.settings, (looks or {}).get(str(services.settings_file))
        )
        self.keys_desk = KeysDesk(self, settings_file, self.settings, lambda: area_of(self.focused) or Area.LIST)
        self.settings_desk = SettingsDesk(self, settings_file, self.settings, self.keys_desk, self.say, looks=looks)
        self._say_who_does_what()

    def compose(self) -> ComposeResult:
        """Top line, body, bottom line."""
        with Horizontal(id="top"):
            yield Label(" Mooring ", id="brand")
            yield self._row
            yield Label("", id="summary")
        with Horizontal(id="body"):
            yield self.panel
            yield self.deck
            yield self.command_panel
        yield self.status
        yield self.leader_map
        yield TooSmall(id="too-small")

    def on_mount(self) -> None:
        """List the machines; the keys go to the list."""
        self._refresh_tabs()
        self.panel.focus_list()
        self.browser.start()
        self.settings_desk.start()
        self.commands.start()
        self.call_after_refresh(self.desk.start_engine, self._open_what_is_wanted)

    def _open_what_is_wanted(self) -> None:
        if names := self._services.to_open:
            self.browser.once_listed(partial(self.workspaces.open_by_name, names))

    def say(self, notice: Notice) -> None:
        """Tell what happened at the bottom; nothing clears what was told before."""
        if notice.text:
            self.status.show_message(notice.text, warning=notice.is_warning)
        else:
            self.status.clear_message()

    @property
    def current_machine(self) -> Machine | None:
        """The machine that a command is about: that of the active tab, else the one under the cursor."""
        tab = self.deck.active_tab
        if tab is not None and tab.machine is not None and not self.panel.has_focus_within:
            return tab.machine
        return self.browser.current

    # Keys and actions.

    @property
    def takes_keys(self) -> bool:
        """Whether keys are to be looked at as soon as they come."""
        return self.app.screen is self and not self.panel.has_focus_within

    def _say_who_does_what(self) -> None:
        for part in (
            ListActions(self.panel),
            self.settings_desk,
            self.keys_desk,
            self.browser,
            self.tabs,
            self.switching,
            self.desk,
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
            part.register(self.actions)
        handle, desk, layout = self.actions.handle, self.desk, self._layout
        handle("open-session", partial(self._with_machine, desk.open))
        handle("hand-over", partial(self._with_machine, self._hand_over))
        handle("copy-ssh-line", partial(self._with_machine, desk.copy_ssh_line))
        handle("filter", self._filter)
        handle("back", self._back)
        handle("machines", layout.toggle_panel)
        handle("focus-machines", layout.focus_machines)
        handle("focus-details", layout.focus_details)
        handle("palette", lambda: self.app.action_command_palette())
        handle("help", partial(self.show_help, self.keys_desk.open))
        handle("theme", lambda: self.app.search_themes())

    def _with_machine(self, act: Callable[[Machine], object]) -> object:
        machine = self.current_machine
        if machine is None:
            self.browser.say_that_there_is_none()
            return None
        return act(machine)

    def show_keys(self) -> None:
        """As long as there are no machines, only those that need none."""
        area = area_of(self.focused) or Area.LIST
        if self.browser.is_empty and area in (Area.LIST, Area.DETAIL):
            self.status.show_keys(self.keymap.hints_of(area, KEYS_FOR_NOW))
        else:
            super().show_keys()

    def _hand_over(self, machine: Machine) -> None:
        if machine.problem is None and self._ssh_available():
            self.browser.visits.record(machine.name, "ssh")
        self.desk.hand_over(machine)

    def _filter(self) -> None:
        self._layout.show_panel()
        self.panel.action_filter()

    def _back(self) -> None:
        """Clear the filter first; without one leave the panel that was opened beside or over a session."""
        if not self.panel.clear_filter() and not self._layout.is_browsing:
            self._layout.leave_panel()

    def _settings_changed(self, changed: frozenset[str]) -> None:
        """Have other settings hold at once: those that nobody asks for when it is needed are put in force here."""
        now = self.settings.now
        if "theme" in changed and now.theme in self.app.available_themes:
            self.app.theme = now.theme
        self.deck.follow_settings()
        self.saved_commands.paint_by(PalettePolicy(now.palette))
        self.sessions.choices = self._services.choices_of(now)
        if "keep_sessions_minutes" in changed and self._services.keeps_sessions:
            self.sessions.link.keep_for(now.keep_sessions_minutes * 60.0)
        self.browser.follow_settings(changed)
        self._refresh_tabs()

    # What the parts tell.

    def on_key_chosen(self, event: KeyChosen) -> None:
        """A key was clicked on: it does what pressing it does."""
        event.stop()
        self.app.simulate_key(event.key)

    @on(events.Click, "#summary")
    def _find_an_action(self) -> None:
        """The right end of the top line names the key of the palette, which a click opens, too."""
        self.perform("palette")

    def on_machine_list_view_highlighted(self, event: MachineListView.Highlighted) -> None:
        """The details follow the cursor."""
        self.browser.look_at(event.key)
        self.commands.follow()

    def on_machine_list_view_marks_changed(self) -> None:
        """The commands are for the marked machines."""
        self.commands.follow()

    def on_command_panel_chosen(self, event: CommandPanel.Chosen) -> None:
        """Run a command from the filter."""
        event.stop()
        self.perform("run-command")

    def on_command_panel_highlighted(self, event: CommandPanel.Highlighted) -> None:
        """Say what the command under the cursor would run."""
        event.stop()
        self.commands.highlighted()

    def on_machine_list_view_visible_changed(self, event: MachineListView.VisibleChanged) -> None:
        """What is in view may be looked for."""
        self.browser.look_at_view(event.keys)

    async def on_machine_list_view_opened(self, event: MachineListView.Opened) -> None:
        """Open a session."""
        if machine := self.browser.find(event.key):
            await self.desk.open(machine)

    def on_machine_list_view_nothing_to_open(self) -> None:
        """Say why nothing happens."""
        self.browser.say_that_there_is_none()

    async def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Pass the answer on, and take the card away."""
        event.stop()
        self.sessions.answer(event.question_id, event.answer)
        await self.deck.withdraw(event.question_id)

    def on_end_pane_chosen(self, event: EndPane.Chosen) -> None:
        """What the person wants after a session's end."""
        event.stop()
        self.perform(event.choice)

    def on_session_pane_clipboard_wanted(self, event: SessionPane.ClipboardWanted) -> None:
        """The active session writes to the clipboard."""
        event.stop()
        self.exchange.copy(event.text)

    def on_session_pane_recording_changed(self, event: SessionPane.RecordingChanged) -> None:
        """A session is recorded, or is no more."""
        event.stop()
        self.recording.changed(event.pane, event.before)

    def on_terminal_view_copied(self, event: TerminalView.Copied) -> None:
        """The person selected text."""
        self.exchange.copy(event.text)

    def on_terminal_view_link_activated(self, event: TerminalView.LinkActivated) -> None:
        """The person follows a link of the remote side's."""
        self.exchange.follow(event.link, wants_opening=event.wants_opening)

    def on_terminal_view_paste_held(self, event: TerminalView.PasteHeld) -> None:
        """A paste would press enter."""
        if isinstance(view := event.view, TerminalView):
            self.exchange.ask_about_paste(view, event.text, self.current_machine)

    def on_session_tabs_activated(self, event: SessionTabs.Activated) -> None:
        """A tab was clicked."""
        event.stop()
        self.tabs.go_to(event.key)

    def on_session_tabs_close_wanted(self, event: SessionTabs.CloseWanted) -> Awaitable[None] | None:
        """A tab is to be closed by the mouse."""
        event.stop()
        return self.tabs.close_by_key(event.key)

    def on_session_tabs_moved(self, event: SessionTabs.Moved) -> None:
        """A tab was dragged elsewhere."""
        event.stop()
        self.tabs.move_by_key(event.key, event.place)

    def on_deck_tabs_changed(self, event: SessionDeck.TabsChanged) -> None:
        """Show the tabs as they are now; when another is active the keys go to it."""
        event.stop()
        self._refresh_tabs()
        self._kept.follow()

    def on_resize(self, event: events.Resize) -> None:
        """Fold, unfold, or give up below the smallest size."""
        self._layout.follow_size(event.size)

    def _refresh_tabs(self) -> None:
        self._row.show(self.deck.tab_items(), self.deck.current)
        self.broadcasting.follow()
        alarm = self.broadcasting.alarm
        self.query_one("#top").set_class(bool(alarm), "-alarm")
        self.query_one("#summary", Label).update(f"{self._summary()} ")
        self.status.show_alarm(alarm)
        self.status.show_facts(self.deck.facts())
        self.browser.show_states(self.deck.machine_states())
        self._layout.follow_deck()
        self.commands.follow()
        self.show_keys()

    def _summary(self) -> str:
        """What the top line says at its right edge."""
        if said := self.broadcasting.summary:
            return said
        live = sum(pane.is_live for pane in self.deck.panes)
        if live:
            return f"{live} {'session' if live == 1 else 'sessions'}"
        return next((spell(key) for key in self.keymap.keys_for(Area.LIST, "palette")), "")

    # What the deck and the sessions are given.

    def _session_changed(self, session: Session) -> None:
        self.browser.visits.session_changed(session)
        self.desk.session_changed(session)

    def _open_session(self, machine: Machine, size: TerminalSize) -> Session:
        return self.sessions.open(machine, size)

    def _ssh_available(self) -> bool:
        return self._services.find_ssh() is not None
