"""The one screen: machines on the left, tabs in the middle, saved commands on the right, keys and facts below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from mooring.model.machine import Machine
from mooring.ui import screens
from mooring.ui.browser.browser import Browser
from mooring.ui.browser.first_steps import KEYS_FOR_NOW
from mooring.ui.browser.focus import area_in_browser
from mooring.ui.browser.list_actions import ListActions
from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.keys import Area
from mooring.ui.keys.names import spell
from mooring.ui.notice import Notice
from mooring.ui.screens.furnishing import Furnishing
from mooring.ui.screens.key_chosen import KeyChosen
from mooring.ui.screens.keyed_screen import KeyedScreen
from mooring.ui.screens.layout import Layout
from mooring.ui.screens.too_small import TooSmall
from mooring.ui.services import Services
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.settings.in_force import SettingsInForce
from mooring_widgets import terminal
from mooring_widgets.machine_list import MachineListView
from mooring_widgets.session_tabs import SessionTabs

if TYPE_CHECKING:
    from mooring.model.terminal import TerminalSize
    from mooring.session import Session
    from mooring.ui.commands.command_panel import CommandPanel
    from mooring.ui.screens.desks import Desks
    from mooring.ui.sessions.end_pane import EndPane
    from mooring.ui.sessions.questions.question import QuestionCard
    from mooring.ui.sessions.session_pane import SessionPane
    from mooring_widgets.terminal import TerminalView


class MainScreen(KeyedScreen):
    """Puts the panes together, says which part does which action, and passes messages between them.

    What the first picture shows is there at once: list, details, lines above and below. The `desks`, which do all the
    rest, may be loaded by a thread behind it. A key that is for one of them then waits, and so do the keys after it.
    """

    AUTO_FOCUS = ""  # Not None, which stands for the application's: the filter had the keys, and was styled for it.

    def __init__(
        self, services: Services, add_further_styles: Callable[[], None], *, desks_later: bool = False
    ) -> None:
        """`add_further_styles` gives the application the styles that the first picture does without.

        With `desks_later` the desks are loaded behind that picture, else they are there before it.
        """
        super().__init__(services.keymap, area_in_browser, classes="-browsing")
        self._services = services
        self.settings = SettingsInForce(services.settings, self.keymap, services.problems)
        self.settings.follow(self._settings_changed)
        self.panel = MachinesPanel(take_key=self.take_key, id="machines")
        self.deck = SessionDeck(self.settings, self._open_session, self._ssh_available, id="deck")
        self._row = SessionTabs(id="tabs")
        self._layout = Layout(self, self.deck)
        self.browser = Browser(
            self, services, self.settings, self.panel, self.deck.details, self.say, listed=self.show_keys
        )
        self._add_further_styles = add_further_styles
        self._desks_later = desks_later
        self._furnishing = Furnishing(self, self._make_desks, self._furnish, later=desks_later)
        self._is_waited_for = False
        self._held: list[events.Key] = []
        self._is_styled = False
        self._say_who_does_what()
        self._first_actions = self.actions.handled

    def compose(self) -> ComposeResult:
        """Top line, body, bottom line."""
        with Horizontal(id="top"):
            yield Label(" Mooring ", id="brand")
            yield self._row
            yield Label("", id="summary")
        with Horizontal(id="body"):
            yield self.panel
            yield self.deck
            if not self._desks_later:
                yield self.desks.command_panel
        yield self.status
        yield self.leader_map
        yield TooSmall(id="too-small")

    def on_mount(self) -> None:
        """List the machines; the keys go to the list."""
        if self._desks_later:
            self.browser.once_shown(self._furnishing.begin_after_refresh)
            self._furnishing.begin_at_the_latest()
        self.browser.start()
        self.panel.focus_list()
        if self._desks_later:
            self._refresh_tabs()
        else:
            self._take_up_work(self.desks)

    def update_node_styles(self, animate: bool = True) -> None:
        """Look all styles up anew, except when the screen is shown first: Textual 8.2.8 has done so just before."""
        if self._is_styled:
            super().update_node_styles(animate)
        self._is_styled = True

    # What comes behind the first picture.

    @property
    def desks(self) -> Desks:
        """What does all that the first picture can do without."""
        return self._furnishing.desks

    async def furnished(self) -> Desks:
        """The same, once all that belongs to it is in its place; keys are taken and painted meanwhile."""
        return await self._furnishing.wait()

    async def close(self, *, unasked: bool) -> None:
        """End all that was begun here. `unasked` says that nobody was asked about the sessions: settings decide."""
        self.browser.close()
        if (desks := self._furnishing.made) is not None:
            desks.settings_desk.close()
            await (desks.sessions.leave() if unasked else desks.sessions.close_all())

    def _make_desks(self) -> Desks:
        desks = screens.Desks(
            self, self._services, self.settings, self.panel, self.deck, self._layout, self.browser, self.say
        )
        self._add_further_styles()
        return desks

    async def _furnish(self, desks: Desks) -> None:
        if self._has_parts:
            await self.query_one("#body").mount(desks.command_panel)
        if self._has_parts:
            self._take_up_work(desks)

    @property
    def _has_parts(self) -> bool:
        """Not any more where the application ends."""
        return all(part.is_attached for part in self.query("#summary, #body")) and bool(self.query("#summary"))

    def _take_up_work(self, desks: Desks) -> None:
        self._furnishing.complete()
        self._refresh_tabs()
        self.call_after_refresh(desks.start)

    def say(self, notice: Notice) -> None:
        """Tell what happened at the bottom; nothing clears what was told before."""
        if notice.text:
            self.status.show_message(notice.text, warning=notice.is_warning)
        else:
            self.status.clear_message()

    # Keys and actions.

    @property
    def takes_keys(self) -> bool:
        """Whether keys are to be looked at as soon as they come."""
        return self.app.screen is self and not self.panel.has_focus_within

    def perform(self, action: str) -> None:
        """Do an action. What nobody does yet, a desk does."""
        if self._furnishing.is_complete or action in self._first_actions:
            super().perform(action)
        else:
            self._is_waited_for = True
            self.run_worker(
                self._perform_furnished(action), group="performing", name="perform, once the desks are there"
            )

    async def _perform_furnished(self, action: str) -> None:
        await self.furnished()
        self._is_waited_for = False
        super().perform(action)
        held, self._held = self._held, []
        for key in held:
            self.app.post_message(key)

    def take_key(self, event: events.Key) -> events.Key | None:
        """Take a key before anybody else does. Behind one that waits for a desk all others wait: they may be meant for
        what it shows.
        """
        if self._is_waited_for:
            self._held.append(event.copy())
            return None
        return super().take_key(event)

    def _say_who_does_what(self) -> None:
        for part in (ListActions(self.panel), self.browser):
            part.register(self.actions)
        handle, layout = self.actions.handle, self._layout
        handle("filter", self._filter)
        handle("back", self._back)
        handle("machines", layout.toggle_panel)
        handle("focus-machines", layout.focus_machines)
        handle("focus-details", layout.focus_details)

    def show_keys(self) -> None:
        """As long as there are no machines, only those that need none."""
        area = self.area or Area.LIST
        if self.browser.is_empty and area in (Area.LIST, Area.DETAIL):
            self.status.show_keys(self.keymap.hints_of(area, KEYS_FOR_NOW))
        else:
            super().show_keys()

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
        self.desks.follow_settings(changed)
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
        self._commands_follow()

    def on_machine_list_view_marks_changed(self) -> None:
        """The commands are for the marked machines."""
        self._commands_follow()

    def on_command_panel_chosen(self, event: CommandPanel.Chosen) -> None:
        """Run a command from the filter."""
        event.stop()
        self.perform("run-command")

    def on_command_panel_highlighted(self, event: CommandPanel.Highlighted) -> None:
        """Say what the command under the cursor would run."""
        event.stop()
        self.desks.commands.highlighted()

    def on_machine_list_view_visible_changed(self, event: MachineListView.VisibleChanged) -> None:
        """What is in view may be looked for."""
        self.browser.look_at_view(event.keys)

    async def on_machine_list_view_opened(self, event: MachineListView.Opened) -> None:
        """Open a session."""
        if machine := self.browser.find(event.key):
            await (await self.furnished()).session_desk.open(machine)

    def on_machine_list_view_nothing_to_open(self) -> None:
        """Say why nothing happens."""
        self.browser.say_that_there_is_none()

    async def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Pass the answer on, and take the card away."""
        event.stop()
        self.desks.sessions.answer(event.question_id, event.answer)
        await self.deck.withdraw(event.question_id)

    def on_end_pane_chosen(self, event: EndPane.Chosen) -> None:
        """What the person wants after a session's end."""
        event.stop()
        self.perform(event.choice)

    def on_session_pane_clipboard_wanted(self, event: SessionPane.ClipboardWanted) -> None:
        """The active session writes to the clipboard."""
        event.stop()
        self.desks.exchange.copy(event.text)

    def on_session_pane_recording_changed(self, event: SessionPane.RecordingChanged) -> None:
        """A session is recorded, or is no more."""
        event.stop()
        self.desks.recording.changed(event.pane, event.before)

    def on_terminal_view_copied(self, event: TerminalView.Copied) -> None:
        """The person selected text."""
        self.desks.exchange.copy(event.text)

    def on_terminal_view_link_activated(self, event: TerminalView.LinkActivated) -> None:
        """The person follows a link of the remote side's."""
        self.desks.exchange.follow(event.link, wants_opening=event.wants_opening)

    def on_terminal_view_paste_held(self, event: TerminalView.PasteHeld) -> None:
        """A paste would press enter."""
        if isinstance(view := event.view, terminal.TerminalView):
            self.desks.exchange.ask_about_paste(view, event.text, self.desks.current_machine)

    def on_session_tabs_activated(self, event: SessionTabs.Activated) -> None:
        """A tab was clicked."""
        event.stop()
        self.desks.tabs.go_to(event.key)

    def on_session_tabs_close_wanted(self, event: SessionTabs.CloseWanted) -> Awaitable[None] | None:
        """A tab is to be closed by the mouse."""
        event.stop()
        return self.desks.tabs.close_by_key(event.key)

    def on_session_tabs_moved(self, event: SessionTabs.Moved) -> None:
        """A tab was dragged elsewhere."""
        event.stop()
        self.desks.tabs.move_by_key(event.key, event.place)

    def on_deck_tabs_changed(self, event: SessionDeck.TabsChanged) -> None:
        """Show the tabs as they are now; when another is active the keys go to it."""
        event.stop()
        self._refresh_tabs()
        self.desks.kept.follow()

    def on_resize(self, event: events.Resize) -> None:
        """Fold, unfold, or give up below the smallest size."""
        self._layout.follow_size(event.size)

    def _refresh_tabs(self) -> None:
        self._row.show(self.deck.tab_items(), self.deck.current)
        alarm = summary = ""
        if (desks := self._furnishing.made) is not None:
            desks.broadcasting.follow()
            alarm, summary = desks.broadcasting.alarm, desks.summary
        self.query_one("#top").set_class(bool(alarm), "-alarm")
        if not summary:
            summary = next((spell(key) for key in self.keymap.keys_for(Area.LIST, "palette")), "")
        self.query_one("#summary", Label).update(f"{summary} ")
        self.status.show_alarm(alarm)
        self.status.show_facts(self.deck.facts())
        self.browser.show_states(self.deck.machine_states())
        self._layout.follow_deck()
        self._commands_follow()
        self.show_keys()

    def _commands_follow(self) -> None:
        if (desks := self._furnishing.made) is not None and self._furnishing.is_complete:
            desks.commands.follow()

    # What the deck is given.

    def _open_session(self, machine: Machine, size: TerminalSize) -> Session:
        return self.desks.sessions.open(machine, size)

    def _ssh_available(self) -> bool:
        return self._services.find_ssh() is not None
