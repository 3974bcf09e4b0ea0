"""What a person changes about saved commands: new ones, from a history or the screen too, edits, order, deletion."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.commands.draft import name_for
from mooring.commands.editor import CommandEditor
from mooring.commands.shell_history import command_on_screen, recent_commands
from mooring.model.errors import MooringError
from mooring.model.saved_command import CommandSource, SavedCommand
from mooring.ui.actions import Actions
from mooring.ui.commands.command_form import CommandForm
from mooring.ui.commands.command_panel import CommandPanel
from mooring.ui.commands.import_dialog import ImportDialog
from mooring.ui.commands.shelf import CommandShelf
from mooring.ui.dialogs.yes_or_no import YesOrNoDialog
from mooring.ui.notice import Notice, Say
from mooring.ui.problems import problem_lines, shorten_home
from mooring.ui.sessions.session_pane import SessionPane
from mooring_widgets.plain_text import plain_text


class CommandEdits:
    """Edits the person's own file; a project's is shown and left alone. `reload` reads the files again."""

    def __init__(
        self,
        screen: Screen[Any],
        panel: CommandPanel,
        shelf: CommandShelf,
        say: Say,
        *,
        reload: Callable[[], Coroutine[Any, Any, None]],
        active_pane: Callable[[], SessionPane | None],
    ) -> None:
        self._screen = screen
        self._panel = panel
        self._shelf = shelf
        self._editor = CommandEditor(shelf.personal)
        self._say = say
        self._reload = reload
        self._active_pane = active_pane

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("new-command", lambda: self._work(self._write_new("")))
        actions.handle("edit-command", self._edit)
        actions.handle("delete-command", self._delete)
        actions.handle("import-command", lambda: self._work(self._import()))
        actions.handle("save-selection", self._save_selection, when=lambda: self._active_pane() is not None)
        actions.handle("move-command-up", partial(self._move, -1))
        actions.handle("move-command-down", partial(self._move, 1))

    def _edit(self) -> None:
        if (command := self._own()) is not None:
            self._work(self._rewrite(command))

    def _delete(self) -> None:
        if (command := self._own()) is not None:
            self._work(self._delete_if(command))

    def _save_selection(self) -> None:
        """Take what is selected in the session, else the line of its cursor."""
        pane = self._active_pane()
        if pane is None:
            return
        lines = pane.terminal.selected_text.strip("\n").split("\n")
        if lines == [""]:
            emulator = pane.terminal.emulator
            lines = [emulator.display[emulator.cursor.y]]
        self._work(self._write_new("\n".join(command_on_screen(line.rstrip()) for line in lines)))

    def _move(self, step: int) -> None:
        """Change places with the neighbour in the list, where that is a place in the file."""
        command = self._own()
        if command is None:
            return
        keys = self._panel.list.neighbours(command.name)
        other = self._shelf.library.find(keys[0 if step < 0 else 1] or "")
        if other is None or other.source is CommandSource.PROJECT:
            return
        first, second = (command, other) if step < 0 else (other, command)
        self._work(self._swap(first.name, second.name, command.name))

    async def _swap(self, name: str, before: str, key: str) -> None:
        if await self._change(lambda: self._editor.move(name, before=before)):
            await self._show(key)

    async def _import(self) -> None:
        lines = await asyncio.to_thread(recent_commands)
        line = await self._screen.app.push_screen_wait(ImportDialog(lines))
        if line is not None:
            await self._write_new(line)

    async def _write_new(self, line: str) -> None:
        async def save(command: SavedCommand, _overwrite: bool) -> None:
            await self._shelf.edit(lambda: self._editor.add(command))

        title = f"New command, for {shorten_home(str(self._shelf.personal))}"
        await self._ask(CommandForm(title, None, line, name_for(line), save))

    async def _rewrite(self, old: SavedCommand) -> None:
        async def save(command: SavedCommand, overwrite: bool) -> None:
            seen = None if overwrite else old
            await self._shelf.edit(lambda: self._editor.replace(old.name, command, seen=seen))

        await self._ask(CommandForm(f"Edit {plain_text(old.name)}", old, "", "", save))

    async def _ask(self, form: CommandForm) -> None:
        command = await self._screen.app.push_screen_wait(form)
        if command is not None:
            await self._show(command.name)
            self._say(Notice(f"{command.name} is saved"))

    async def _delete_if(self, command: SavedCommand) -> None:
        dialog = YesOrNoDialog(f"Delete {plain_text(command.name)}?", yes="Delete", no="Keep it", enter_means_yes=False)
        if await self._screen.app.push_screen_wait(dialog) and await self._change(
            lambda: self._editor.remove(command.name)
        ):
            self._say(Notice(f"{command.name} is deleted"))
            await self._reload()

    async def _change(self, change: Callable[[], None]) -> bool:
        try:
            await self._shelf.edit(change)
        except MooringError as error:
            self._say(Notice(problem_lines(error)[0], is_warning=True))
        except OSError as error:
            self._say(Notice(f"{shorten_home(str(self._shelf.personal))}: {error.strerror}", is_warning=True))
        else:
            return True
        return False

    async def _show(self, key: str) -> None:
        await self._reload()
        self._panel.list.go_to(key)

    def _own(self) -> SavedCommand | None:
        """The command under the cursor, if it is the person's own."""
        command = self._panel.current
        if command is not None and command.source is CommandSource.PROJECT:
            place = shorten_home(str(command.origin))
            self._say(Notice(f"{command.name} belongs to the project: it is edited in {place}", is_warning=True))
            return None
        return command

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, group="edit commands", name="edit commands")
