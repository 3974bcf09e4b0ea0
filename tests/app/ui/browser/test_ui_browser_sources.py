"""Sources in the browser: read off the loop, each failing alone, and read again when their files change."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from mooring.inventory import InventorySources, further_sources
from mooring.store import Paths, Settings
from mooring.store.settings.source_setting import SourceSetting
from mooring.ui import MooringApp, Services
from mooring.ui.browser.sources_dialog import SourcesDialog, SourcesText
from mooring_widgets.machine_list.header import ListHeader

HOSTILE = r"""
import json, sys, time
match sys.argv[1]:
    case "names":
        hosts = {"[red]box[/]": {}, "esc\x1b]0;owned\x07\x1b[2J": {}, "wide日本\u202e": {}, "ok-1": {}}
        print(json.dumps({"all": {"hosts": list(hosts)}, "_meta": {"hostvars": hosts}}))
    case "broken":
        print('{"all": {"hosts": ["a"')
    case "flood":
        for _ in range(200):
            sys.stdout.write("x" * 2**20)
    case "hang":
        time.sleep(600)
"""


@asynccontextmanager
async def running(
    folder: Path, *sources: SourceSetting, size: tuple[int, int] = (120, 30)
) -> AsyncIterator[tuple[MooringApp, Pilot[None]]]:
    """The program on files of `folder`, and on further sources."""
    config = folder / "config"
    if not config.exists():
        config.write_text("Host web-1 web-2 web-3\n")
    paths = Paths.inside(folder / "mooring")
    settings = Settings(source=sources)
    inventory = InventorySources(
        str(config),
        folder / "store",
        paths.machines_file,
        paths.annotations_file,
        further_sources(settings, paths, str(config)),
    )
    app = MooringApp(Services(sources=inventory.in_order(), settings=settings, find_ssh=lambda: None))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: len(app.main_screen.browser.machines) >= 3, "the machines of files are listed")
        yield app, pilot


async def until(pilot: Pilot[None], ready: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Wait for a state."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, f"it never came to this: {what}"
        await pilot.pause(0.02)


def shown(app: MooringApp) -> str:
    """The screen as text."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def names(app: MooringApp) -> set[str]:
    return {machine.name for machine in app.main_screen.browser.machines}


async def test_hostile_sources_are_shown_as_text_and_the_others_live(tmp_path: Path) -> None:
    script = tmp_path / "hostile.py"
    script.write_text(HOSTILE)
    sources = [
        SourceSetting(name=what, command=f"{sys.executable} {script} {what}", timeout=2 if what == "hang" else 60)
        for what in ("names", "broken", "flood", "hang")
    ]
    async with running(tmp_path, *sources) as (app, pilot):
        panel = app.main_screen.panel
        assert "reading" in shown(app), "the machines of files do not wait for programs"
        await until(pilot, lambda: "reading" not in shown(app), "all have answered")
        assert {"web-1", "ok-1"} <= names(app)
        await until(pilot, lambda: "[red]box[/]" in shown(app), "markup is text")
        assert "\x1b" not in shown(app)
        assert "\x07" not in shown(app)
        failures = panel.query_one(".machine-list--failures", Static)
        assert all(line.startswith("! ") for line in str(failures.content).splitlines())
        assert failures.size.height <= 5
        panel.focus_list()
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, SourcesDialog), "the sources are told")
        told = str(app.screen.query_one(SourcesText).content)
        for words in ("ssh_config", "broken: ", "flood: ", "within 2 s", "hang: "):
            assert words in told, told
        await pilot.press("escape")
        await pilot.resize_terminal(40, 10)
        await pilot.press("slash", *"ok-1")
        await until(pilot, lambda: panel.current_key == "ok-1", "the filter works")


async def test_a_file_that_changes_is_read_again_and_nothing_moves(tmp_path: Path) -> None:
    async with running(tmp_path, SourceSetting(name="slow", command="sh -c 'sleep 600'", timeout=600)) as (app, pilot):
        panel = app.main_screen.panel
        panel.focus_list()
        panel.view.select("web-2")
        await pilot.press("space", "slash", *"web", "escape")
        panel.view.select("web-3")
        details = app.main_screen.deck.details
        await until(pilot, lambda: "web-3" in details.text, "the details follow")
        (tmp_path / "config").write_text("Host web-3 web-2 new-1 web-0\n  User changed\n")
        await until(pilot, lambda: names(app) == {"web-0", "web-2", "web-3", "new-1"}, "the change is seen")
        await until(pilot, lambda: "changed" in details.text, "the details are told anew")
        assert (panel.current_key, set(panel.marked_keys), panel.pattern) == ("web-3", {"web-2"}, "web")
        assert "web-0" in shown(app)
        assert "new-1" not in shown(app), "the filter still counts"
        assert panel.query_one(ListHeader).facts.is_loading, "one source has not answered at all"


async def test_reading_again_on_demand_and_leaving_while_a_source_hangs(tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    answer.write_text('{"all": {"hosts": ["one"]}}')
    async with running(tmp_path, SourceSetting(name="said", command=f"sh -c 'cat {answer}'", keep=0)) as (app, pilot):
        await until(pilot, lambda: "one" in names(app), "the program is heard")
        answer.write_text("{")
        app.main_screen.panel.focus_list()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "said: " in shown(app), "why it failed is said")
        assert "one" in names(app), "what it named before can still be reached"
        answer.write_text('{"all": {"hosts": ["two"]}}')
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "two" in names(app) and "said: " not in shown(app), "all is well again")
    async with running(tmp_path, SourceSetting(name="hang", command="sh -c 'sleep 600'", timeout=600)) as (app, pilot):
        began = time.monotonic()
        app.exit()
    assert time.monotonic() - began < 20, "nobody waits for a source that hangs"
