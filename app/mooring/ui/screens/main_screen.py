"""The one screen: machines on the left, tabs in the middle, keys and facts at the bottom."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Label

from mooring.inventory import Inventory
from mooring.model.errors import EngineError
from mooring.model.machine import Machine
from mooring.model.terminal import TerminalSize
from mooring.session import Session, Sessions
from mooring.ui.bridge import Bridge
from mooring.ui.dialogs.end_sessions import EndSessionsDialog
from mooring.ui.dialogs.help import HelpDialog
from mooring.ui.dialogs.question import QuestionCard
from mooring.ui.first_steps import first_steps, nothing_in_list
from mooring.ui.keymap import Area, Keys, keys_of
from mooring.ui.leader import Leader, LeaderCommand
from mooring.ui.panes.end_pane import EndChoice, EndPane
from mooring.ui.panes.machines_panel import MachinesPanel
from mooring.ui.panes.session_deck import DETAILS_TAB, SessionDeck
from mooring.ui.panes.session_pane import SessionPane
from mooring.ui.panes.status_bar import StatusBar
from mooring.ui.panes.too_small import TooSmall
from mooring.ui.rows import rows_of
from mooring.ui.screens.layout import Layout
from mooring.ui.services import Services
from mooring.ui.ssh_actions import Notice, hand_over_to_ssh, ssh_line
from mooring.ui.where import area_of
from mooring_widgets.machine_list import MachineListView, RowState
from mooring_widgets.session_tabs import SessionTabs, TabState


class MainScreen(Screen[None]):
    """Puts the panes together and passes messages between them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+pageup", "neighbour_tab(-1)", "Previous tab", show=False, priority=True, id="previous-tab"),
        Binding("ctrl+pagedown", "neighbour_tab(1)", "Next tab", show=False, priority=True, id="next-tab"),
    ]

    AUTO_FOCUS = None

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._machines: dict[str, Machine] = {}
        self._shown_states: dict[str, RowState] = {}
        self._loading = True
        self.keys: Keys = keys_of(services.settings)
        self._leader = Leader(self.keys.leader)
        self._deck = SessionDeck(services.settings, self._open_session, self._ssh_available, id="deck")
        self._layout = Layout(self, self._deck)
        self.sessions: Sessions = services.make_sessions(Bridge(self._deck))

    def compose(self) -> ComposeResult:
        """Top line, body, bottom line."""
        with Horizontal(id="top"):
            yield Label(" Mooring ", id="brand")
            yield SessionTabs(id="tabs")
            yield Label("", id="summary")
        with Horizontal(id="body"):
            yield MachinesPanel(id="machines")
            yield self._deck
        yield StatusBar(id="status")
        yield TooSmall(id="too-small")

    def on_mount(self) -> None:
        """List the machines; the keys go to the list."""
        self.panel.set_rows((), nothing_at_all=nothing_in_list(loading=True))
        self._refresh_tabs()
        self.panel.focus_list()
        self.reload()
        self.call_after_refresh(self._start_engine)

    @work(group="engine", name="start the engine")
    async def _start_engine(self) -> None:
        """Have the engine ready before a session wants it. A session tries again where it could not be started."""
        try:
            await self.sessions.start()
        except EngineError as error:
            self.status.show_message(error.message, warning=True)

    @property
    def machines(self) -> tuple[Machine, ...]:
        """All machines."""
        return tuple(self._machines.values())

    @property
    def panel(self) -> MachinesPanel:
        """The machines."""
        return self.query_one(MachinesPanel)

    @property
    def deck(self) -> SessionDeck:
        """The tabs' contents."""
        return self._deck

    @property
    def status(self) -> StatusBar:
        """The bottom line."""
        return self.query_one(StatusBar)

    @property
    def current_machine(self) -> Machine | None:
        """The machine that a command is about: that of the active session, else the one under the cursor."""
        pane = self._deck.active_pane
        if pane is not None and not self.panel.has_focus_within:
            return pane.machine
        return self._machines.get(self.panel.current_key or "")

    # Machines.

    @work(thread=True, exclusive=True, group="inventory", name="read machines")
    def reload(self) -> None:
        """Read the machines again; cursor, marks and filter stay."""
        inventory = self._services.load_inventory()
        self.app.call_from_thread(self._show_inventory, inventory)

    def _show_inventory(self, inventory: Inventory) -> None:
        self._loading = False
        self._machines = {machine.name: machine for machine in inventory.machines}
        self.panel.set_rows(rows_of(inventory.machines), nothing_at_all=nothing_in_list(loading=False))
        self.panel.show_problems((*self._services.problems, *inventory.problems))
        self._look_at(self.panel.current_key)

    def _look_at(self, key: str | None) -> None:
        instead = None
        if not self._machines and not self._loading:
            instead = first_steps(self._services.config_file, self._services.machines_file)
        self._deck.details.look_at(self._machines.get(key or ""), instead=instead)

    def on_machine_list_view_highlighted(self, event: MachineListView.Highlighted) -> None:
        """The details follow the cursor."""
        self._look_at(event.key)

    async def on_machine_list_view_opened(self, event: MachineListView.Opened) -> None:
        """Open a session."""
        await self.open_machine(self._machines[event.key])

    async def open_machine(self, machine: Machine) -> None:
        """Open a native session on a machine in a tab of its own."""
        if machine.problem is not None:
            self.status.show_message(f"{machine.name} can't be opened: {machine.problem}", warning=True)
            self._layout.focus_active()
            return
        self.status.clear_message()
        await self._deck.open(machine)
        self._layout.leave_panel()

    # Actions of the panels.

    async def action_open_machine(self) -> None:
        """Open the machine under the cursor."""
        if machine := self.current_machine:
            await self.open_machine(machine)

    def action_hand_over(self) -> None:
        """Give the terminal to the system's ssh, and say afterwards how it ended."""
        if machine := self.current_machine:
            self._say(hand_over_to_ssh(self.app, self._services, machine))

    def action_copy_ssh_line(self) -> None:
        """Put the equal ssh command line on the clipboard."""
        if machine := self.current_machine:
            self._make_ssh_line(machine)

    @work(thread=True, exclusive=True, group="copy", name="make the ssh command line")
    def _make_ssh_line(self, machine: Machine) -> None:
        self.app.call_from_thread(self._copy, ssh_line(machine))

    def _copy(self, line: str | Notice) -> None:
        if isinstance(line, str):
            self.app.copy_to_clipboard(line)
            line = Notice(f"copied: {line}")
        self._say(line)

    def _say(self, notice: Notice) -> None:
        self.status.show_message(notice.text, warning=notice.is_warning)

    def action_filter(self) -> None:
        """Filter the machines."""
        self._layout.show_panel()
        self.panel.action_filter()

    def action_focus_machines(self) -> None:
        """Give the keys to the list."""
        self._layout.focus_machines()

    def action_focus_details(self) -> None:
        """Give the keys to the details; from the panel beside a session, to the session."""
        self._layout.focus_details()

    def action_back_to_session(self) -> None:
        """Leave the panel that was opened beside or over a session."""
        if not self._layout.is_browsing:
            self._layout.leave_panel()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpDialog(area_of(self.focused), self.keys.hints))

    @work(exclusive=True, group="quit", name="quit")
    async def action_quit(self) -> None:
        """Quit, and ask when that ends sessions."""
        live = tuple(pane.title for pane in self._deck.panes if pane.is_live)
        if not live or await self.app.push_screen_wait(EndSessionsDialog(live, "Quit")):
            self.app.exit(return_code=0)

    def action_neighbour_tab(self, step: int) -> None:
        """Go to the tab on the left or right."""
        self._deck.activate_neighbour(step)

    # The leader.

    def take_key(self, event: events.Key) -> bool:
        """Take the leader, and the key after it, before anybody else does; False leaves the key to the others."""
        pressed = self._leader.press(event.key)
        if pressed is None:
            return False
        self._refresh_keys()
        if not self._leader.is_down:
            self.call_later(self._obey, *pressed)
        return True

    async def _obey(self, wanted: LeaderCommand, key: str) -> None:
        pane = self._deck.active_pane
        match wanted:
            case LeaderCommand.TAB:
                self._deck.activate_number(int(key))
            case LeaderCommand.NEXT | LeaderCommand.PREVIOUS:
                self._deck.activate_neighbour(1 if wanted is LeaderCommand.NEXT else -1)
            case LeaderCommand.MACHINES:
                self._layout.toggle_panel()
            case LeaderCommand.CLOSE if pane is not None:
                await self._ask_and_close(pane)
            case LeaderCommand.RECONNECT if pane is not None:
                pane.reconnect()
            case LeaderCommand.DUPLICATE if pane is not None:
                await self.open_machine(pane.machine)
            case LeaderCommand.HAND_OVER:
                self.action_hand_over()
            case LeaderCommand.SEND_LEADER if pane is not None:
                pane.send_key(key)
            case LeaderCommand.HELP:
                self.action_help()
            case _:
                pass

    async def _ask_and_close(self, pane: SessionPane) -> None:
        """Close a tab; where a shell is still open in it, only if that is meant."""
        if pane.state is not TabState.OPEN:
            await self._close(pane)
            return

        async def answered(yes: bool | None) -> None:
            if yes and pane in self._deck.panes:
                await self._close(pane)

        self.app.push_screen(EndSessionsDialog((pane.title,), "Close"), answered)

    async def _close(self, pane: SessionPane) -> None:
        """Leave a tab, then take it away: a key typed right behind is for the tab that comes forward."""
        if pane is self._deck.active_pane:
            self._deck.activate_neighbour(-1)
            self._refresh_tabs()
        await self._deck.close(pane)

    # Sessions.

    def _open_session(self, machine: Machine, size: TerminalSize) -> Session:
        return self.sessions.open(machine, size)

    def _ssh_available(self) -> bool:
        return self._services.find_ssh() is not None

    async def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Pass the answer on, and take the card away."""
        event.stop()
        self.sessions.answer(event.question_id, event.answer)
        for pane in self._deck.panes:
            await pane.withdraw(event.question_id)

    async def on_end_pane_chosen(self, event: EndPane.Chosen) -> None:
        """What the person wants after a session's end."""
        event.stop()
        pane = self._deck.active_pane
        if pane is None:
            return
        match event.choice:
            case EndChoice.RECONNECT:
                pane.reconnect()
            case EndChoice.HAND_OVER:
                self.action_hand_over()
            case EndChoice.CLOSE:
                await self._close(pane)

    def on_session_pane_clipboard_wanted(self, event: SessionPane.ClipboardWanted) -> None:
        """The active session writes to the clipboard, which is said: the next paste would else surprise."""
        event.stop()
        self.app.copy_to_clipboard(event.text)
        self.status.show_message(f"copied: {event.text}")

    def on_session_tabs_activated(self, event: SessionTabs.Activated) -> None:
        """A tab was clicked."""
        event.stop()
        self._deck.activate(event.key)

    def on_session_deck_tabs_changed(self, event: SessionDeck.TabsChanged) -> None:
        """Show the tabs as they are now; when another is active the keys go to it."""
        event.stop()
        self._refresh_tabs()

    # Layout and focus.

    def on_resize(self, event: events.Resize) -> None:
        """Fold, unfold, or give up below the smallest size."""
        self._layout.follow_size(event.size)

    def on_descendant_focus(self) -> None:
        """The keys that the bottom line shows follow the focus."""
        self._refresh_keys()

    def _refresh_tabs(self) -> None:
        items = self._deck.tab_items()
        self.query_one(SessionTabs).show(items, self._deck.current or DETAILS_TAB)
        live = sum(pane.is_live for pane in self._deck.panes)
        noun = "session" if live == 1 else "sessions"
        self.query_one("#summary", Label).update(f"{live} {noun} " if live else "ctrl+p ")
        self.status.show_facts(self._deck.facts())
        states = self._deck.machine_states()
        for name in {*states, *self._shown_states}:
            if states.get(name) != self._shown_states.get(name):
                self.panel.set_state(name, states.get(name, RowState.IDLE))
        self._shown_states = states
        self._layout.follow_deck()
        self._refresh_keys()

    def _refresh_keys(self) -> None:
        if self._leader.is_down:
            self.status.show_keys(self.keys.hints[Area.LEADER], lead=self._leader.key)
        else:
            self.status.show_keys(self.keys.hints[area_of(self.focused)])
