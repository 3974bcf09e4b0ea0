"""Workspaces at work: saving the tabs that are open, and opening those of a workspace, or of machines by name."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from textual.screen import Screen

from mooring.inventory.selection import select
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.workspace import PanePlan, TabPlan, Workspace, keep_panes
from mooring.store.workspaces import WorkspaceFile
from mooring.ui.actions import Actions
from mooring.ui.browser.browser import Browser
from mooring.ui.notice import Notice, Say
from mooring.ui.problems import problem_lines
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.session_tab import SessionTab
from mooring.ui.tabs.tab_desk import TabDesk
from mooring.ui.workspaces.plans import division_of, plan_of
from mooring.ui.workspaces.workspace_dialog import Wish, WorkspaceDialog, WorkspaceWish

MOST_AT_ONCE = 50
"""Sessions that are opened by one wish; more are most likely a slip."""


class WorkspaceDesk:
    """Acts on the deck and one file. What there is to say goes to `say`, dialogs go over `screen`."""

    def __init__(
        self,
        screen: Screen[Any],
        file: WorkspaceFile,
        deck: SessionDeck,
        tabs: TabDesk,
        browser: Browser,
        say: Say,
    ) -> None:
        self._screen = screen
        self._file = file
        self._deck = deck
        self._tabs = tabs
        self._browser = browser
        self._say = say

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("workspaces", lambda: self._work(self._ask()))

    def open_by_name(self, names: Sequence[str]) -> None:
        """Open the workspace of a name, where there is one and no other name beside it; else machines."""
        self._work(self._open_by_name(tuple(names)))

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, group="workspaces", name="workspaces", exclusive=True)

    async def _ask(self) -> None:
        saved = await asyncio.to_thread(self._file.read)
        problem = problem_lines(saved.problems[0])[0] if saved.problems else ""
        dialog = WorkspaceDialog(saved.workspaces, open_tabs=len(self._session_tabs), problem=problem)
        wanted = await self._screen.app.push_screen_wait(dialog)
        if wanted is None:
            return
        workspace = saved.find(wanted.name)
        if wanted.wish is Wish.OPEN and workspace is not None:
            await self._open(workspace)
        else:
            await self._write(wanted)

    async def _write(self, wanted: WorkspaceWish) -> None:
        try:
            if wanted.wish is Wish.DELETE:
                await asyncio.to_thread(self._file.remove, wanted.name)
                self._say(Notice(f"workspace {wanted.name} is deleted"))
            else:
                await asyncio.to_thread(self._file.save, self._as_it_is(wanted.name))
                self._say(Notice(f"workspace {wanted.name} is saved; mooring open {wanted.name} opens it"))
        except MooringError as error:
            self._say(Notice(problem_lines(error)[0], is_warning=True))
        except OSError as error:
            self._say(Notice(f"{self._file.path}: {error.strerror}", is_warning=True))

    async def _open_by_name(self, names: tuple[str, ...]) -> None:
        saved = await asyncio.to_thread(self._file.read)
        workspace = saved.find(names[0]) if len(names) == 1 else None
        if workspace is None:
            try:
                machines = select(self._browser.machines, names)
            except MooringError as error:
                self._say(Notice(error.message, is_warning=True))
                return
            workspace = Workspace("", tuple(TabPlan(PanePlan(machine.name)) for machine in machines))
        await self._open(workspace)

    async def _open(self, workspace: Workspace) -> None:
        if len(workspace.machines) > MOST_AT_ONCE:
            message = f"{len(workspace.machines)} sessions at once are more than {MOST_AT_ONCE}: none is opened"
            self._say(Notice(message, is_warning=True))
            return
        missing = [name for name in workspace.machines if self._usable(name) is None]
        active: SessionTab | None = None
        for number, tab_plan in enumerate(workspace.tabs, start=1):
            plan = keep_panes(tab_plan.plan, lambda pane: self._usable(pane.machine) is not None)
            if plan is None:
                continue
            tab = await self._deck.open_division(division_of(plan, self._pane_for), tab_plan.title)
            if active is None or number == workspace.active:
                active = tab
        if active is not None:
            self._tabs.go_to(active.id or "")
        if missing:
            self._say(Notice(f"can't be opened: {', '.join(dict.fromkeys(missing))}", is_warning=True))

    def _pane_for(self, plan: PanePlan) -> SessionPane:
        machine = self._usable(plan.machine)
        assert machine is not None
        return self._deck.new_pane(machine)

    def _usable(self, name: str) -> Machine | None:
        machine = self._browser.find(name)
        return machine if machine is not None and machine.problem is None else None

    @property
    def _session_tabs(self) -> list[SessionTab]:
        return [tab for tab in self._deck.tabs if isinstance(tab, SessionTab)]

    def _as_it_is(self, name: str) -> Workspace:
        tabs = self._session_tabs
        active = next((number for number, tab in enumerate(tabs, start=1) if tab.is_active), 1)
        return Workspace(name, tuple(plan_of(tab) for tab in tabs), active)
