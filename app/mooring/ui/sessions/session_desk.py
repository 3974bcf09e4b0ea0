"""What a person does with sessions: opens and closes them, connects again, hands over to the system's ssh."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.model.errors import EngineError
from mooring.model.machine import Machine
from mooring.session import Sessions
from mooring.ui.dialogs.confirm import EndSessionsDialog
from mooring.ui.handover.ssh_actions import Notice, hand_over_to_ssh, ssh_line
from mooring.ui.screens.layout import Layout
from mooring.ui.services import Services
from mooring.ui.sessions.end_pane import EndChoice
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.tabs import TabPane
from mooring_widgets.session_tabs import TabState

Say = Callable[[Notice], None]


class SessionDesk:
    """Acts on the deck and its sessions. What there is to say goes to `say`, dialogs go over `screen`."""

    def __init__(
        self, screen: Screen[Any], services: Services, sessions: Sessions, deck: SessionDeck, layout: Layout, say: Say
    ) -> None:
        self._screen = screen
        self._services = services
        self._sessions = sessions
        self._deck = deck
        self._layout = layout
        self._say = say

    def start_engine(self) -> None:
        """Have the engine ready before a session wants it. A session tries again where it could not be started."""
        self._screen.run_worker(self._start_engine(), group="engine", name="start the engine")

    async def open(self, machine: Machine) -> None:
        """Open a native session on a machine in a tab of its own."""
        if machine.problem is not None:
            self._say(Notice(f"{machine.name} can't be opened: {machine.problem}", is_warning=True))
            self._layout.focus_active()
            return
        self._say(Notice(""))
        await self._deck.open(machine)
        self._layout.leave_panel()

    async def duplicate(self) -> None:
        """Open the active session's machine once more."""
        if pane := self._deck.active_pane:
            await self.open(pane.machine)

    def reconnect(self) -> None:
        """Connect again in the active tab."""
        if pane := self._deck.active_pane:
            pane.reconnect()

    def send_key(self, key: str) -> None:
        """Send a key to the active session that is otherwise ours."""
        if pane := self._deck.active_pane:
            pane.send_key(key)

    def scroll(self, move: Callable[[SessionPane], None]) -> None:
        """Look elsewhere in the active session's scrollback."""
        if pane := self._deck.active_pane:
            move(pane)

    async def choose(self, choice: EndChoice, machine: Machine | None) -> None:
        """Do what a person wants after a session's end."""
        match choice:
            case EndChoice.RECONNECT:
                self.reconnect()
            case EndChoice.HAND_OVER if machine is not None:
                self.hand_over(machine)
            case EndChoice.CLOSE if (tab := self._deck.active_tab) is not None:
                await self._close(tab)
            case _:
                pass

    def close_active(self) -> Awaitable[None] | None:
        """Close the active tab; where a shell is still open in it, only if that is meant."""
        tab = self._deck.active_tab
        if tab is None:
            return None
        if tab.tab_item().state is not TabState.OPEN:
            return self._close(tab)
        self._screen.app.push_screen(EndSessionsDialog((tab.title,), "Close"), partial(self._close_if, tab))
        return None

    def quit(self) -> None:
        """Quit, and ask when that ends sessions."""
        self._screen.run_worker(self._quit(), exclusive=True, group="quit", name="quit")

    def hand_over(self, machine: Machine) -> None:
        """Give the terminal to the system's ssh, and say afterwards how it ended."""
        self._say(hand_over_to_ssh(self._screen.app, self._services, machine))

    def copy_ssh_line(self, machine: Machine) -> None:
        """Put the equal ssh command line on the clipboard."""
        self._screen.run_worker(
            partial(self._make_ssh_line, machine), thread=True, exclusive=True, group="copy", name="make the ssh line"
        )

    def copy(self, text: str) -> None:
        """Write to the clipboard, which is said: the next paste would else surprise."""
        self._screen.app.copy_to_clipboard(text)
        self._say(Notice(f"copied: {text}"))

    async def _start_engine(self) -> None:
        try:
            await self._sessions.start()
        except EngineError as error:
            self._say(Notice(error.message, is_warning=True))

    async def _quit(self) -> None:
        app = self._screen.app
        live = tuple(tab.title for tab in self._deck.tabs if tab.is_live)
        if not live or await app.push_screen_wait(EndSessionsDialog(live, "Quit")):
            app.exit(return_code=0)

    async def _close_if(self, tab: TabPane, meant: bool | None) -> None:
        if meant and tab in self._deck.tabs:
            await self._close(tab)

    def _close(self, tab: TabPane) -> Awaitable[None]:
        """Leave a tab at once, since a key typed right behind is for the tab that comes forward; then take it away."""
        if tab is self._deck.active_tab:
            self._deck.activate_neighbour(-1)
            self._layout.follow_deck()
        return self._deck.close(tab)

    def _make_ssh_line(self, machine: Machine) -> None:
        self._screen.app.call_from_thread(self._copy_line, ssh_line(machine))

    def _copy_line(self, line: str | Notice) -> None:
        if isinstance(line, str):
            self.copy(line)
        else:
            self._say(line)
