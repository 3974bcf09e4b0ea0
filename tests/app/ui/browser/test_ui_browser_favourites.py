"""Favourites and recents: kept in Mooring's own files, first in the list, and taken back."""

from __future__ import annotations

from pathlib import Path

from mooring.store import RecentFile
from support.browser_screens import BrowserDesk, running_browser

CONFIG = "Host web-1 web-2 web-3\n"


def order(desk: BrowserDesk) -> list[str]:
    """The names in the order of the list."""
    contents = desk.panel.view.contents
    return [entry.row.name for section in contents.outline.sections for entry in section.entries]


async def test_favourites_are_first_are_kept_and_are_taken_back(tmp_path: Path) -> None:
    async with running_browser(tmp_path) as desk:
        assert order(desk) == ["web-1", "web-2", "web-3"]
        desk.panel.view.select("web-3")
        await desk.press("f")
        await desk.until(lambda: order(desk) == ["web-3", "web-1", "web-2"], "the favourite is first")
        assert desk.panel.current_key == "web-3", "the cursor stays with its machine"
        assert desk.app.main_screen.status.message == "web-3 is a favourite"
        desk.panel.view.mark(["web-2", "web-3"])
        await desk.press("f")
        await desk.until(lambda: desk.machine("web-2").favourite, "all that are marked")
        await desk.press("f")
        await desk.until(lambda: not desk.machine("web-3").favourite, "and back")
        await desk.press("ctrl+z")
        await desk.until(lambda: desk.machine("web-3").favourite and desk.machine("web-2").favourite, "undone")
        await desk.press("ctrl+z", "ctrl+z")
        await desk.until(lambda: order(desk) == ["web-1", "web-2", "web-3"], "all is undone")
        await desk.press("ctrl+z")
        await desk.until(lambda: "no change" in desk.app.main_screen.status.message, "there is an end to it")
        assert (tmp_path / "config").read_text() == CONFIG, "the source itself is never written to"
        desk.paths.annotations_file.write_text("[[machine")
        await desk.press("f")
        await desk.until(lambda: "annotations.toml:1" in desk.app.main_screen.status.message, "why it was not saved")
        assert desk.paths.annotations_file.read_text() == "[[machine"


async def test_the_machine_that_was_used_last_comes_first(tmp_path: Path) -> None:
    async with running_browser(tmp_path) as desk:
        await desk.app.main_screen.desks.session_desk.open(desk.machine("web-2"))
        await desk.until(lambda: order(desk)[0] == "web-2", "it is first")
        assert len(desk.panel.view.contents.outline.sections) == 1
        recent = RecentFile(desk.paths.recent_file).load()
        assert [visit.how for visit in recent.of("web-2")] == ["native"]
    async with running_browser(tmp_path) as desk:
        await desk.until(lambda: order(desk)[0] == "web-2", "the next window knows it, too")
