"""What a person does with the sessions of one tab: divides it, goes from one to the next, sizes and closes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from mooring.ui.actions import Actions
from mooring.ui.notice import Say
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.session_tab import SessionTab
from mooring.ui.sessions.split.nodes import Axis, Direction
from mooring.ui.sessions.split.room import no_room
from mooring.ui.tabs.tab_desk import TabDesk

_COLUMNS_A_STEP, _LINES_A_STEP = 4, 2


class SplitDesk:
    """Acts on the active tab of sessions. What there is to say goes to `say`."""

    def __init__(self, deck: SessionDeck, tabs: TabDesk, say: Say) -> None:
        self._deck = deck
        self._tabs = tabs
        self._say = say

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        handle = partial(self._handle, actions)
        handle("split-beside", partial(self._split, Axis.COLUMNS))
        handle("split-below", partial(self._split, Axis.LINES))
        handle("zoom-pane", lambda tab: tab.toggle_zoom())
        handle("close-pane", self.close)
        for direction in Direction:
            way = direction.name.lower()
            step = _COLUMNS_A_STEP if direction.axis is Axis.COLUMNS else _LINES_A_STEP
            handle(f"pane-{way}", partial(self._go, direction))
            handle(f"resize-{way}", partial(self._resize, direction, step))

    # Dividing.

    async def _split(self, axis: Axis, tab: SessionTab) -> None:
        """Open the active session's machine once more, in half of its room."""
        if (refusal := no_room(tab, axis, self._deck.size)) is not None:
            self._say(refusal)
            return
        beside = tab.active_pane
        pane = self._deck.new_pane(beside.machine)
        await self._deck.mount(pane)
        tab.divide(tab.division.split(beside, pane, axis), pane)
        pane.take_focus()

    # Going and sizing.

    def _go(self, direction: Direction, tab: SessionTab) -> None:
        if tab.activate_neighbour_pane(direction):
            tab.take_focus()

    def _resize(self, direction: Direction, cells: int, tab: SessionTab) -> None:
        tab.resize_pane(direction, cells)

    # Closing.

    def close(self, tab: SessionTab) -> Awaitable[None] | None:
        """Close the active session; where its shell is open, only if that is meant. The last one goes with its tab."""
        if len(tab.panes) == 1:
            return self._tabs.close(tab)
        pane = tab.active_pane
        at_stake = (pane.machine.name,) if pane.is_at_stake else ()
        return self._tabs.ask_first(at_stake, partial(self._close_pane, tab, pane))

    async def _close_pane(self, tab: SessionTab, pane: SessionPane) -> None:
        rest = tab.division.without(pane)
        if pane in tab.panes and rest is not None:
            place = self._deck.place_of(tab) + 1
            tab.divide(rest, tab.pane_before(pane))
            tab.take_focus()
            await self._deck.close_apart(self._deck.tab_for(pane), place)

    def _handle(self, actions: Actions, name: str, act: Callable[[SessionTab], object]) -> None:
        """Have `act` do an action with the active tab, as long as it is one of sessions."""

        def run() -> object:
            tab = self._deck.active_tab
            return act(tab) if isinstance(tab, SessionTab) else None

        actions.handle(name, run, when=lambda: isinstance(self._deck.active_tab, SessionTab))
