"""Dialogs over the whole screen that belong to no single part of the program."""

from __future__ import annotations

from textual.command import CommandPalette

from app.ui.looks.scene import Scene, Stage, mooring
from mooring.model.forward_report import ForwardReport, ForwardState
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.workspace import PanePlan, TabPlan, Workspace
from mooring.store import load_settings
from mooring.store.workspaces import WorkspaceFile
from mooring.ui import MooringApp
from mooring.ui.dialogs.confirm import EndSessionsDialog
from mooring.ui.dialogs.help import HelpDialog
from mooring.ui.dialogs.quit import QuitDialog
from mooring.ui.forwards.forwards_dialog import ForwardsDialog
from mooring.ui.keys import keymap_of
from mooring.ui.settings.keys.key_conflict_dialog import KeyConflictDialog
from mooring.ui.settings.keys.keys_dialog import KeysDialog
from mooring.ui.settings.keys.press_key_dialog import PressKeyDialog
from mooring.ui.settings.settings_dialog import SettingsDialog
from mooring.ui.tabs.rename_dialog import RenameDialog
from mooring.ui.tabs.switcher.switcher_dialog import SwitcherDialog
from mooring.ui.workspaces.workspace_dialog import WorkspaceDialog
from support.session_screens import Desk

SETTINGS = """\
splash = false
palette = "theme"
scrollback_lines = 50000

[keys.list]
open-session = "x"
hand-over = "x"
"""


async def helped(desk: Desk) -> None:
    """The keys."""
    await desk.listed()
    await desk.press("question_mark")


async def help_searched(desk: Desk) -> None:
    """Some of them."""
    await helped(desk)
    await desk.press(*"machines")


async def palette(desk: Desk) -> None:
    """Every action."""
    await desk.listed()
    await desk.press("ctrl+p")
    await desk.until(lambda: "Open a native session" in desk.shown(), "they are listed")


async def palette_searched(desk: Desk) -> None:
    """Actions and machines that fit."""
    await palette(desk)
    await desk.press(*"web")
    await desk.until(lambda: "Open web-2" in desk.shown(), "the machines are offered")


async def themes(desk: Desk) -> None:
    """The themes to choose from."""
    await desk.listed()
    desk.main.perform("theme")
    await desk.until(lambda: "mooring-light" in desk.shown(), "they are listed")


async def settings(desk: Desk) -> None:
    """One option is another than its default, and keys are in conflict."""
    await desk.listed()
    await desk.press("comma")
    await desk.until(lambda: isinstance(desk.app.screen, SettingsDialog), "they are shown")
    await desk.press("down", "down")


async def settings_typed(desk: Desk) -> None:
    """A number that is too large."""
    await settings(desk)
    await desk.press("enter")
    await desk.press(*"9999999999", "enter")
    await desk.until(lambda: "! it takes" in desk.shown(), "it is refused")


async def keys(desk: Desk) -> None:
    """The keys that can be changed."""
    await helped(desk)
    await desk.press("enter")
    await desk.until(lambda: isinstance(desk.app.screen, KeysDialog), "they are listed")


async def key_pressed_for(desk: Desk) -> None:
    """Another key is waited for."""
    await keys(desk)
    await desk.press(*"favourite", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, PressKeyDialog), "it is waited for")


async def key_taken(desk: Desk) -> None:
    """That key is another action's."""
    await key_pressed_for(desk)
    await desk.press("o")
    await desk.until(lambda: isinstance(desk.app.screen, KeyConflictDialog), "it is asked")


async def renaming(desk: Desk) -> None:
    """Another name for a tab."""
    await desk.listed()
    await desk.open("stage-1")
    await desk.lead("e")
    await desk.press(*"deploy")


async def switcher(desk: Desk) -> None:
    """Letters typed at the switcher."""
    await desk.listed()
    await desk.open("web-1", "web-2", "db-1")
    await desk.lead("g")
    await desk.press("w", "e")


