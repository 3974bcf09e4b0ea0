"""Broadcast at work: choosing sessions, taking single ones out, ending it, and the sign that it is on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from mooring.ui.actions import Actions
from mooring.ui.notice import Notice, Say
from mooring.ui.sessions.broadcast.broadcast import FEWEST, Broadcast
from mooring.ui.sessions.broadcast.broadcast_dialog import BroadcastDialog, Candidate
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.session_tab import SessionTab
from mooring_widgets.session_tabs import TabState


class Broadcasting:
    """Keeps the one broadcast there is. What there is to say goes to `say`, dialogs go over `screen`."""

    def __init__(self, screen: Screen[Any], deck: SessionDeck, end_key: Callable[[], str], say: Say) -> None:
        """`end_key` tells how a person calls the key that ends it."""
        self._screen = screen
        self._deck = deck
        self._end_key = end_key
        self._say = say
        self._broadcast = Broadcast()

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle(
            "broadcast", self._toggle, when=lambda: self._broadcast.is_on or self._deck.active_pane is not None
        )
        actions.handle("broadcast-here", self._toggle_here, when=lambda: self._broadcast.is_on)

    def follow(self) -> None:
        """Take out the sessions that are over, and say so: the person counts on them."""
        ended = self._broadcast.without_the_ended(self._deck.panes)
        if ended:
            names = ", ".join(pane.machine.name for pane in ended)
            rest = "" if self._broadcast.is_on else ", which ends it"
            self._say(Notice(f"{names} left the broadcast{rest}", is_warning=True))

    @property
    def alarm(self) -> str:
        """What can't be overlooked while the keys go to several sessions; "" while they go to one."""
        pane = self._deck.active_pane
        if pane is None or pane not in self._broadcast:
            return ""
        members = self._broadcast.members
        names = ", ".join(member.machine.name for member in members)
        return f"BROADCAST: you type into {len(members)} sessions · {self._end_key()} ends it · {names}"

    @property
    def summary(self) -> str:
        """Few words for the top line: how many there are, and whether the active session is one of them."""
        if not self._broadcast.is_on:
            return ""
        count = len(self._broadcast.members)
        return f"BROADCAST to {count}" if self.alarm else f"broadcast to {count}, not here"

    def _toggle(self) -> None:
        if self._broadcast.is_on:
            self._broadcast.stop()
            self._say(Notice("the broadcast is over"))
            return
        panes = [pane for pane in self._deck.panes if pane.state is TabState.OPEN]
        if len(panes) < FEWEST:
            self._say(Notice(f"a broadcast wants {FEWEST} open sessions or more", is_warning=True))
            return

        def start(chosen: tuple[int, ...] | None) -> None:
            for index in chosen or ():
                self._broadcast.add(panes[index])
            self.follow()

        self._screen.app.push_screen(BroadcastDialog([self._candidate(pane) for pane in panes]), start)

    def _toggle_here(self) -> None:
        pane = self._deck.active_pane
        if pane is None:
            return
        if pane in self._broadcast:
            self._broadcast.leave(pane)
            self._say(Notice(f"{pane.machine.name} left the broadcast"))
        elif pane.machine.guard:
            self._say(Notice(f"{pane.machine.name} is guarded: it joins at the beginning only", is_warning=True))
        elif pane.state is TabState.OPEN:
            self._broadcast.add(pane)

    def _candidate(self, pane: SessionPane) -> Candidate:
        tab = self._deck.tab_of(pane)
        number = self._deck.place_of(tab) + 2 if tab is not None else 0
        active = self._deck.active_tab
        beside = isinstance(active, SessionTab) and pane in active.panes and not pane.machine.guard
        return Candidate(number, pane.machine.name, pane.program_title, pane.machine.guard, chosen=beside)
