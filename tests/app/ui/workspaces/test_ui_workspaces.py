"""Workspaces: the tabs of a day, saved and opened again with their splits and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.model.workspace import PanePlan, SplitPlan, TabPlan, Workspace
from mooring.store.workspaces import WorkspaceFile
from mooring.ui.sessions.session_tab import SessionTab
from mooring.ui.workspaces.workspace_dialog import WorkspaceDialog
from support.session_screens import Desk, running_desk

DAY = Workspace(
    "day",
    (
        TabPlan(PanePlan("web-1")),
        TabPlan(SplitPlan("columns", (PanePlan("web-2"), PanePlan("db-1")), (2, 1)), "both"),
        TabPlan(SplitPlan("lines", (PanePlan("gone"), PanePlan("web-1")), (1, 1))),
        TabPlan(PanePlan("gone")),
    ),
    active=2,
)


@pytest.fixture
def file(tmp_path: Path) -> WorkspaceFile:
    """Where workspaces are kept."""
    return WorkspaceFile(tmp_path / "config" / "workspaces.toml")


async def saved(desk: Desk, words: str) -> None:
    """Wait until the bottom line says so."""
    await desk.until(lambda: words in desk.main.status.message, words)


async def test_what_is_open_is_saved_under_a_name_and_opened_again(file: WorkspaceFile) -> None:
    async with running_desk("web-1", "web-2", workspaces=file.path) as desk:
        await desk.lead("v")
        await desk.lead("shift+left")
        await desk.lead("e")
        await desk.press(*"both", "enter")
        await desk.lead("w")
        await desk.until(lambda: isinstance(desk.app.screen, WorkspaceDialog), "the dialog is there")
        await desk.press(*"day", "ctrl+s")
        await saved(desk, "workspace day is saved; mooring open day opens it")
    workspace = file.read().find("day")
    assert workspace is not None
    assert workspace.active == 2
    assert workspace.tabs[0] == TabPlan(PanePlan("web-1"))
    assert workspace.tabs[1] == TabPlan(SplitPlan("columns", (PanePlan("web-2"), PanePlan("web-2")), (46, 53)), "both")
    async with running_desk(workspaces=file.path) as desk:
        await desk.lead("w")
        await desk.until(lambda: "day   2 tabs: web-1, web-2" in desk.shown(), "it is listed")
        await desk.press("enter")
        await desk.until(lambda: desk.titles() == ["web-1", "both"], "the tabs are there")
        await desk.until(lambda: len(desk.engine.hosts) == 3, "every session begins, those that nobody sees too")
        assert desk.active_title == "both"
        tab = desk.main.deck.active_tab
        assert isinstance(tab, SessionTab)
        await desk.until(lambda: [pane.region.width for pane in tab.panes] == [46, 53], "its division is the same")
        assert desk.main.focused is tab.panes[0].terminal


async def test_what_is_not_there_any_more_is_said_and_the_rest_opened(file: WorkspaceFile) -> None:
    file.save(DAY)
    async with running_desk(workspaces=file.path, to_open=("day",)) as desk:
        await saved(desk, "can't be opened: gone")
        assert desk.titles() == ["web-1", "both", "web-1 (2)"]
        assert desk.active_title == "both"
        await desk.until(lambda: len(desk.engine.hosts) == 4, "the sessions begin")


async def test_machines_are_opened_by_name_and_a_slip_is_said() -> None:
    async with running_desk(to_open=("web-*", "db-1")) as desk:
        await desk.until(lambda: len(desk.engine.hosts) == 3, "three sessions begin")
        assert desk.titles() == ["db-1", "web-1", "web-2"]
        assert desk.active_title == "db-1"
    async with running_desk(to_open=("web-11",)) as desk:
        await saved(desk, "web-1")
        assert desk.titles() == []


async def test_writing_over_and_deleting_are_asked_for_twice(file: WorkspaceFile) -> None:
    file.save(DAY)
    async with running_desk("web-1", workspaces=file.path) as desk:
        await desk.lead("w")
        await desk.until(lambda: "day   4 tabs" in desk.shown(), "it is listed")
        await desk.press("ctrl+s")
        assert "ctrl+s again writes over day" in desk.shown()
        await desk.press("ctrl+s")
        await saved(desk, "workspace day is saved")
        assert file.read().workspaces == (Workspace("day", (TabPlan(PanePlan("web-1")),)),)
        await desk.lead("w")
        await desk.until(lambda: "day   1 tab: web-1" in desk.shown(), "it is listed")
        await desk.press("ctrl+d")
        assert "ctrl+d again deletes day" in desk.shown()
        await desk.press("ctrl+d")
        await saved(desk, "workspace day is deleted")
        assert file.read().workspaces == ()


async def test_a_broken_file_is_said_and_left_alone(file: WorkspaceFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text("[[workspace]]\nname = 3\n[[")
    async with running_desk("web-1", workspaces=file.path) as desk:
        await desk.lead("w")
        await desk.until(lambda: "! " in desk.shown() and "workspaces.toml" in desk.shown(), "the fault is named")
        await desk.press("x", "ctrl+s")
        await saved(desk, "not valid TOML")
        assert file.path.read_text() == "[[workspace]]\nname = 3\n[["