async def workspaces(desk: Desk) -> None:
    """Saved workspaces, and a name for another."""
    await desk.listed()
    await desk.open("web-1", "web-2")
    await desk.lead("w")
    await desk.until(lambda: isinstance(desk.app.screen, WorkspaceDialog), "they are listed")
    await desk.press("down")


async def quitting(desk: Desk) -> None:
    """Whether the sessions are to go on."""
    await desk.listed()
    await desk.open("web-1", "db-1")
    desk.main.perform("quit")
    await desk.until(lambda: isinstance(desk.app.screen, QuitDialog), "it is asked")


async def closing(desk: Desk) -> None:
    """Whether a tab with sessions is to be closed."""
    await desk.listed()
    await desk.open("web-1")
    await desk.lead("v")
    await desk.lead("X")
    await desk.until(lambda: isinstance(desk.app.screen, EndSessionsDialog), "it is asked")


async def forwards(desk: Desk) -> None:
    """A forward of each kind and in each state."""
    http = ForwardSpecification(listen_port=8080, connect_host="localhost", connect_port=80)
    desk.engine.forwarded = [
        ForwardReport(http, False, ForwardState.LISTENING, 8080, "", 2, 14, 48_210, 34_567_890),
        ForwardReport(http, True, ForwardState.WAITING, 8080),
        ForwardReport(ForwardSpecification("127.0.0.1", 1080), False, ForwardState.LISTENING, 1080),
        ForwardReport(
            ForwardSpecification(listen_port=5432, connect_host="db-1.internal", connect_port=5432),
            False,
            ForwardState.FAILED,
            reason="postgres (process 4711) has port 5432",
        ),
    ]
    await no_forwards(desk)
    await desk.until(lambda: "process 4711" in desk.shown(), "they are listed")


async def no_forwards(desk: Desk) -> None:
    """None, and how one is made."""
    await desk.listed()
    await desk.open("web-1")
    await desk.lead("f")
    await desk.until(lambda: isinstance(desk.app.screen, ForwardsDialog), "the dialog is there")


def with_settings(stage: Stage) -> MooringApp:
    """The program of somebody who changed settings, and keys in a way that can't be."""
    file = stage.folder / "settings.toml"
    file.write_text(SETTINGS)
    loaded = load_settings(file)
    keymap, problems = keymap_of(loaded.settings, loaded.origin_of)
    return mooring(stage, settings=loaded.settings, keymap=keymap, problems=problems)


def with_workspaces(stage: Stage) -> MooringApp:
    """The program of somebody who has saved some."""
    file = WorkspaceFile(stage.folder / "workspaces.toml")
    file.save(Workspace("monday", tuple(TabPlan(PanePlan(name)) for name in ("web-1", "web-2", "db-1"))))
    file.save(Workspace("deploy", (TabPlan(PanePlan("stage-1")),)))
    return mooring(stage)


SCENES = (
    Scene("help", helped, HelpDialog),
    Scene("help-searched", help_searched, HelpDialog),
    Scene("palette", palette, CommandPalette, walk_again=True),
    Scene("palette-searched", palette_searched, CommandPalette, walk_again=True),
    Scene("themes", themes, CommandPalette, walk_again=True),
    Scene("settings", settings, SettingsDialog, with_settings),
    Scene("settings-typed", settings_typed, SettingsDialog, with_settings),
    Scene("keys", keys, KeysDialog),
    Scene("press-key", key_pressed_for, PressKeyDialog),
    Scene("key-taken", key_taken, KeyConflictDialog),
    Scene("rename", renaming, RenameDialog),
    Scene("switcher", switcher, SwitcherDialog),
    Scene("workspaces", workspaces, WorkspaceDialog, with_workspaces),
    Scene("no-workspaces", workspaces, WorkspaceDialog),
    Scene("quit", quitting, QuitDialog),
    Scene("close", closing, EndSessionsDialog),
    Scene("forwards", forwards, ForwardsDialog),
    Scene("no-forwards", no_forwards, ForwardsDialog),
)
