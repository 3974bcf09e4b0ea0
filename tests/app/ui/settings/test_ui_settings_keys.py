"""Giving actions other keys from the screens: by key and by mouse, with what is in the way said before it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Button, Input, OptionList, Static

from mooring.store import load_settings
from mooring.ui.actions.palette import MooringCommands
from mooring.ui.dialogs.help import HelpDialog, HelpKeys
from mooring.ui.dialogs.yes_or_no import YesOrNoDialog
from mooring.ui.keys import Area
from mooring.ui.keys.keymap import Found
from mooring.ui.keys.names import spell
from mooring.ui.settings.keys.key_conflict_dialog import KeyConflictDialog
from mooring.ui.settings.keys.keys_dialog import KeysDialog
from mooring.ui.settings.keys.press_key_dialog import PressKeyDialog
from mooring.ui.settings.settings_dialog import SettingsDialog
from mooring_widgets.terminal.raw_key import RawKey
from support.session_screens import Desk
from support.settings_screens import settings_desk

MINE = '# mine\nprobe_visible = false # no\n\n[keys.list]\n# why\nhelp = "h" # here\n'


def words(screen: Screen[Any]) -> str:
    """What a dialog says."""
    texts = [str(part.content) for part in screen.query(Static)]
    return "\n".join([*texts, *(str(button.label) for button in screen.query(Button))])


def about(desk: Desk) -> str:
    """What the keys say below the list; "" while another dialog lies over them."""
    screen = desk.app.screen
    return str(screen.query_one(".keys--about", Static).content) if isinstance(screen, KeysDialog) else ""


async def open_keys(desk: Desk, typed: str) -> None:
    """Have the keys open, with a search."""
    desk.main.desks.keys_desk.open()
    await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "the keys are there")
    await search(desk, typed)


async def search(desk: Desk, typed: str) -> None:
    """Search for something else."""
    desk.app.screen.query_one(Input).value = typed
    await desk.settled()


async def ask(desk: Desk, *keys: str) -> None:
    """Have a key asked for."""
    await desk.press(*keys)
    await desk.until(lambda: isinstance(desk.app.screen, PressKeyDialog), "a key is asked for")


async def told(desk: Desk, text: str) -> None:
    """Wait until the keys say something."""
    await desk.until(lambda: text in about(desk), text)


async def refused(desk: Desk, text: str) -> None:
    """Wait until it is said why a key can't be had."""
    await desk.until(lambda: isinstance(desk.app.screen, PressKeyDialog) and text in words(desk.app.screen), text)


async def left(desk: Desk) -> None:
    """Wait until all dialogs are gone."""
    await desk.until(lambda: desk.app.screen is desk.main, "all dialogs are gone")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(MINE)
    return path


async def test_a_key_is_given_and_holds_at_once_everywhere(file: Path) -> None:
    async with settings_desk(file) as desk:
        await desk.press("h")
        await desk.until(lambda: isinstance(desk.app.screen, HelpDialog), "the help is there")
        await desk.press(*"hand-over")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "the keys are there")
        await desk.settled()
        row = desk.app.screen.row  # type: ignore[attr-defined]
        assert (row.area, row.action) == (Area.LIST, "hand-over")
        await ask(desk, "enter")
        await desk.press("ctrl+k")
        await told(desk, "hand-over: ctrl+k; saved to ")
        assert file.read_text() == f'{MINE}hand-over = "ctrl+k"\n'
        assert "ctrl+k" in desk.shown()
        await desk.press("escape", "escape")
        await left(desk)
        await desk.settled()
        assert "ctrl+k ssh" in desk.shown().splitlines()[-1]
        assert desk.main.keymap.find(Area.LIST, "o") == Found()
        assert desk.main.keymap.find(Area.LIST, "ctrl+k") == Found(action="hand-over")
        entries = [entry for entry in MooringCommands(desk.main)._actions() if "system's ssh" in entry.title]
        assert entries[0].help.startswith("ctrl+k, or ")
        desk.main.perform("help")
        await desk.until(lambda: isinstance(desk.app.screen, HelpDialog), "the help is there")
        await desk.until(lambda: bool(desk.app.screen.query(HelpKeys)), "and its lines")
        assert "ctrl+k" in str(desk.app.screen.query_one(HelpKeys).content)


