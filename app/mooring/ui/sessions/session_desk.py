"""What a person does with sessions: opens and closes them, connects again, hands over to the system's ssh."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.model.errors import EngineError, EngineTakenOverError
from mooring.model.machine import Machine
from mooring.session import Session, Sessions
from mooring.ui.actions import Actions
from mooring.ui.dialogs.quit import QuitChoice, QuitDialog
from mooring.ui.handover.ssh_actions import hand_over_to_ssh, ssh_line
from mooring.ui.notice import Notice, Say
from mooring.ui.screens.layout import Layout
from mooring.ui.services import Services
from mooring.ui.sessions.keeping.kept_tabs import KeptTabs
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane


class SessionDesk:
    """Acts on the deck and its sessions. What there is to say goes to `say`, dialogs go over `screen`."""

    def __init__(
        self,
        screen: Screen[Any],
        services: Services,
        sessions: Sessions,
        deck: SessionDeck,
        kept: KeptTabs,
        layout: Layout,
        say: Say,
        *,
        copy: Callable[[str], None],
        runs_apart: Callable[[], tuple[str, ...]],
        leader: Callable[[], str],
    ) -> None:
        """`runs_apart` names the commands that run beside sessions, `leader` the key that leads."""
        self._screen = screen
        self._services = services
        self._sessions = sessions
        self._deck = deck
        self._kept = kept
        self._layout = layout
        self._say = say
        self._copy = copy
        self._runs_apart = runs_apart
        self._leader = leader

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        self._handle(actions, "reconnect", lambda pane: pane.reconnect())
        self._handle(actions, "duplicate", self._duplicate)
        self._handle(actions, "scroll-page-up", lambda pane: pane.terminal.scroll_by_pages(-1))
        self._handle(actions, "scroll-page-down", lambda pane: pane.terminal.scroll_by_pages(1))
        self._handle(actions, "scroll-oldest", lambda pane: pane.terminal.scroll_to_oldest())
        self._handle(actions, "scroll-live", lambda pane: pane.terminal.scroll_to_live())
        self._handle(actions, "search", lambda pane: pane.search())
        self._handle(actions, "copy-mode", lambda pane: pane.begin_copying())
        self._handle(actions, "send-leader", lambda pane: pane.send_key(self._leader()))
        actions.handle("quit", self.quit)

    def start_engine(self, then: Callable[[], object]) -> None:
        """Have the engine ready before a session wants it. A session tries again where it could not be started.

        `then` is called when that is done, and the sessions that were kept have their tabs.
        """
        self._screen.run_worker(self._start_engine(then), group="engine", name="start the engine")

    async def open(self, machine: Machine, *, place: int | None = None) -> None:
        """Open a native session on a machine in a tab of its own: at a place, from 0, or behind all others."""
        if machine.problem is not None:
            self._say(Notice(f"{machine.name} can't be opened: {machine.problem}", is_warning=True))
            self._layout.focus_active()
            return
        self._say(Notice(""))
        await self._deck.open(machine, place=place)
        self._layout.leave_panel()

    def quit(self) -> None:
        """Quit, and ask when that ends sessions."""
        self._screen.run_worker(self._quit(), exclusive=True, group="quit", name="quit")

    def session_changed(self, session: Session) -> None:
        """Say it, wherever the person is, when another UI takes the sessions over."""
        if isinstance(session.failure, EngineTakenOverError):
            self._say(Notice(session.failure.message, is_warning=True))

    def hand_over(self, machine: Machine) -> None:
        """Give the terminal to the system's ssh, and say afterwards how it ended."""
        self._say(hand_over_to_ssh(self._screen.app, self._services, machine))

    def copy_ssh_line(self, machine: Machine) -> None:
        """Put the equal ssh command line on the clipboard."""
        self._screen.run_worker(
            partial(self._make_ssh_line, machine), thread=True, exclusive=True, group="copy", name="make the ssh line"
        )

    async def _start_engine(self, then: Callable[[], object]) -> None:
        try:
            await self._sessions.start()
        except EngineError as error:
            self._say(Notice(error.message, is_warning=True))
        await self._kept.restore()
        then()

    async def _duplicate(self, pane: SessionPane) -> None:
        tab = self._deck.active_tab
        await self.open(pane.machine, place=None if tab is None else self._deck.place_of(tab) + 1)

    async def _quit(self) -> None:
        app = self._screen.app
        tabs = self._deck.tabs
        sessions = tuple(name for tab in tabs if tab.HOLDS_SESSIONS for name in tab.at_stake)
        others = (name for tab in tabs if not tab.HOLDS_SESSIONS for name in tab.at_stake)
        ending = (*others, *self._runs_apart())
        if not sessions and not ending:
            app.exit(return_code=0)
            return
        match await app.push_screen_wait(QuitDialog(sessions, ending, why_not=self._why_not_kept())):
            case QuitChoice.KEEP:
                await self._leave(len(sessions))
            case QuitChoice.END:
                app.exit(return_code=0)

    def _why_not_kept(self) -> str:
        """Why sessions end with the screens; "" where they need not."""
        if not self._services.keeps_sessions:
            return "sessions on your own machines can be kept"
        return "" if self._sessions.link.can_keep else "they can't be kept: `mooring doctor` tells why"

    async def _leave(self, count: int) -> None:
        """Quit, and let the sessions go on without the screens."""
        await self._kept.remember()
        await self._sessions.detach()
        told = "1 session goes on; mooring attach shows it"
        if count > 1:
            told = f"{count} sessions go on; mooring attach shows them"
        self._screen.app.exit(return_code=0, message=told)

    def _handle(self, actions: Actions, name: str, act: Callable[[SessionPane], object]) -> None:
        """Have `act` do an action with the active session, as long as there is one."""

        def run() -> object:
            pane = self._deck.active_pane
            return None if pane is None else act(pane)

        actions.handle(name, run, when=lambda: self._deck.active_pane is not None)

    def _make_ssh_line(self, machine: Machine) -> None:
        self._screen.app.call_from_thread(self._copy_line, ssh_line(machine))

    def _copy_line(self, line: str | Notice) -> None:
        if isinstance(line, str):
            self._copy(line)
        else:
            self._say(line)
