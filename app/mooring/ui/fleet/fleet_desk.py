"""What a person does with runs on many machines: opens, cancels and repeats them, and looks at their answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.fleet.answers import group_answers
from mooring.fleet.export import export
from mooring.fleet.history import RunRecord
from mooring.fleet.masks import Mask
from mooring.fleet.plan import RunPlan
from mooring.fleet.questions import FleetPrompter
from mooring.fleet.run import RunListener, RunOptions
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.saved_command import SavedCommand
from mooring.ui.actions import Actions
from mooring.ui.commands.intent import Intent
from mooring.ui.fleet.answers_view import AnswersView
from mooring.ui.fleet.history_dialog import HistoryDialog
from mooring.ui.fleet.live_run import LiveRun
from mooring.ui.fleet.path_dialog import PathDialog
from mooring.ui.fleet.run_maker import RunMaker
from mooring.ui.fleet.run_tab import RunTab
from mooring.ui.notice import Notice, Say
from mooring.ui.problems import problem_lines, shorten_home
from mooring.ui.tabs import Deck
from mooring_widgets.plain_text import fit

_TITLE = 24
_MOST_RECORDS = 50


class FleetDesk:
    """Acts on the tabs of runs. What there is to say goes to `say`, dialogs go over `screen`."""

    def __init__(
        self,
        screen: Screen[Any],
        deck: Deck,
        maker: RunMaker,
        say: Say,
        *,
        find_machine: Callable[[str], Machine | None],
        find_command: Callable[[str], Coroutine[Any, Any, SavedCommand | None]],
        start: Callable[[Intent], None],
        open_session: Callable[[Machine], Coroutine[Any, Any, None]],
    ) -> None:
        """`start` begins another run after what has to be asked; `open_session` opens a machine in a tab."""
        self._screen = screen
        self._deck = deck
        self._maker = maker
        self._say = say
        self._find_machine = find_machine
        self._find_command = find_command
        self._start = start
        self._open_session = open_session

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        self._handle(actions, "stop-run", RunTab.cancel, when=lambda tab: tab.is_live)
        self._handle_answers(actions, "answers-diff", AnswersView.next_diff)
        self._handle_answers(actions, "answers-by-machine", AnswersView.toggle_machines)
        self._handle_answers(actions, "answers-search", AnswersView.ask_what_to_find)
        self._handle_answers(actions, "answers-focus", AnswersView.switch_focus)
        self._handle_answers(actions, "answers-back", AnswersView.leave)
        for mask in Mask:
            self._handle_answers(actions, f"mask-{mask}", partial(self._mask, mask))
        self._handle(actions, "rerun", partial(self._rerun, only_failed=False), when=lambda tab: not tab.is_live)
        self._handle(actions, "rerun-failed", partial(self._rerun, only_failed=True), when=lambda tab: not tab.is_live)
        self._handle(actions, "export-answers", self._export, when=lambda tab: tab.record is not None)
        self._handle(actions, "open-answered", self._open_machine, when=lambda tab: True)
        actions.handle("run-history", lambda: self._work(self._ask_history()))

    async def open_run(self, plan: RunPlan, options: RunOptions) -> None:
        """Run a plan in a tab of its own, and go there."""

        def make(prompter: FleetPrompter, listener: RunListener) -> LiveRun:
            return self._maker.make(plan, prompter, listener, options)

        await self._deck.add(RunTab(self._title(plan.saved or plan.line), plan, make, id=self._deck.new_id()))

    async def open_record(self, record: RunRecord) -> None:
        """Show the answers of a run that was."""
        title = self._title(record.saved or record.line)
        await self._deck.add(RunTab(title, None, None, record, id=self._deck.new_id()))

    @property
    def _tab(self) -> RunTab | None:
        tab = self._deck.active_tab
        return tab if isinstance(tab, RunTab) else None

    def _title(self, text: str) -> str:
        return self._deck.free_title(fit(text.split("\n")[0], _TITLE))

    @staticmethod
    def _mask(mask: Mask, view: AnswersView) -> None:
        view.toggle_mask(mask)

    def _rerun(self, tab: RunTab, *, only_failed: bool) -> None:
        record = tab.record
        if record is None:
            return
        names = record.failed if only_failed else tuple(result.machine for result in record.results)
        if not names:
            self._say(Notice("nothing failed"))
            return
        self._work(self._run_again(record, names))

    async def _run_again(self, record: RunRecord, names: tuple[str, ...]) -> None:
        machines = tuple(machine for name in names if (machine := self._find_machine(name)) is not None)
        command = await self._find_command(record.saved) if record.saved else record.line
        if command is None:
            self._say(Notice(f"the command {record.saved} is not there any more", is_warning=True))
            return
        if len(machines) < len(names):
            self._say(Notice(f"{len(names) - len(machines)} of the machines are not there any more", is_warning=True))
        self._start(Intent(command, machines, values=record.values, sudo=record.sudo, in_tab=True))

    def _open_machine(self, tab: RunTab) -> None:
        names = tab.answers.machine_names
        machine = self._find_machine(names[0]) if names else None
        if machine is not None:
            self._work(self._open_session(machine))

    def _export(self, tab: RunTab) -> None:
        self._work(self._ask_export(tab))

    async def _ask_export(self, tab: RunTab) -> None:
        record = tab.record
        if record is None:
            return
        dialog = PathDialog(
            "Write these answers to",
            f"~/mooring-{record.id[:15]}.md",
            about="by its ending: .md a report, .json all of it, anything else a folder of files",
        )
        path = await self._screen.app.push_screen_wait(dialog)
        if path is None:
            return
        masks = tab.answers.masks
        try:
            await asyncio.to_thread(lambda: export(record, group_answers(record.results, masks), path))
        except MooringError as error:
            self._say(Notice(problem_lines(error)[0], is_warning=True))
        except OSError as error:
            self._say(Notice(f"{shorten_home(str(path))}: {error.strerror}", is_warning=True))
        else:
            self._say(Notice(f"written to {shorten_home(str(path))}"))

    async def _ask_history(self) -> None:
        records = await asyncio.to_thread(self._records)
        record = await self._screen.app.push_screen_wait(HistoryDialog(records))
        if record is not None:
            await self.open_record(record)

    def _records(self) -> list[RunRecord]:
        return [record for record, _count in zip(self._maker.history.records(), range(_MOST_RECORDS), strict=False)]

    def _handle(
        self,
        actions: Actions,
        name: str,
        act: Callable[[RunTab], object],
        *,
        when: Callable[[RunTab], bool],
    ) -> None:
        def run() -> object:
            tab = self._tab
            return None if tab is None else act(tab)

        actions.handle(name, run, when=lambda: (tab := self._tab) is not None and when(tab))

    def _handle_answers(self, actions: Actions, name: str, act: Callable[[AnswersView], object]) -> None:
        self._handle(actions, name, lambda tab: act(tab.answers), when=lambda tab: True)

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, group="runs", name="runs")
