"""What a person does with tabs of every kind: goes to one, puts it elsewhere, names it, closes and reopens it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.ui.actions import Actions
from mooring.ui.actions.catalogue import TAB_NUMBERS
from mooring.ui.dialogs.confirm import EndSessionsDialog
from mooring.ui.screens.layout import Layout
from mooring.ui.tabs.deck import Deck
from mooring.ui.tabs.rename_dialog import RenameDialog
from mooring.ui.tabs.tab_pane import TabPane


class TabDesk:
    """Acts on the deck. Dialogs go over `screen`."""

    def __init__(self, screen: Screen[Any], deck: Deck, layout: Layout) -> None:
        self._screen = screen
        self._deck = deck
        self._layout = layout

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        deck = self._deck
        actions.handle("next-tab", partial(deck.activate_neighbour, 1))
        actions.handle("previous-tab", partial(deck.activate_neighbour, -1))
        for number in TAB_NUMBERS:
            actions.handle(f"tab-{number}", partial(self._go_to_number, number))
        self._handle(actions, "close-tab", self.close)
        self._handle(actions, "rename-tab", self._ask_for_name)
        self._handle(actions, "move-tab-left", partial(self._move, -1))
        self._handle(actions, "move-tab-right", partial(self._move, 1))
        actions.handle("reopen-tab", deck.reopen, when=lambda: deck.can_reopen)

    def go_to(self, key: str) -> None:
        """Go to the tab that has a key; the keys go there also where it was shown already."""
        self._deck.activate(key)
        self._layout.follow_deck()
        self._layout.leave_panel()

    def close_by_key(self, key: str) -> Awaitable[None] | None:
        """Close the tab that has a key, if it is still there."""
        tab = self._deck.find(key)
        return None if tab is None else self.close(tab)

    def move_by_key(self, key: str, number: int) -> None:
        """Put the tab that has a key where the one with a number is; 0 is the first tab, which stays where it is."""
        if (tab := self._deck.find(key)) is not None and number > 0:
            self._deck.move(tab, number - 1)

    def close(self, tab: TabPane) -> Awaitable[None] | None:
        """Close a tab; where something is still open in it, only if that is meant."""
        return self.ask_first(tab.at_stake, partial(self._close_if_there, tab), are_sessions=tab.HOLDS_SESSIONS)

    def ask_first(
        self, at_stake: tuple[str, ...], close: Callable[[], Awaitable[None]], *, are_sessions: bool = True
    ) -> Awaitable[None] | None:
        """Close something at once, or once it was said that what is at stake may end."""
        if not at_stake:
            return close()

        async def close_if(meant: bool | None) -> None:
            if meant:
                await close()

        sessions, others = (at_stake, ()) if are_sessions else ((), at_stake)
        self._screen.app.push_screen(EndSessionsDialog(sessions, going_on=others), close_if)
        return None

    def close_at_once(self, tab: TabPane) -> Awaitable[None]:
        """Leave a tab at once, since a key typed right behind is for the tab that comes forward; then take it away."""
        if tab is self._deck.active_tab:
            self._deck.activate_neighbour(-1)
            self._layout.follow_deck()
        return self._deck.close(tab)

    def _go_to_number(self, number: int) -> None:
        keys = self._deck.keys
        if number <= len(keys):
            self.go_to(keys[number - 1])

    def _close_if_there(self, tab: TabPane) -> Awaitable[None]:
        """No coroutine of its own: that would do nothing before somebody awaits it, and the next key comes first."""
        return self.close_at_once(tab) if tab in self._deck.tabs else asyncio.sleep(0)

    def _ask_for_name(self, tab: TabPane) -> None:
        def rename(title: str | None) -> None:
            if title is not None:
                tab.rename(title)

        self._screen.app.push_screen(RenameDialog(tab.title), rename)

    def _move(self, step: int, tab: TabPane) -> None:
        self._deck.move(tab, self._deck.place_of(tab) + step)

    def _handle(self, actions: Actions, name: str, act: Callable[[TabPane], object]) -> None:
        """Have `act` do an action with the active tab, as long as there is one."""

        def run() -> object:
            tab = self._deck.active_tab
            return None if tab is None else act(tab)

        actions.handle(name, run, when=lambda: self._deck.active_tab is not None)
