"""Carries work out in slices, between which keys are taken and frames are painted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.widget import Widget

from mooring_widgets.machine_list.work import Work, advance

SLICE_SECONDS = 0.01
"""How long the loop stands still at a time."""


class Arranger:
    """One piece of work at a time; the next one drops what was left of the last.

    What is done in one slice is done at once: a short list never shows anything old.
    """

    def __init__(self, widget: Widget, done: Callable[[], None]) -> None:
        self._widget = widget
        self._done = done
        self._work: Work[None] | None = None
        self._has_worker = False
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def is_busy(self) -> bool:
        """Whether there is work left."""
        return self._work is not None

    def start(self, work: Work[None]) -> None:
        """Begin, and call `done` at the end."""
        self._work = work
        if self._advance():
            return
        self._idle.clear()
        if self._has_worker:
            return  # It may have come for work that was done meanwhile; it takes this up instead.
        self._has_worker = True
        self._widget.run_worker(self._go_on(), name="arrange the list", group="arrange")

    async def wait(self) -> None:
        """Return when no work is left, or the widget goes."""
        await self._idle.wait()

    async def _go_on(self) -> None:
        try:
            while self._work is not None:
                await asyncio.sleep(0)  # The others' turn; they may have brought other work.
                self._advance()
        finally:
            self._has_worker = False
            self._idle.set()

    def _advance(self) -> bool:
        """Do a slice of the work; True when none is left."""
        if self._work is None or not advance(self._work, SLICE_SECONDS):
            return self._work is None
        self._work = None
        self._idle.set()
        self._done()
        return True
