"""Machines in the command palette: text, whatever their sources call them, and no slower where there are many."""

from __future__ import annotations

from pathlib import Path

from support.browser_screens import running_browser


async def test_machines_are_found_and_shown_as_text(tmp_path: Path) -> None:
    many = "".join(f"Host web-{number:04}\n" for number in range(3000))
    (tmp_path / "config").write_text(f"Host [red]box[/] [/end]\n  HostName [bold]\n{many}")
    async with running_browser(tmp_path) as desk:
        await desk.press("ctrl+p", *"end]")
        await desk.until(lambda: "Open [/end]" in desk.shown, "markup is text")
        await desk.press("escape", "ctrl+p", *"redbox")
        await desk.until(lambda: "Open [red]box[/]" in desk.shown, "and found by its letters")
        await desk.press("escape", "ctrl+p", *"open web-2999")
        await desk.until(lambda: "Open web-2999" in desk.shown, "the last of many")
