"""Has the engine remember the tabs, and makes them again for the sessions that it has kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from mooring.model.errors import EngineError
from mooring.model.machine import Machine
from mooring.model.terminal import TerminalSize
from mooring.model.workspace import PanePlan, keep_panes, panes_of
from mooring.session import Session, Sessions
from mooring.ui.sessions.keeping.note import read_note, write_note
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.session_tab import SessionTab
from mooring.ui.sessions.split.nodes import Leaf
from mooring.ui.sessions.split.tree import SplitTree
from mooring.ui.tabs.tab_desk import TabDesk
from mooring.ui.workspaces.plans import division_of, plan_of

SETTLING = 1.0
"""Seconds after which a change of the tabs is told to the engine, with all that followed."""


class KeptTabs:
    """Timers and workers are `screen`'s."""

    def __init__(self, screen: Screen[Any], deck: SessionDeck, tabs: TabDesk, sessions: Sessions) -> None:
        self._screen = screen
        self._deck = deck
        self._tabs = tabs
        self._sessions = sessions
        self._told = ""
        self._timer: Timer | None = None

    async def restore(self) -> None:
        """Take up what the engine has kept: in the tabs that it remembers, and in tabs of their own."""
        kept = {session.id: session for session in self._sessions.kept}
        if not kept:
            return
        note = read_note(self._sessions.note)
        active: SessionTab | None = None
        for number, tab_plan in enumerate(note.tabs, start=1):
            plan = keep_panes(tab_plan.plan, lambda pane: pane.session in kept)
            if plan is None or len(set(panes_of(plan))) < len(list(panes_of(plan))):
                continue
            tab = await self._deck.open_division(division_of(plan, partial(self._pane_for, kept)), tab_plan.title)
            if active is None or number == note.active:
                active = tab
        for session in tuple(kept.values()):
            pane = self._pane_for(kept, PanePlan(session.machine.name, session.id))
            tab = await self._deck.open_division(SplitTree(Leaf(pane)))
            active = active or tab
        if active is not None:
            self._tabs.go_to(active.id or "")

    def follow(self) -> None:
        """The tabs may be others than before."""
        if self._timer is None:
            self._timer = self._screen.set_timer(SETTLING, self._remember)

    async def remember(self) -> None:
        """Tell the engine now. One that is gone has nothing to keep."""
        note = self._note()
        if note != self._told and self._sessions.open_sessions:
            self._told = note
            try:
                await self._sessions.remember(note)
            except EngineError:
                self._told = ""

    def _remember(self) -> None:
        self._timer = None
        self._screen.run_worker(self.remember(), group="remember", name="remember the tabs")

    def _note(self) -> str:
        tabs = [tab for tab in self._deck.tabs if isinstance(tab, SessionTab) and all(p.session for p in tab.panes)]
        active = next((number for number, tab in enumerate(tabs, start=1) if tab.is_active), 1)
        return write_note([plan_of(tab, _numbered) for tab in tabs], active)

    def _pane_for(self, kept: dict[int, Session], plan: PanePlan) -> SessionPane:
        session = kept.pop(plan.session or 0)
        return self._deck.new_pane(session.machine, partial(self._take_up, session))

    def _take_up(self, session: Session, machine: Machine, size: TerminalSize) -> Session:
        """Show what an engine has kept; once its pane connects again, that is a session like any other."""
        if not session.is_kept:
            return self._sessions.open(machine, size)
        self._sessions.take_up(session, size)
        return session


def _numbered(pane: SessionPane) -> PanePlan:
    return PanePlan(pane.machine.name, pane.session.id if pane.session is not None else None)
