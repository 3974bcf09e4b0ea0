"""Saved commands are written in the screens: new, from a history or a session, edited, moved and deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.ui.commands.command_form import CommandForm
from mooring.ui.commands.import_dialog import ImportDialog
from support.saved_commands import write_commands
from support.session_screens import Desk, running_desk


async def shows(desk: Desk, kind: type[object], words: str) -> None:
    """Wait for a dialog and what it says."""
    await desk.until(lambda: isinstance(desk.app.screen, kind) and words in desk.shown(), words)


async def said(desk: Desk, words: str) -> None:
    """Wait until the bottom line says so."""
    await desk.until(lambda: words in desk.main.status.message, words)


async def test_a_command_is_made_of_history_edited_moved_and_deleted(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HISTFILE", raising=False)
    (own_home / ".bash_history").write_text("ls\njournalctl -u nginx -n 50\n")
    file = write_commands(tmp_path) / "commands.toml"
    async with running_desk("web-1", folder=tmp_path, size=(120, 40)) as desk:
        await desk.lead("c")
        await desk.until(lambda: desk.main.desks.command_panel.list.shown == 4, "the commands are listed")
        await desk.press("i")
        await shows(desk, ImportDialog, "journalctl -u nginx -n 50")
        await desk.press(*"journal", "enter")
        await shows(desk, CommandForm, "New command")
        await desk.press("home", *"x", "tab", "end", *" -p {{level", "ctrl+s")
        await said(desk, "xjournalctl -u nginx is saved")
        await desk.press("e")
        await shows(desk, CommandForm, "xjournalctl")
        await desk.press("tab", "end", *"}}")
        await shows(desk, CommandForm, "{{level}}")
        await desk.press("home", *"` ", "ctrl+s")
        await shows(desk, CommandForm, "! ")
        await desk.press("home", "delete", "delete", "ctrl+s")
        await desk.until(lambda: "-p {{level}}" in file.read_text(), "it is written")
        assert file.read_text().startswith("# mine\n"), "comments stay"
        await desk.until(
            lambda: desk.main.desks.command_panel.list.current_key == "xjournalctl -u nginx", "it is chosen"
        )
        await desk.press("K")
        await desk.until(
            lambda: file.read_text().index("xjournal") < file.read_text().index("unlock"), "it is further up"
        )
        await desk.until(
            lambda: desk.main.desks.command_panel.list.current_key == "xjournalctl -u nginx", "still chosen"
        )
        await desk.press("D")
        await desk.until(lambda: "Delete xjournalctl -u nginx?" in desk.shown(), "it asks")
        await desk.press("y")
        await said(desk, "xjournalctl -u nginx is deleted")
        assert "journalctl" not in file.read_text()


async def test_what_is_on_the_screen_becomes_a_command_and_nobody_is_written_over(tmp_path: Path) -> None:
    file = write_commands(tmp_path) / "commands.toml"
    async with running_desk("web-1", folder=tmp_path) as desk:
        desk.engine.writes(1, b"uname -a")
        await desk.lead("C")
        await shows(desk, CommandForm, "uname -a")
        await desk.press("ctrl+s")
        await said(desk, "uname -a is saved")
        assert 'command = "uname -a"' in file.read_text()
        await desk.lead("c")
        await desk.until(lambda: desk.main.desks.command_panel.list.shown == 5, "the commands are listed")
        desk.main.desks.command_panel.list.go_to("uptime")
        await desk.press("e")
        await shows(desk, CommandForm, "uptime")
        file.write_text(file.read_text().replace('command = "uptime"', 'command = "uptime -s"'))
        await desk.press("tab", "end", *" -p", "ctrl+s")
        await shows(desk, CommandForm, "ctrl+s again")
        assert 'command = "uptime -s"' in file.read_text()
        await desk.press("ctrl+s")
        await desk.until(lambda: 'command = "uptime -p"' in file.read_text(), "it is written, since it was meant")
