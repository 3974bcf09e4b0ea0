"""Moving a session to a tab of its own, and back beside others."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from textual.screen import Screen

from mooring.ui.actions import Actions
from mooring.ui.notice import Say
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.session_tab import SessionTab
from mooring.ui.sessions.split.nodes import Axis
from mooring.ui.sessions.split.room import no_room
from mooring.ui.sessions.split.tree import SplitTree
from mooring.ui.tabs.switcher.goals import Goal
from mooring.ui.tabs.switcher.switcher_dialog import SwitcherDialog
from mooring_widgets.session_tabs.item import TAB_SIGNS

Division = SplitTree[SessionPane]


class PaneMoves:
    """Remembers where a session was. What there is to say goes to `say`, dialogs go over `screen`."""

    def __init__(self, screen: Screen[Any], deck: SessionDeck, say: Say) -> None:
        self._screen = screen
        self._deck = deck
        self._say = say
        self._homes: WeakKeyDictionary[SessionPane, tuple[SessionTab, Division]] = WeakKeyDictionary()

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("move-pane", self._move, when=lambda: isinstance(self._deck.active_tab, SessionTab))

    async def _move(self) -> None:
        """Out of a divided tab; else back to where it came from, or beside the session of a tab that is asked for."""
        tab = self._deck.active_tab
        if not isinstance(tab, SessionTab):
            return
        pane = tab.active_pane
        if len(tab.panes) > 1:
            await self._move_out(tab, pane)
            return
        home, division = self._homes.get(pane, (None, None))
        if home is None or division is None or home not in self._deck.tabs:
            self._ask_where(tab)
        elif set(division.keys) == {*home.panes, pane}:
            await self._put_into(home, tab, division)
        else:
            await self._join(home, tab)

    async def _move_out(self, tab: SessionTab, pane: SessionPane) -> None:
        rest = tab.division.without(pane)
        assert rest is not None
        self._homes[pane] = (tab, tab.division)
        tab.divide(rest, tab.pane_before(pane))
        await self._deck.add(self._deck.tab_for(pane), place=self._deck.place_of(tab) + 1)

    def _ask_where(self, tab: SessionTab) -> None:
        goals = [
            Goal(item.key, item.title, item.detail, TAB_SIGNS[item.state], number)
            for number, item in enumerate(self._deck.tab_items(), start=1)
            if item.key != tab.id and isinstance(self._deck.find(item.key), SessionTab)
        ]

        async def go(goal: Goal | None) -> None:
            home = self._deck.find(goal.key) if goal is not None else None
            if isinstance(home, SessionTab):
                await self._join(home, tab)

        dialog = SwitcherDialog(goals, title=f"Move {tab.title} beside", nothing="there is no other session")
        self._screen.app.push_screen(dialog, go)

    async def _join(self, home: SessionTab, tab: SessionTab) -> None:
        if (refusal := no_room(home, Axis.COLUMNS, self._deck.size)) is not None:
            self._say(refusal)
            return
        await self._put_into(home, tab, home.division.split(home.active_pane, tab.active_pane, Axis.COLUMNS))

    async def _put_into(self, home: SessionTab, tab: SessionTab, division: Division) -> None:
        pane = tab.active_pane
        home.divide(division, pane)
        await self._deck.replace(tab, home)
        pane.take_focus()
