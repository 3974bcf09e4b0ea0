"""What a person changes about machines from the list."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.ui.actions import Actions
from mooring.ui.browser.browser import Browser
from mooring.ui.editing.changes import Changes
from mooring.ui.handover.ssh_actions import Notice
from mooring.ui.problems import problem_lines
from mooring.ui.services import Services

Say = Callable[[Notice], None]


class MachineEdits:
    """Changes Mooring's own files as it is asked to, and has the browser read them again."""

    def __init__(self, screen: Screen[Any], services: Services, browser: Browser, say: Say) -> None:
        self._screen = screen
        self._browser = browser
        self._say = say
        self._changes = Changes(services.machines_file, services.annotations_file)

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("favourite", lambda: self._work(self._toggle_favourites(self._browser.chosen)))
        actions.handle("undo-edit", lambda: self._work(self._undo()))

    async def _toggle_favourites(self, machines: Sequence[Machine]) -> None:
        """Make all of them favourites; where they are, none."""
        if not machines:
            return
        wanted = not all(machine.favourite for machine in machines)
        names = [machine.name for machine in machines]
        if len(names) == 1:
            words = f"{names[0]} is {'a' if wanted else 'no'} favourite"
        else:
            words = f"{len(names)} machines are {'' if wanted else 'no '}favourites"
        editor = self._changes.annotations
        change = partial(editor.set_fields_of_all, names, {"favourite": wanted or None})
        source = await self._changes.make(editor, change, words)
        self._browser.reload((source,))
        self._say(Notice(words))

    async def _undo(self) -> None:
        words, source = await self._changes.undo()
        self._browser.reload((source,))
        self._say(Notice(f"taken back: {words}"))

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(self._told(work), group="edits", name="edit machines")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except MooringError as error:
            self._say(Notice(" ".join(problem_lines(error)), is_warning=True))
