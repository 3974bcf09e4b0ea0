"""The tab of files on a real engine and a real sshd, driven by keys."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from mooring.engine.client import EngineClient
from mooring.session import Sessions
from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.files.dialogs import ExistingDialog, RemoveDialog, TextDialog
from mooring.ui.files.files_tab import FilesTab
from support.engine import machine_of, target_on
from support.given_machines import given
from support.session_screens import Desk
from support.sshd import SshServer
from support.still_engine import StillEngine

EVIL = "[red]x[]\x1b]0;evil\x07\n"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The current folder, which is empty, and one on the machine with files in it."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there, there / "tree", there / "tree" / "deep"):
        folder.mkdir()
    (there / "tree" / "deep" / "leaf").write_text("leaf")
    (there / EVIL).write_text("evil")
    (there / "link").symlink_to("tree")
    (there / ".hidden").write_text("")
    monkeypatch.chdir(here)
    return here, there


@asynccontextmanager
async def files_of(server: SshServer, folder: Path, size: tuple[int, int]) -> AsyncIterator[tuple[Desk, FilesTab]]:
    start = partial(EngineClient.start, log_file=folder / "engine.log")
    services = Services(
        sources=given((replace(machine_of(target_on(server)), address="127.0.0.1"),)),
        settings=Settings(splash=False),
        make_sessions=partial(Sessions, start_engine=start),
        find_ssh=lambda: None,
    )
    app = MooringApp(services)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot, StillEngine())
        await desk.until(lambda: desk.main.browser.current is not None, "the machine is listed")
        await desk.lead("t")
        tab = desk.main.deck.active_tab
        assert isinstance(tab, FilesTab)
        await desk.until(lambda: bool(tab.there.list.rows and tab.here.path), "both sides are read")
        yield desk, tab
    assert (folder / "engine.log").read_text() == ""


async def go(desk: Desk, tab: FilesTab, path: Path) -> None:
    """Go to a folder by its path."""
    await desk.press("slash")
    assert isinstance(desk.app.screen, TextDialog)
    desk.app.screen.query_one(Input).value = str(path)
    await desk.press("enter")
    await desk.until(lambda: tab.active_side.path == bytes(path), str(path))


def names(tab: FilesTab) -> list[str]:
    return [row.name for row in tab.active_side.list.rows]


async def test_browsing_copying_and_changing(sshd: SshServer, tmp_path: Path, folders: tuple[Path, Path]) -> None:
    here, there = folders
    async with files_of(sshd, tmp_path, (130, 30)) as (desk, tab):
        await go(desk, tab, there)
        assert names(tab) == ["..", "link", "tree", EVIL]
        assert "[red]x[]␛]0;evil␇␊" in desk.shown() and "link@" in desk.shown() and "1 hidden" in desk.shown()
        assert "here …" in desk.shown() and "/here" in desk.shown()
        await desk.press("full_stop")
        assert ".hidden" in names(tab)

        await desk.press("full_stop", "end", "space", "up", "space")
        assert "✓ 2 marked" in desk.shown()
        await desk.press("c")
        await desk.until(lambda: "✓ copied 2 entries" in desk.shown(), "they are copied")
        assert (here / "tree" / "deep" / "leaf").read_text() == "leaf" and (here / EVIL).read_text() == "evil"

        (here / EVIL).write_text("mine")
        await desk.press("end", "c")
        await desk.until(lambda: isinstance(desk.app.screen, ExistingDialog), "it is asked about")
        await desk.press("escape")
        await desk.until(lambda: "nothing was copied" in desk.shown(), "nothing is copied")
        assert (here / EVIL).read_text() == "mine"
        await desk.press("c")
        await desk.until(lambda: isinstance(desk.app.screen, ExistingDialog), "it is asked about")
        await desk.press("r")
        await desk.until(lambda: "✓ copied" in desk.shown(), "it is replaced")
        assert (here / EVIL).read_text() == "evil"

        await desk.press("n", *"new", "enter")
        await desk.until(lambda: "new" in names(tab), "the folder is made")
        assert (there / "new").is_dir() and tab.active_side.list.cursor_key == b"new"
        await desk.press("r", *"tree", "enter")
        assert isinstance(desk.app.screen, TextDialog) and "has that name already" in desk.shown()
        await desk.press("r", "enter")
        await desk.until(lambda: "treer" in names(tab), "it has another name")
        await desk.press("home", "down", "d")
        assert isinstance(desk.app.screen, RemoveDialog)
        await desk.press("enter")
        assert (there / "link").is_symlink()
        await desk.press("d", "y")
        await desk.until(lambda: "link" not in names(tab), "the link is removed")
        assert (there / "tree" / "deep" / "leaf").exists() and not (there / "link").is_symlink()

        await desk.press("home", "enter")
        await desk.until(lambda: tab.active_side.path == bytes(tmp_path), "the folder above")
        assert tab.active_side.list.cursor_key == b"there"
        await desk.press("tab")
        assert tab.active_side is tab.here
        await desk.press("escape")
        assert desk.main.deck.active_tab is None


async def test_a_long_copy_is_seen_stopped_and_gone_on_with(
    sshd: SshServer, tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    here, there = folders
    (there / "tree" / "big").write_bytes(os.urandom(1_000_000) * 150)
    async with files_of(sshd, tmp_path, (60, 16)) as (desk, tab):
        assert not tab.here.display
        await go(desk, tab, there / "tree")
        await desk.press("end", "c")
        await desk.until(lambda: "x stops" in desk.shown(), "it is seen")
        assert "↓" in desk.row()
        await desk.press("x")
        await desk.until(lambda: "goes on from there" in desk.shown(), "it is stopped")
        await desk.press("tab")
        await desk.until(lambda: "big" in names(tab), "what is there of it is listed")
        assert 0 < (here / "big").stat().st_size < 150_000_000
        await desk.press("tab", "c")
        await desk.until(lambda: isinstance(desk.app.screen, ExistingDialog), "it is asked about")
        await desk.press("g")
        await desk.until(lambda: "✓ copied" in desk.shown(), "it is whole")
        assert (here / "big").read_bytes() == (there / "tree" / "big").read_bytes()
        await desk.press("q")
        assert not desk.main.deck.tabs
