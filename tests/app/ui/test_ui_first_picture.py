"""The first picture, and what comes behind it: nothing is loaded too early, and no key is lost or answered by the wrong
part."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from mooring.inventory import SourceResult
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.ui import MooringApp, Services
from mooring.ui.dialogs.help import HelpDialog
from support.given_machines import given

MACHINES = tuple(
    Machine(f"web-{number}", ("ssh_config",), Origin("config", number), Target(f"web-{number}", config_file="none"))
    for number in (1, 2, 3)
)

LISTED = """
import asyncio
import sys
import threading
from pathlib import Path

import mooring.cli.entry, mooring.cli.main, mooring.cli.screens
from mooring.inventory import InventorySources
from mooring.ui import MooringApp, Services, run


async def main():
    sources = InventorySources("none", machines_file=Path(sys.argv[1])).in_order()
    app = MooringApp(Services(sources=sources), desks_later=True)
    app.main_screen.browser.once_shown(lambda: listed.set_result(list(sys.modules)))
    listed = asyncio.get_running_loop().create_future()
    app.main_screen.browser.read_ahead()
    for thread in threading.enumerate():
        if thread.name == "read machines":
            thread.join()
    async with app.run_test():
        for name in await listed:
            print(name)


asyncio.run(main())
"""
NOT_YET = (
    "asyncssh",
    "cryptography",
    "pyte",
    "regex",
    "tomlkit",
    "wcwidth",
    "yaml",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "mooring.commands",
    "mooring.engine",
    "mooring.explanation",
    "mooring.files",
    "mooring.fleet",
    "mooring.session.sessions",
    "mooring.sshconfig.resolver",
    "mooring.ui.browser.explanation",
    "mooring.ui.browser.probing",
    "mooring.ui.commands",
    "mooring.ui.dialogs",
    "mooring.ui.editing",
    "mooring.ui.files",
    "mooring.ui.fleet",
    "mooring.ui.screens.desks",
    "mooring.ui.sessions.session_pane",
    "mooring.ui.workspaces",
    "mooring_widgets.command_panel",
    "mooring_widgets.emulator.emulator",
    "mooring_widgets.terminal.view",
)
"""What takes its time to load, and nobody sees on that picture."""


def test_what_nobody_sees_on_the_first_picture_is_not_loaded_for_it(tmp_path: Path) -> None:
    machines = tmp_path / "machines.toml"
    machines.write_text('[[machine]]\nname = "web-1"\nhost = "192.0.2.1"\n')

    done = subprocess.run(
        [sys.executable, "-c", LISTED, str(machines)], capture_output=True, text=True, check=True, timeout=100
    )

    loaded = set(done.stdout.split())
    assert "mooring.ui.browser.browser" in loaded
    assert sorted(loaded.intersection(NOT_YET)) == []


@dataclass(frozen=True)
class HeldSource:
    """A source that answers when it is let."""

    may_answer: threading.Event
    name: str = "held"

    def read(self) -> SourceResult:
        """Wait."""
        assert self.may_answer.wait(60.0)
        return SourceResult(MACHINES)


async def until(pilot: Pilot[None], holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    for _ in range(2000):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"not so: {what}")


async def until_listed(app: MooringApp, pilot: Pilot[None]) -> None:
    """Wait until the machines are on the screen."""
    await until(pilot, lambda: len(app.main_screen.browser.machines) == len(MACHINES), "they are listed")


async def test_the_rest_comes_by_itself() -> None:
    app = MooringApp(Services(sources=given(MACHINES)), desks_later=True)
    async with app.run_test(size=(120, 30)) as pilot:
        await until_listed(app, pilot)
        await until(pilot, lambda: bool(app.main_screen.query("#body > #commands")), "it has come")


@pytest.mark.parametrize("is_listed", [False, True])
async def test_a_key_for_what_is_not_there_yet_waits_for_it_and_so_do_the_keys_behind_it(is_listed: bool) -> None:
    source = HeldSource(threading.Event())
    if is_listed:
        source.may_answer.set()
    app = MooringApp(Services(sources=(source,)), desks_later=True)
    async with app.run_test(size=(120, 30)) as pilot:
        order = app.main_screen.panel.view.order
        await pilot.press("question_mark", "s", "s")
        await until(pilot, lambda: isinstance(app.screen, HelpDialog), "the help is there")
        assert app.main_screen.panel.view.order is order, "the list was asked for another order"
        source.may_answer.set()


async def test_a_session_is_opened_by_the_first_key() -> None:
    app = MooringApp(Services(sources=given(MACHINES)), desks_later=True)
    async with app.run_test(size=(120, 30)) as pilot:
        await until_listed(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.main_screen.deck.panes), "it is there")
        assert [pane.machine.name for pane in app.main_screen.deck.panes] == ["web-1"]


@pytest.mark.parametrize("is_ready", [True, False])
async def test_machines_that_are_read_ahead_are_listed_whenever_they_come(is_ready: bool) -> None:
    source = HeldSource(threading.Event())
    app = MooringApp(Services(sources=(source,)), desks_later=True)
    app.main_screen.browser.read_ahead()
    if is_ready:
        source.may_answer.set()
    async with app.run_test(size=(120, 30)) as pilot:
        source.may_answer.set()
        await until_listed(app, pilot)
        assert app.main_screen.panel.current_key == "web-1"
