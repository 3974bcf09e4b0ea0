"""The deck with sessions in it: what the engine tells goes to the pane that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.geometry import Spacing

from mooring.model.machine import Machine
from mooring.ui import sessions
from mooring.ui.browser.detail_pane import DetailPane
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.tabs import FIRST_TAB, Deck
from mooring_widgets.machine_list import RowState
from mooring_widgets.session_tabs import TabState

if TYPE_CHECKING:
    from mooring.session import Session
    from mooring.ui.sessions.bridge import QuestionAsked, QuestionLapsed, SessionChanged, SessionOutput
    from mooring.ui.sessions.session_pane import OpenSession, SessionPane
    from mooring.ui.sessions.session_tab import SessionTab
    from mooring.ui.sessions.split.tree import SplitTree

_ROW_STATES = {
    TabState.CONNECTING: RowState.CONNECTING,
    TabState.QUESTION: RowState.CONNECTING,
    TabState.OPEN: RowState.OPEN,
    TabState.RECONNECTING: RowState.CONNECTING,
    TabState.ENDED: RowState.IDLE,
    TabState.FAILED: RowState.FAILED,
}
_LIVELINESS = (RowState.IDLE, RowState.FAILED, RowState.CONNECTING, RowState.OPEN)


_AROUND_DECK = Spacing(top=1, bottom=1)
"""The row of tabs and the status line."""


class SessionDeck(Deck):
    """The details of a machine first, then tabs, those of sessions among them; hidden ones paint nothing.

    What a session is shown with is loaded with the first of them, or before, behind the first picture.
    """

    def __init__(
        self,
        settings: SettingsInForce,
        open_session: OpenSession,
        ssh_available: Callable[[], bool],
        *,
        id: str,
    ) -> None:
        self.details = DetailPane(id=FIRST_TAB)
        super().__init__(self.details, "Machines", id=id, most_closed_bytes=settings.now.scrollback_bytes)
        self._settings = settings
        self._open_session = open_session
        self._ssh_available = ssh_available

    @property
    def panes(self) -> list[SessionPane]:
        """The panes of all sessions, in the order of their tabs."""
        return [pane for tab in self.tabs if isinstance(tab, sessions.SessionTab) for pane in tab.panes]

    @property
    def active_pane(self) -> SessionPane | None:
        """The session that keys and commands are for, if the active tab has one."""
        tab = self.active_tab
        return tab.active_pane if tab is not None and isinstance(tab, sessions.SessionTab) else None

    def pane_of(self, session: Session) -> SessionPane | None:
        """The pane that shows `session` now, be its tab closed; None when the pane is gone or shows a later one."""
        return next((pane for pane in self._all_panes() if pane.session is session), None)

    def tab_of(self, pane: SessionPane) -> SessionTab | None:
        """The tab that shows a pane, unless it is closed."""
        return next((tab for tab in self.tabs if isinstance(tab, sessions.SessionTab) and pane in tab.panes), None)

    async def open(
        self, machine: Machine, *, place: int | None = None, open_session: OpenSession | None = None
    ) -> None:
        """Open a session in a tab of its own, and go there; without a `place`, from 0, it is the last.

        `open_session` stands in for the usual way to begin one.
        """
        await self.add(self.tab_for(self.new_pane(machine, open_session)), place=place)

    async def open_division(self, division: SplitTree[SessionPane], title: str = "") -> SessionTab:
        """Open a divided tab behind the others, and its sessions at once, though nobody sees them yet."""
        tab = self.tab_for(division.keys[0])
        tab.divide(division, division.keys[0])
        if title:
            tab.rename(title)
        await self.add(tab, behind=True)
        # About the size that they will have: the true one follows when they are shown.
        for pane, region in tab.regions(self.screen.size.region.shrink(_AROUND_DECK)).items():
            if isinstance(pane, sessions.SessionPane):
                pane.begin(region.size)
        return tab

    def tab_for(self, pane: SessionPane) -> SessionTab:
        """A tab of its own for a pane."""
        return sessions.SessionTab(pane, self.free_title(pane.machine.name), id=self.new_id())

    def machine_states(self) -> dict[str, RowState]:
        """What goes on with each machine that has a session, by name; of several sessions the liveliest counts."""
        states: dict[str, RowState] = {}
        for pane in self.panes:
            state = _ROW_STATES[pane.state]
            if _LIVELINESS.index(state) >= _LIVELINESS.index(states.get(pane.machine.name, RowState.IDLE)):
                states[pane.machine.name] = state
        return states

    def on_session_pane_changed(self, event: SessionPane.Changed) -> None:
        """A pane looks different, and so does its tab."""
        event.stop()
        if tab := self.tab_of(event.pane):
            tab.pane_changed()

    def on_session_pane_focus_changed(self, event: SessionPane.FocusChanged) -> None:
        """The pane that has the keys is the active one of its tab."""
        event.stop()
        if tab := self.tab_of(event.pane):
            if event.has_focus:
                tab.activate_pane(event.pane)
            tab.refresh()

    def on_session_tab_pane_wanted(self, event: SessionTab.PaneWanted) -> None:
        """A pane is gone to by the mouse."""
        event.stop()
        event.pane.take_focus()

    # What the engine tells, by way of the bridge.

    def on_session_changed(self, event: SessionChanged) -> None:
        """State or step of a session are new."""
        if pane := self.pane_of(event.session):
            pane.session_changed()

    def on_session_output(self, event: SessionOutput) -> None:
        """A remote program wrote something; where its tab is closed it is dealt with by being dropped."""
        data = event.take()
        if pane := self.pane_of(event.session):
            pane.output(data)
        else:
            event.session.consumed(len(data))

    async def on_question_asked(self, event: QuestionAsked) -> None:
        """A session wants to know something; without its tab nobody answers."""
        if pane := self.pane_of(event.session):
            await pane.ask(event.question_id, event.question)
        else:
            self.post_message(sessions.QuestionCard.Answered(event.question_id, None))

    async def on_question_lapsed(self, event: QuestionLapsed) -> None:
        """Nobody waits for this answer any more."""
        await self.withdraw(event.question_id)

    async def withdraw(self, question_id: int) -> None:
        """Take a question off the screen."""
        for pane in tuple(self._all_panes()):
            await pane.withdraw(question_id)

    def follow_settings(self) -> None:
        """Have every session painted, and read its keys, as the settings say now."""
        for pane in self._all_panes():
            pane.follow_settings()

    def _all_panes(self) -> Iterable[SessionPane]:
        """Those of closed tabs too."""
        return (child for child in self.children if isinstance(child, sessions.SessionPane))

    def new_pane(self, machine: Machine, open_session: OpenSession | None = None) -> SessionPane:
        """A pane for a session on a machine, to be put into a tab; the session begins when the pane has its size."""
        return sessions.SessionPane(
            machine,
            self._settings,
            open_session or self._open_session,
            ssh_available=self._ssh_available(),
        )