async def test_a_key_that_is_taken_is_said_and_changes_hands_as_is_wished(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "hand-over list")
        for answer, written in (
            ("l", MINE),
            ("t", MINE + 'hand-over = "y"\ncopy-ssh-line = ""\n'),
        ):
            await ask(desk, "enter")
            await desk.press("y")
            await desk.until(lambda: isinstance(desk.app.screen, KeyConflictDialog), "it is said who has it")
            said = words(desk.app.screen)
            assert "In the list of machines: copy the equal ssh command line (copy-ssh-line)." in said
            assert "It has no other key." in said
            assert "Give both one: o for copy-ssh-line" in said
            await desk.press(answer)
            await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "it is answered")
            await desk.until(lambda written=written: file.read_text() == written, "it is written")  # type: ignore[misc]
        await told(desk, "saved to")
        assert load_settings(file).problems == desk.main.settings.problems == ()
        await desk.press("delete")
        await told(desk, "hand-over: o; saved to")
        assert 'copy-ssh-line = ""' in file.read_text()
        await desk.press("ctrl+r")
        await desk.until(lambda: isinstance(desk.app.screen, YesOrNoDialog), "it is asked")
        await desk.press("y")
        await told(desk, "all actions have the usual keys; saved to")
        assert file.read_text() == MINE.replace('help = "h" # here\n', "")


async def test_two_actions_exchange_their_keys(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "hand-over list")
        await ask(desk, "enter")
        await desk.press("y")
        await desk.until(lambda: isinstance(desk.app.screen, KeyConflictDialog), "it is said who has it")
        await desk.press("b")
        await told(desk, "saved to")
        assert file.read_text() == MINE + 'hand-over = "y"\ncopy-ssh-line = "o"\n'
        assert desk.main.settings.problems == ()
        assert desk.main.keymap.find(Area.LIST, "o") == Found(action="copy-ssh-line")


SENT = {
    "\x0b": "ctrl+k",
    "\x1bk": "alt+k",
    "\x1b\x0b": "alt+ctrl+k",
    "\x1b[15~": "f5",
    "\x1b[18;5~": "ctrl+f7",
    "\x1b[1;6A": "ctrl+shift+up",
    "\x1b[107;6u": "ctrl+shift+k",
    "\x11": "ctrl+q",
    "\x03": "ctrl+c",
    "ä": "ä",
    ",": "comma",
    "\t": "tab",
}
"""What terminals send, and the names of these keys."""


async def test_whatever_the_terminal_sends_is_caught_under_the_name_that_it_is_found_by(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "files-hidden")
        for sequence, name in SENT.items():
            await ask(desk, "enter")
            desk.app.post_message(RawKey.from_sequence(sequence))
            await desk.until(lambda: not isinstance(desk.app.screen, PressKeyDialog), "it was caught")
            done = f"files-hidden: {spell(name)}; saved to"
            await desk.until(
                lambda done=done: isinstance(desk.app.screen, KeyConflictDialog) or done in about(desk),  # type: ignore[misc]
                "it is taken or given",
            )
            if isinstance(desk.app.screen, KeyConflictDialog):
                await desk.press("t")
            await told(desk, done)
            assert desk.main.settings.problems == ()
            assert desk.main.keymap.keys_for(Area.FILES, "files-hidden") == (name,)
            assert RawKey.from_sequence(sequence).key == name


async def test_a_key_that_is_let_go_is_none_and_one_that_nobody_knows_is_said(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "files-hidden")
        await ask(desk, "enter")
        desk.app.post_message(RawKey.from_sequence("\x1b[107;5:3u"))
        await desk.settled()
        assert "no key is known by" not in words(desk.app.screen)
        desk.app.post_message(RawKey.from_sequence("\x1b[999;999;999;9z"))
        await desk.until(lambda: "no key is known by" in words(desk.app.screen), "that it is none is said")


async def test_escape_leaves_it_and_what_others_need_is_refused_with_the_reason(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "next-tab everywhere")
        await ask(desk, "enter")
        assert "Programs in sessions do not get this key any more." in words(desk.app.screen)
        for key, reason in (("x", "programs in sessions can't do without x"), ("enter", "can't do without enter")):
            await desk.press(key)
            await refused(desk, reason)
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "it is left")
        await search(desk, "clear-filter filter")
        await ask(desk, "enter")
        await desk.press("z")
        await refused(desk, "z is text there")
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "it is left")
        await search(desk, "leader everywhere")
        await desk.press("ctrl+x")
        await told(desk, "! there has to be a key that leads")
        await search(desk, "quit list")
        await ask(desk, "enter")
        await desk.press("f12")
        await told(desk, "! f12 leads: give the leader another key first")
        assert file.read_text() == MINE


async def test_what_holds_everywhere_takes_its_key_from_every_part(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "next-tab everywhere")
        await ask(desk, "ctrl+a")
        await desk.press("ctrl+u")
        await desk.until(lambda: isinstance(desk.app.screen, KeyConflictDialog), "it is said who has it")
        said = words(desk.app.screen)
        assert "In the filter: clear the filter (clear-filter)." in said
        assert "In the filter of the commands:" in said
        assert "Give both" not in said
        await desk.press("t")
        await told(desk, "next-tab: ctrl+pgdn or ctrl+u; saved to")
        assert load_settings(file).settings.keys["anywhere"] == {"next-tab": "ctrl+pagedown, ctrl+u"}
        assert load_settings(file).settings.keys["filter"] == {"clear-filter": ""}
        assert desk.main.settings.problems == ()
        assert "ctrl+u" in desk.main.keymap.reserved


