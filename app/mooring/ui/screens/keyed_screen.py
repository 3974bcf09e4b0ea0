"""A screen whose keys are those of the keymap: what is done with each, and how it is shown what keys there are."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from mooring.ui.actions import Actions
from mooring.ui.keys import Area, Keymap
from mooring.ui.keys.names import spell
from mooring.ui.keys.router import Router
from mooring.ui.screens.leader_map import LeaderMap
from mooring.ui.screens.status_bar import StatusBar


class KeyedScreen(Screen[None]):
    """Looks each key up before any widget gets it, and does its action; whoever derives from it composes the rest.

    `actions` are what can be done, `status` is the bottom line with the keys, `leader_map` what the leader may be
    followed by. `area_of` tells in which area a widget is, None for nowhere.
    """

    def __init__(
        self, keymap: Keymap, area_of: Callable[[Widget | None], Area | None], *, classes: str | None = None
    ) -> None:
        super().__init__(classes=classes)
        self.keymap = keymap
        self.area_of = area_of
        self.actions = Actions()
        self.status = StatusBar(id="status")
        self.leader_map = LeaderMap(spell(keymap.leader), keymap.hints(Area.LEADER), id="leader-map")
        self._router = Router(keymap)

    @property
    def area(self) -> Area | None:
        """The area that the keys go to; None while they go nowhere."""
        return self.area_of(self.focused)

    def take_key(self, event: events.Key) -> events.Key | None:
        """Take a key before anybody else does, and give back the one that is for the widget with the focus, if any.

        A key that a person put on what the widget knows by another key becomes that other key.
        """
        before = (self._router.is_leading, self._router.is_repeating)
        found = self._router.press(self.area, event.key)
        if (self._router.is_leading, self._router.is_repeating) != before:
            self._show_leader_map()
        if found is None:
            return event
        if found.action:
            self.perform(found.action)
        return events.Key(found.instead, None) if found.instead else None

    def _show_leader_map(self) -> None:
        again = self._router.is_repeating
        self.leader_map.show(spell(self.keymap.leader), self.keymap.hints(Area.LEADER, again=again), again=again)
        # A class of the screen would have Textual look up the styles of every widget there is.
        self.leader_map.set_class(self._router.is_leading, "-shown")

    def perform(self, action: str) -> None:
        """Do an action: its first part at once, since the next key may be for what it shows, the rest in its turn."""
        if (rest := self.actions.perform(action)) is not None:
            self.call_later(lambda: rest)

    def show_keys(self) -> None:
        """Let the bottom line show the keys of the part that has the focus."""
        self.status.show_keys(self.keymap.footer(self.area or Area.LIST))

    def on_descendant_focus(self) -> None:
        """The keys that the bottom line shows follow the focus."""
        self.show_keys()
