"""What a person changes about machines from the list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.inventory.jump_hosts import with_jump_hosts
from mooring.inventory.own import OwnMachinesSource
from mooring.inventory.own.source import NAME as OWN
from mooring.model.errors import MooringError, UsageError
from mooring.model.machine import Machine
from mooring.session.run import Runs
from mooring.ui.actions import Actions
from mooring.ui.browser.browser import Browser
from mooring.ui.editing.changes import Changes
from mooring.ui.editing.delete_dialog import DeleteDialog
from mooring.ui.editing.form_fields import ANNOTATION_FIELDS, OWN_FIELDS
from mooring.ui.editing.machine_form import Editing, MachineForm, Values
from mooring.ui.editing.trial_dialog import TrialDialog
from mooring.ui.notice import Notice, Say
from mooring.ui.problems import problem_lines, shorten_home
from mooring.ui.services import Services


class MachineEdits:
    """Changes Mooring's own files as it is asked to, and has the browser read them again."""

    def __init__(self, screen: Screen[Any], services: Services, browser: Browser, runs: Runs, say: Say) -> None:
        self._screen = screen
        self._browser = browser
        self._runs = runs
        self._say = say
        self._changes = Changes(services.machines_file, services.annotations_file)
        self._own = OwnMachinesSource(services.machines_file, services.config_file)

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("favourite", lambda: self._work(self._toggle_favourites(self._browser.chosen)))
        actions.handle("new-machine", lambda: self._work(self._add()))
        actions.handle("edit-machine", lambda: self._with_current(self._edit))
        actions.handle("delete-machine", lambda: self._with_current(self._delete))
        actions.handle("undo-edit", lambda: self._work(self._undo()))

    # Own machines.

    async def _add(self) -> None:
        async def save(values: Values, base: Values, *, overwrite: bool) -> None:
            await self._write(partial(self._changes.machines.add, values), values, f"{values['name']} is added")

        await self._fill_in(Editing("New machine", OWN_FIELDS, {}, save, self._try))

    async def _edit(self, machine: Machine) -> None:
        """Edit an entry of ours; of a machine that only others name, what is added to it here."""
        if OWN not in machine.sources:
            await self._annotate(machine)
            return
        base = await self._read_own(machine.name)

        async def save(values: Values, base: Values, *, overwrite: bool) -> None:
            change = partial(self._changes.machines.change, machine.name, values, base=base, overwrite=overwrite)
            await self._write(change, values, f"{machine.name} is changed")

        await self._fill_in(Editing(f"Machine {machine.name}", OWN_FIELDS, base, save, self._try))

    async def _delete(self, machine: Machine) -> None:
        if OWN not in machine.sources:
            where = f"{machine.sources[0]}, {shorten_home(str(machine.origin))}"
            raise UsageError(f"{machine.name} is not Mooring's own: it comes from {where}, and is to be deleted there")
        base = await self._read_own(machine.name)
        if await self._screen.app.push_screen_wait(DeleteDialog(machine)):
            words = f"{machine.name} is deleted"
            change = partial(self._changes.machines.remove, machine.name, base)
            self._changed(await self._changes.make(self._changes.machines, change, words), words)

    async def _try(self, values: Values) -> None:
        machine = await asyncio.to_thread(self._machine_of, values)
        if machine.problem is not None:
            raise UsageError(machine.problem)
        await self._screen.app.push_screen_wait(TrialDialog(self._runs, machine))

    def _machine_of(self, values: Values) -> Machine:
        """What would be connected to: jumps through other machines of the list work as they will."""
        machine = self._own.machine_of(values)
        others = (each for each in self._browser.machines if each.name != machine.name)
        return with_jump_hosts((*others, machine))[-1]

    async def _write(self, change: Callable[[], None], values: Values, words: str) -> None:
        source = await self._changes.make(self._changes.machines, change, words)
        self._browser.go_to_once_listed(str(values["name"]))
        self._changed(source, words)

    async def _read_own(self, name: str) -> Values:
        entries = await asyncio.to_thread(self._changes.machines.read)
        if name not in entries:
            raise UsageError(f"{name} is not in {shorten_home(str(self._own.file))} any more")
        return entries[name]

    # What is added to machines of any source.

    async def _annotate(self, machine: Machine) -> None:
        annotations = self._changes.annotations
        entries = await asyncio.to_thread(annotations.read)

        async def save(values: Values, base: Values, *, overwrite: bool) -> None:
            fields = (field.name for field in ANNOTATION_FIELDS)
            changes = {name: values.get(name) for name in fields if values.get(name) != base.get(name)}
            words = f"what you say of {machine.name} is changed"
            change = partial(annotations.set_fields, machine.name, changes)
            self._changed(await self._changes.make(annotations, change, words), words)

        title = f"What you say of {machine.name}"
        await self._fill_in(Editing(title, ANNOTATION_FIELDS, entries.get(machine.name, {}), save))

    async def _toggle_favourites(self, machines: Sequence[Machine]) -> None:
        """Make all of them favourites; where they are, none."""
        if not machines:
            self._browser.say_that_there_is_none()
            return
        wanted = not all(machine.favourite for machine in machines)
        names = [machine.name for machine in machines]
        if len(names) == 1:
            words = f"{names[0]} is {'a' if wanted else 'no'} favourite"
        else:
            words = f"{len(names)} machines are {'' if wanted else 'no '}favourites"
        editor = self._changes.annotations
        change = partial(editor.set_fields_of_all, names, {"favourite": wanted or None})
        self._changed(await self._changes.make(editor, change, words), words)

    # Both.

    async def _undo(self) -> None:
        words, source = await self._changes.undo()
        self._changed(source, f"taken back: {words}")

    async def _fill_in(self, editing: Editing) -> None:
        await self._screen.app.push_screen_wait(MachineForm(editing))

    def _changed(self, source: str, words: str) -> None:
        self._browser.reload((source,))
        self._say(Notice(words))

    def _with_current(self, act: Callable[[Machine], Coroutine[Any, Any, None]]) -> None:
        if (machine := self._browser.current) is None:
            self._browser.say_that_there_is_none()
        else:
            self._work(act(machine))

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(self._told(work), group="edits", name="edit machines")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except MooringError as error:
            self._say(Notice(" ".join(problem_lines(error)), is_warning=True))