async def test_a_key_behind_the_leader_may_be_pressed_with_it(file: Path) -> None:
    async with settings_desk(file, "web-1") as desk:
        await open_keys(desk, "record-text")
        await ask(desk, "enter")
        await desk.press("f12", "f12")
        await refused(desk, "f12 f12 sends the key itself")
        await desk.press("f12")
        await refused(desk, "f12 …")
        await desk.press("T")
        await told(desk, "record-text: T; saved to")
        await desk.press("escape", "escape")
        await left(desk)
        await desk.lead("T")
        await desk.until(lambda: 1 in desk.engine.plans, "it does it")


async def test_the_leader_is_given_another_key_from_the_settings(file: Path) -> None:
    async with settings_desk(file, "web-1") as desk:
        await desk.lead("m")
        await desk.press("comma")
        await desk.until(lambda: isinstance(desk.app.screen, SettingsDialog), "the settings are there")
        rows = desk.app.screen.query_one(OptionList)
        rows.highlighted = 8
        await desk.settled()
        assert "f12, the preset's" in desk.shown()
        await ask(desk, "enter")
        await desk.press("ctrl+o")
        await desk.until(lambda: 'leader = "ctrl+o"' in file.read_text(), "it is written")
        await desk.until(lambda: "saved to" in desk.shown(), "and said")
        assert 'probe_visible = false # no\nleader = "ctrl+o"\n' in file.read_text()
        await desk.press("down", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "from there to the keys")
        await desk.press("escape", "escape")
        await left(desk)
        await desk.press("ctrl+o")
        assert "ctrl+o" in str(desk.main.leader_map.render())


async def test_what_somebody_else_changed_meanwhile_is_read_first_and_never_lost(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "hand-over list")
        await ask(desk, "enter")
        file.write_text(MINE.replace("[keys.list]", '[keys.list]\nquit = "ctrl+k" # theirs'))
        await desk.press("ctrl+k")
        await desk.until(lambda: isinstance(desk.app.screen, KeyConflictDialog), "what they did with the key is said")
        assert "quit (quit)" in words(desk.app.screen)
        theirs = file.read_text().replace('quit = "ctrl+k"', 'quit = "z"')
        file.write_text(theirs)
        await desk.press("t")
        await told(desk, "`quit` in [keys.list] was changed by somebody else meanwhile; nothing was written")
        assert file.read_text() == theirs


async def test_by_the_mouse_alone(file: Path) -> None:
    async with settings_desk(file) as desk:
        await open_keys(desk, "hand-over list")
        keys = desk.app.screen.query_one(OptionList)
        await desk.pilot.click(keys, offset=(30, 1))
        await desk.until(lambda: isinstance(desk.app.screen, PressKeyDialog), "a click asks for a key")
        await desk.pilot.click(desk.app.screen.query_one(Button))
        await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "a click leaves it")
        await desk.pilot.click("#keys-take-away")
        await told(desk, "hand-over: no key; saved to")
        await desk.pilot.click("#keys-reset")
        await told(desk, "hand-over: o; saved to")
        await desk.pilot.click("#keys-add")
        await desk.until(lambda: isinstance(desk.app.screen, PressKeyDialog), "one more is asked for")
        await desk.press("y")
        await desk.until(lambda: isinstance(desk.app.screen, KeyConflictDialog), "it is taken")
        await desk.pilot.click("#leave")
        await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "it is left")
        assert file.read_text() == MINE


async def test_a_file_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("splash = [\n")
    async with settings_desk(file) as desk:
        await open_keys(desk, "hand-over list")
        await desk.press("ctrl+x")
        await told(desk, f"! {file}:2: not valid TOML")
        assert file.read_text() == "splash = [\n"
        assert desk.main.keymap.find(Area.LIST, "o") == Found(action="hand-over")


async def test_the_key_of_the_palette_can_be_anothers(file: Path) -> None:
    file.write_text('[keys.list]\npalette = "ctrl+k"\nhelp = "ctrl+p"\n')
    async with settings_desk(file) as desk:
        await desk.press("ctrl+p")
        await desk.until(lambda: isinstance(desk.app.screen, HelpDialog), "the help is there")
        await desk.press("escape")
        await left(desk)
        assert "ctrl+k" in desk.shown().splitlines()[0]
        await desk.press("ctrl+k")
        await desk.until(lambda: isinstance(desk.app.screen, CommandPalette), "the palette is there")
