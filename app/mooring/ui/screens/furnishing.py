"""Having the desks in their place: at once, or loaded by a thread behind the first picture."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from mooring.ui import screens

if TYPE_CHECKING:
    from mooring.ui.screens.desks import Desks

WANTED_LATER = (
    "mooring.ui.actions.palette",
    "mooring.ui.settings.settings_dialog",
    "mooring.ui.settings.keys.keys_dialog",
    "mooring.store.settings.editor",
    "tomlkit",
    "regex",
)
"""What is loaded behind the desks, since they themselves load it when it is asked for, which would be felt at a key."""

_LATEST = 0.5
"""Seconds after which the desks come, though no source of machines has answered yet."""


class Furnishing:
    """`make` puts the desks together, once; `put_in_place` then has what belongs to them on the screen.

    With `later` they are not made for the first picture. Whoever cannot wait has them made by asking for `desks`.
    """

    def __init__(
        self,
        screen: Screen[Any],
        make: Callable[[], Desks],
        put_in_place: Callable[[Desks], Coroutine[Any, Any, None]],
        *,
        later: bool,
    ) -> None:
        self._screen = screen
        self._make = make
        self._put_in_place = put_in_place
        self._later = later
        self._in_place = asyncio.Event()
        self._is_loading = False
        self.made: Desks | None = None
        """The desks, where they have been made."""

    @property
    def desks(self) -> Desks:
        """The desks, made now where they have not been."""
        if self.made is None:
            self.made = self._make()
            if self._later:
                putting = self._put_in_place(self.made)
                self._screen.run_worker(putting, group="desks", name="put the desks in place")
        return self.made

    @property
    def is_complete(self) -> bool:
        """Whether all that belongs to the desks is in its place."""
        return self._in_place.is_set()

    def complete(self) -> None:
        """Say that it is."""
        self._in_place.set()

    async def wait(self) -> Desks:
        """Return the desks once all is in its place; keys are taken and painted meanwhile."""
        if self.made is None:
            await asyncio.to_thread(getattr, screens, "Desks")
        desks = self.desks
        await self._in_place.wait()
        return desks

    def begin_at_the_latest(self) -> None:
        """Begin in a moment, should nobody `begin` before."""
        self._screen.set_timer(_LATEST, self.begin)

    def begin_after_refresh(self) -> None:
        """Begin behind the next picture."""
        self._screen.call_after_refresh(self.begin)

    def begin(self) -> None:
        """Load the desks, and then what they would load when it is asked for."""
        if not self._is_loading:
            self._is_loading = True
            self._screen.run_worker(self._load_in_turn(), group="desks", name="load what comes later")

    async def _load_in_turn(self) -> None:
        await self.wait()
        for module in WANTED_LATER:
            await asyncio.to_thread(import_module, module)
