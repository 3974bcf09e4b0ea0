"""What is done with a command, once it is known with which: it is typed, run apart, or run on many machines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.fleet.export import write_output
from mooring.fleet.plan import RunPlan
from mooring.fleet.run import RunOptions
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.saved_command import SavedCommand
from mooring.ui.actions import Actions
from mooring.ui.commands.intent import Decision, Intent, Way
from mooring.ui.commands.make_plan import plan_of, typed_text
from mooring.ui.commands.run_form import RunForm
from mooring.ui.commands.run_stack import RunStack
from mooring.ui.commands.run_view import RunView
from mooring.ui.commands.shelf import CommandShelf
from mooring.ui.exchange import Exchange
from mooring.ui.fleet.path_dialog import PathDialog
from mooring.ui.fleet.run_maker import RunMaker
from mooring.ui.notice import Notice, Say
from mooring.ui.problems import problem_lines, shorten_home
from mooring.ui.screens.layout import Layout
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane
from mooring_widgets.session_tabs import TabState
from mooring_widgets.terminal import PalettePolicy

OpenRun = Callable[[RunPlan, RunOptions], Coroutine[Any, Any, None]]


class CommandRunner:
    """Carries intents out, after what has to be asked first; `runs` shows those that run apart."""

    def __init__(
        self,
        screen: Screen[Any],
        shelf: CommandShelf,
        runs: RunStack,
        deck: SessionDeck,
        layout: Layout,
        maker: RunMaker,
        exchange: Exchange,
        say: Say,
        *,
        find_machine: Callable[[str], Machine | None],
        open_run: OpenRun,
        palette: Callable[[], PalettePolicy],
        has_keys: Callable[[], bool],
    ) -> None:
        """`open_run` shows a run on many machines, `has_keys` says whether the keys go to the panel.

        `palette` tells whose colours output has.

        Dialogs go over `screen`.
        """
        self._screen = screen
        self._shelf = shelf
        self._runs = runs
        self._deck = deck
        self._layout = layout
        self._maker = maker
        self._exchange = exchange
        self._say = say
        self._find_machine = find_machine
        self._open_run = open_run
        self._palette = palette
        self._has_keys = has_keys

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        runs = self._runs
        actions.handle("older-run", partial(runs.step, -1))
        actions.handle("newer-run", partial(runs.step, 1))
        actions.handle("cancel-run", self.cancel, when=lambda: runs.current is not None and runs.current.is_live)
        actions.handle("run-again", self._run_again)
        actions.handle("save-output", self._save_output, when=lambda: runs.current is not None)

    def start(self, intent: Intent) -> None:
        """Do something with a command, after what has to be asked first."""
        if not intent.machines:
            self._say(Notice("there is no machine to run it on", is_warning=True))
            return
        self._work(self._carry_out(intent))

    def cancel(self) -> None:
        """End the run that is shown."""
        if (run := self._runs.current) is not None:
            run.cancel()

    async def _carry_out(self, intent: Intent) -> None:
        pane = self._deck.active_pane
        try:
            decision = await self._decide(intent)
            if decision is None:
                return
            await self._remember(intent, decision.plan)
            if intent.way is not Way.RUN:
                self._type(decision.plan, pane, intent)
            elif len(intent.machines) > 1 or intent.in_tab:
                await self._open_run(decision.plan, decision.options)
                self._layout.hide_commands()
            else:
                await self._run_apart(decision.plan)
        except MooringError as error:
            self._say(Notice(problem_lines(error)[0], is_warning=True))

    async def _decide(self, intent: Intent) -> Decision | None:
        if not intent.has_to_be_asked:
            return Decision(await asyncio.to_thread(plan_of, intent, intent.values), RunOptions())
        last = {}
        if intent.saved is not None:
            last = dict(self._shelf.last_values(intent.saved, intent.machines[0].name))
        return await self._screen.app.push_screen_wait(RunForm(intent, last))

    async def _remember(self, intent: Intent, plan: RunPlan) -> None:
        if intent.saved is None:
            return
        try:
            await self._shelf.remember(intent.saved, intent.machines, plan.values)
        except OSError as error:
            self._say(Notice(f"the values are not remembered: {error.strerror}", is_warning=True))

    def _type(self, plan: RunPlan, pane: SessionPane | None, intent: Intent) -> None:
        text = typed_text(plan).rstrip("\n")
        if pane is None or pane.state is not TabState.OPEN:
            self._say(Notice("the session is over", is_warning=True))
            return
        self._layout.leave_panel()
        if intent.way is Way.TYPE and "\n" in text and not pane.terminal.tells_pastes:
            self._exchange.ask_about_paste(pane.terminal, text, pane.machine)
            return
        pane.terminal.paste(text)
        if intent.way is Way.TYPE_AND_ENTER:
            pane.send_key("enter")

    async def _run_apart(self, plan: RunPlan) -> None:
        if not self._runs.has_room:
            self._say(Notice("enough runs already: cancel one of them first", is_warning=True))
            return
        self._layout.show_commands()
        await self._runs.add(RunView(plan, self._maker.make, self._palette(), may_focus=self._has_keys))

    def _run_again(self) -> None:
        if (view := self._runs.current) is None:
            return
        machine = self._find_machine(view.machine_name)
        command: SavedCommand | str | None = view.plan.line
        if view.plan.saved:
            command = self._shelf.library.find(view.plan.saved)
        if machine is None or command is None:
            self._say(Notice(f"{view.title} is not there any more", is_warning=True))
            return
        self.start(Intent(command, (machine,), values=view.plan.values))

    def _save_output(self) -> None:
        view = self._runs.current
        if view is None or view.is_live:
            self._say(Notice("it still runs: cancel it first", is_warning=True))
        else:
            self._work(self._write_output(view))

    async def _write_output(self, view: RunView) -> None:
        about = "standard output, and behind it standard error"
        dialog = PathDialog("Write this output to", f"~/{view.machine_name}.txt", about=about)
        path = await self._screen.app.push_screen_wait(dialog)
        if path is None:
            return
        try:
            await asyncio.to_thread(write_output, view.result, path)
        except OSError as error:
            self._say(Notice(f"{shorten_home(str(path))}: {error.strerror}", is_warning=True))
        else:
            self._say(Notice(f"written to {shorten_home(str(path))}"))

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, group="run commands", name="run commands")
