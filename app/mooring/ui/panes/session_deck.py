"""The middle of the screen: the details first, then one pane for each session, one of them shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import ContentSwitcher

from mooring.model.machine import Machine
from mooring.session import Session
from mooring.store import Settings
from mooring.ui.bridge import QuestionAsked, QuestionLapsed, SessionChanged, SessionNoticed, SessionOutput
from mooring.ui.dialogs.question import QuestionCard
from mooring.ui.panes.detail_pane import DetailPane
from mooring.ui.panes.session_pane import OpenSession, SessionPane
from mooring_widgets.machine_list import RowState
from mooring_widgets.session_tabs import TabItem, TabState

DETAILS_TAB = "tab-details"

_ROW_STATES = {
    TabState.CONNECTING: RowState.CONNECTING,
    TabState.QUESTION: RowState.CONNECTING,
    TabState.OPEN: RowState.OPEN,
    TabState.ENDED: RowState.IDLE,
    TabState.FAILED: RowState.FAILED,
}
_LIVELINESS = (RowState.IDLE, RowState.FAILED, RowState.CONNECTING, RowState.OPEN)


class SessionDeck(ContentSwitcher):
    """Holds the panes and knows which is active; hidden panes feed their terminals and paint nothing."""

    @dataclass
    class TabsChanged(Message):
        """The tabs, or which of them is active, are new."""

    def __init__(
        self, settings: Settings, open_session: OpenSession, ssh_available: Callable[[], bool], *, id: str
    ) -> None:
        super().__init__(DetailPane(id=DETAILS_TAB), initial=DETAILS_TAB, id=id)
        self._settings = settings
        self._open_session = open_session
        self._ssh_available = ssh_available
        self._opened_tabs = 0
        self._leaving: set[SessionPane] = set()

    @property
    def details(self) -> DetailPane:
        """The first tab."""
        return self.query_one(DetailPane)

    @property
    def panes(self) -> list[SessionPane]:
        """The sessions in the order of their tabs, without those whose tab is being closed."""
        return [child for child in self.children if isinstance(child, SessionPane) and child not in self._leaving]

    @property
    def active_pane(self) -> SessionPane | None:
        """The session that is shown, if it is one."""
        return next((pane for pane in self.panes if pane.id == self.current), None)

    def tab_items(self) -> list[TabItem]:
        """What the row of tabs shows."""
        return [TabItem(key=DETAILS_TAB, title="Machines"), *(pane.tab_item() for pane in self.panes)]

    def pane_of(self, session: Session) -> SessionPane | None:
        """The pane that shows `session` now; None when its tab is closed or shows a later one."""
        return next((pane for pane in self.panes if pane.session is session), None)

    async def open(self, machine: Machine) -> None:
        """Open a session in a tab of its own, and go there."""
        self._opened_tabs += 1
        pane = SessionPane(
            machine,
            self._free_title(machine.name),
            self._settings,
            self._open_session,
            ssh_available=self._ssh_available(),
            id=f"tab-{self._opened_tabs}",
        )
        pane.display = False
        await self.mount(pane)
        self.activate(f"tab-{self._opened_tabs}")

    def activate(self, key: str) -> None:
        """Go to a tab."""
        for pane in self.panes:
            pane.set_active(pane.id == key)
        self.current = key
        self.post_message(self.TabsChanged())

    def activate_number(self, number: int) -> bool:
        """Go to a tab by its number, from 1; False when there is none."""
        keys = [item.key for item in self.tab_items()]
        if not 1 <= number <= len(keys):
            return False
        self.activate(keys[number - 1])
        return True

    def activate_neighbour(self, step: int) -> None:
        """Go to the tab `step` to the right, around the ends."""
        keys = [item.key for item in self.tab_items()]
        here = keys.index(self.current or DETAILS_TAB)
        self.activate(keys[(here + step) % len(keys)])

    async def close(self, pane: SessionPane) -> None:
        """Hang up and take the tab away; its left neighbour comes forward."""
        keys = [item.key for item in self.tab_items()]
        neighbour = keys[keys.index(pane.id or "") - 1]
        pane.hang_up()
        if pane.id == self.current:
            self.activate(neighbour)
        # Its parts go before it does, and meanwhile the engine tells that the session has ended.
        self._leaving.add(pane)
        await pane.remove()
        self._leaving.discard(pane)
        self.post_message(self.TabsChanged())

    def machine_states(self) -> dict[str, RowState]:
        """What goes on with each machine that has a tab, by name; of several tabs the liveliest counts."""
        states: dict[str, RowState] = {}
        for pane in self.panes:
            state = _ROW_STATES[pane.state]
            if _LIVELINESS.index(state) >= _LIVELINESS.index(states.get(pane.machine.name, RowState.IDLE)):
                states[pane.machine.name] = state
        return states

    def facts(self) -> Content:
        """What the footer tells of the active tab."""
        pane = self.active_pane
        return pane.facts() if pane is not None else Content("")

    def take_focus(self) -> None:
        """Give the keys to the active pane."""
        pane = self.active_pane
        if pane is None:
            self.details.focus()
        else:
            pane.take_focus()

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

    def on_session_noticed(self, event: SessionNoticed) -> None:
        """A banner or a warning."""
        if pane := self.pane_of(event.session):
            pane.notice(event.text)

    async def on_question_asked(self, event: QuestionAsked) -> None:
        """A session wants to know something; without its tab nobody answers."""
        if pane := self.pane_of(event.session):
            await pane.ask(event.question_id, event.question)
        else:
            self.post_message(QuestionCard.Answered(event.question_id, None))

    async def on_question_lapsed(self, event: QuestionLapsed) -> None:
        """Nobody waits for this answer any more."""
        for pane in self.panes:
            await pane.withdraw(event.question_id)

    def on_session_pane_changed(self, event: SessionPane.Changed) -> None:
        """A tab looks different."""
        event.stop()
        self.post_message(self.TabsChanged())

    def _free_title(self, name: str) -> str:
        taken = {pane.title for pane in self.panes}
        if name not in taken:
            return name
        return next(title for number in range(2, len(taken) + 3) if (title := f"{name} ({number})") not in taken)
