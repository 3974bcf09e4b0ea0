"""Sources in the browser: read off the loop, each failing alone, and read again when their files change."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from textual.widgets import Static

from mooring.store.settings.source_setting import SourceSetting
from mooring.ui.browser.sources_dialog import SourcesDialog, SourcesText
from mooring_widgets.machine_list.header import ListHeader
from support.browser_screens import running_browser

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


async def test_hostile_sources_are_shown_as_text_and_the_others_live(tmp_path: Path) -> None:
    script = tmp_path / "hostile.py"
    script.write_text(HOSTILE)
    sources = [
        SourceSetting(name=what, command=f"{sys.executable} {script} {what}", timeout=2 if what == "hang" else 60)
        for what in ("names", "broken", "flood", "hang")
    ]
    async with running_browser(tmp_path, *sources) as desk:
        panel = desk.panel
        assert "reading" in desk.shown, "the machines of files do not wait for programs"
        await desk.until(lambda: "reading" not in desk.shown, "all have answered")
        assert {"web-1", "ok-1"} <= desk.names
        await desk.until(lambda: "[red]box[/]" in desk.shown, "markup is text")
        assert "\x1b" not in desk.shown
        assert "\x07" not in desk.shown
        failures = panel.query_one(".machine-list--failures", Static)
        assert all(line.startswith("! ") for line in str(failures.content).splitlines())
        assert failures.size.height <= 5
        await desk.press("S")
        await desk.until(lambda: isinstance(desk.app.screen, SourcesDialog), "the sources are told")
        told = str(desk.app.screen.query_one(SourcesText).content)
        for words in ("ssh_config", "broken ", "flood ", "within 2 s", "hang "):
            assert words in told, told
        await desk.press("escape")
        await desk.pilot.resize_terminal(40, 10)
        await desk.press("slash", *"ok-1")
        await desk.until(lambda: panel.current_key == "ok-1", "the filter works")


async def test_a_file_that_changes_is_read_again_and_nothing_moves(tmp_path: Path) -> None:
    async with running_browser(tmp_path, SourceSetting(name="slow", command="sh -c 'sleep 600'", timeout=600)) as desk:
        panel = desk.panel
        panel.view.select("web-2")
        await desk.press("space", "slash", *"web", "escape")
        panel.view.select("web-3")
        await desk.until(lambda: "web-3" in desk.details, "the details follow")
        (tmp_path / "config").write_text("Host web-3 web-2 new-1 web-0\n  User changed\n")
        await desk.until(lambda: desk.names == {"web-0", "web-2", "web-3", "new-1"}, "the change is seen")
        await desk.until(lambda: "changed" in desk.details, "the details are told anew")
        assert (panel.current_key, set(panel.marked_keys), panel.pattern) == ("web-3", {"web-2"}, "web")
        assert "web-0" in desk.shown
        assert "new-1" not in desk.shown, "the filter still counts"
        assert panel.query_one(ListHeader).facts.is_loading, "one source has not answered at all"


async def test_reading_again_on_demand_and_leaving_while_a_source_hangs(tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    answer.write_text('{"all": {"hosts": ["one"]}}')
    async with running_browser(tmp_path, SourceSetting(name="said", command=f"sh -c 'cat {answer}'", keep=0)) as desk:
        await desk.until(lambda: "one" in desk.names, "the program is heard")
        answer.write_text("{")
        await desk.press("ctrl+r")
        await desk.until(lambda: "said: " in desk.shown, "why it failed is said")
        assert "one" in desk.names, "what it named before can still be reached"
        answer.write_text('{"all": {"hosts": ["two"]}}')
        await desk.press("ctrl+r")
        await desk.until(lambda: "two" in desk.names and "said: " not in desk.shown, "all is well again")
    async with running_browser(tmp_path, SourceSetting(name="hang", command="sh -c 'sleep 600'", timeout=600)) as desk:
        began = time.monotonic()
        desk.app.exit()
    assert time.monotonic() - began < 20, "nobody waits for a source that hangs"
