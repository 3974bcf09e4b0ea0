"""The panel of saved commands at work: which are offered, for which machines, and what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.saved_command import SavedCommand
from mooring.ui.actions import Actions
from mooring.ui.browser.browser import Browser
from mooring.ui.commands.command_panel import LINE_SIGN, CommandPanel, about_lines
from mooring.ui.commands.command_runner import CommandRunner
from mooring.ui.commands.intent import Intent, Way
from mooring.ui.commands.make_plan import plan_of
from mooring.ui.commands.preview import preview_lines
from mooring.ui.commands.shelf import CommandShelf
from mooring.ui.notice import Notice, Say
from mooring.ui.screens.layout import Layout
from mooring.ui.sessions.session_deck import SessionDeck
from mooring_widgets.session_tabs import TabState

_LOOK_SECONDS = 2.0


class CommandDesk:
    """Fills the panel, and has the runner do what is chosen in it. What there is to say goes to `say`."""

    def __init__(
        self,
        screen: Screen[Any],
        panel: CommandPanel,
        shelf: CommandShelf,
        deck: SessionDeck,
        browser: Browser,
        layout: Layout,
        runner: CommandRunner,
        say: Say,
        *,
        marked: Callable[[], frozenset[str]],
    ) -> None:
        """`marked` gives the names of marked machines."""
        self._screen = screen
        self._panel = panel
        self._shelf = shelf
        self._deck = deck
        self._browser = browser
        self._layout = layout
        self._runner = runner
        self._say = say
        self._marked = marked
        self._known: tuple[int, ...] = ()
        self._shown: tuple[Machine, ...] = ()
        self._from_list = False

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        panel, runs = self._panel, self._panel.runs
        actions.handle("commands", self.toggle)
        actions.handle("run-here", self.ask_what_to_run)
        actions.handle("leave-commands", self._layout.leave_panel)
        actions.handle("run-command", self._run_chosen, when=lambda: not runs.has_focus_within)
        actions.handle("run-on-marked", self._run_on_marked)
        actions.handle("type-command", partial(self._type_chosen, Way.TYPE))
        actions.handle("type-and-enter", partial(self._type_chosen, Way.TYPE_AND_ENTER))
        actions.handle("filter-commands", panel.focus_filter)
        actions.handle("favourite-command", self._toggle_favourite)
        actions.handle("command-output", self._switch_to_output)

    # The panel.

    def toggle(self) -> None:
        """Go to the commands; from there, fold them away."""
        self._from_list = False
        if self._layout.toggle_commands():
            self._opened()
            self._panel.focus_list()

    def ask_what_to_run(self) -> None:
        """Go from the list to the filter, to choose a command by a few letters, or to type one, for machines there."""
        self._layout.show_commands()
        self._panel.focus_filter()
        self._from_list = True
        self._opened()

    def follow(self) -> None:
        """Show the commands for the machines that are meant now, if the panel is shown at all."""
        self._from_list = self._from_list and self._panel.has_focus_within
        if self._layout.shows_commands and (machines := self.machines) != self._shown:
            self._show(machines)

    @property
    def machines(self) -> tuple[Machine, ...]:
        """The machines that a command is meant for: the session's, else the marked ones, else that under the cursor.

        The session's are not meant while the list has asked for a command: until the keys leave the panel.
        """
        tab = self._deck.active_tab
        from_list = self._from_list and self._panel.has_focus_within
        if not from_list and tab is not None and tab.machine is not None:
            return (tab.machine,)
        if marked := self._marked_machines():
            return marked
        current = self._browser.current
        return () if current is None else (current,)

    def start(self) -> None:
        """Begin to look for changes of the files; they are read when the panel is opened."""
        self._screen.set_interval(_LOOK_SECONDS, self._look)

    def highlighted(self) -> None:
        """Another command is under the cursor: show what it would run."""
        command, machines = self._panel.current, self._shown
        if command is None:
            self._panel.show_about([])
            return
        self._screen.run_worker(
            partial(self._describe, command, machines),
            thread=True,
            exclusive=True,
            group="describe command",
            name="describe a command",
        )

    async def reload(self) -> None:
        """Read the files again."""
        machines = self._browser.machines
        self._known = tuple(map(id, machines))
        await self._shelf.read(machines)
        self._show(self.machines)

    async def find(self, name: str) -> SavedCommand | None:
        """A saved command by its name."""
        if not self._shelf.is_read:
            await self.reload()
        return self._shelf.library.find(name)

    # Inner parts.

    def _opened(self) -> None:
        self._show(self.machines)
        self._work(self.reload())

    def _show(self, machines: Sequence[Machine]) -> None:
        self._shown = tuple(machines)
        self._panel.show(self._shown)
        self.highlighted()

    async def _look(self) -> None:
        if not self._layout.shows_commands or not self._shelf.is_read:
            return
        if tuple(map(id, self._browser.machines)) != self._known or await self._shelf.has_changed():
            await self.reload()

    def _describe(self, command: SavedCommand, machines: tuple[Machine, ...]) -> None:
        lines = about_lines(command, self._preview(command, machines))
        self._screen.app.call_from_thread(self._described, command, lines)

    def _described(self, command: SavedCommand, lines: Sequence[str]) -> None:
        if command is self._panel.current:
            self._panel.show_about(lines)

    def _preview(self, command: SavedCommand, machines: tuple[Machine, ...]) -> list[str]:
        """What would run with the values that were given last; without them the command as it is written."""
        if machines:
            values = self._shelf.last_values(command, machines[0].name)
            try:
                return preview_lines(plan_of(Intent(command, machines), values))
            except MooringError:
                pass
        return command.command.rstrip("\n").split("\n")

    def _run_chosen(self) -> None:
        typed = self._panel.filter.value
        line = typed.lstrip()
        if self._panel.filter.has_focus and line.startswith(LINE_SIGN):
            if line := line[len(LINE_SIGN) :].strip():
                self._panel.leave_filter()
                self._runner.start(Intent(line, self.machines))
        elif (command := self._panel.current) is not None:
            self._panel.leave_filter()
            self._runner.start(Intent(command, self.machines))

    def _run_on_marked(self) -> None:
        command, marked = self._panel.current, self._marked_machines()
        if not marked:
            self._say(Notice("no machine is marked: space marks one in the list of machines", is_warning=True))
        elif command is not None:
            self._runner.start(Intent(command, marked))

    def _type_chosen(self, way: Way) -> None:
        command, pane = self._panel.current, self._deck.active_pane
        if pane is None or pane.state is not TabState.OPEN:
            self._say(Notice("no session is open here to type into", is_warning=True))
        elif command is not None:
            self._runner.start(Intent(command, (pane.machine,), way))

    def _toggle_favourite(self) -> None:
        if (command := self._panel.current) is not None:
            self._work(self._set_favourite(command, not self._shelf.is_favourite(command)))

    async def _set_favourite(self, command: SavedCommand, wanted: bool) -> None:
        try:
            await self._shelf.set_favourite(command, wanted)
        except OSError as error:
            self._say(Notice(f"it can't be kept: {error.strerror}", is_warning=True))
        self._show(self.machines)

    def _switch_to_output(self) -> None:
        runs = self._panel.runs
        if runs.has_focus_within or runs.current is None:
            self._panel.focus_list()
        else:
            runs.current.take_focus()

    def _marked_machines(self) -> tuple[Machine, ...]:
        marked = self._marked()
        return tuple(machine for machine in self._browser.machines if machine.name in marked) if marked else ()

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, group="commands", name="commands")
