"""How the settings and the searched help look in our own themes, in a usual window and in the smallest.

After a change that is meant: `pytest -n 0 tests/app/ui/settings --snapshot-update`, and look at the pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.dialogs.help import HelpDialog
from mooring.ui.settings.keys.key_conflict_dialog import KeyConflictDialog
from mooring.ui.settings.keys.keys_dialog import KeysDialog
from mooring.ui.settings.keys.press_key_dialog import PressKeyDialog
from mooring.ui.settings.settings_dialog import SettingsDialog
from support.given_machines import given

SnapCompare = Callable[..., bool]


async def until(pilot: Pilot[None], kind: type) -> None:
    for _ in range(600):
        if isinstance(pilot.app.screen, kind):
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{kind} never came")


async def settings(pilot: Pilot[None]) -> None:
    """One option is another than its default, and a key is in conflict."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.press("comma")
    await until(pilot, SettingsDialog)
    await pilot.press("down")
    await pilot.pause()


async def help_searched(pilot: Pilot[None]) -> None:
    """Some of the keys."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.press("question_mark")
    await until(pilot, HelpDialog)
    pilot.app.screen.query_one(Input).cursor_blink = False
    await pilot.press(*"machines")
    await pilot.pause()


async def keys(pilot: Pilot[None]) -> None:
    """Some of the keys, to be given to others."""
    await help_searched(pilot)
    await pilot.press("enter")
    await until(pilot, KeysDialog)
    pilot.app.screen.query_one(Input).cursor_blink = False
    await pilot.press("down")
    await pilot.pause()


async def key_taken(pilot: Pilot[None]) -> None:
    """One of them has an owner."""
    await keys(pilot)
    await pilot.press("enter")
    await until(pilot, PressKeyDialog)
    await pilot.press("y")
    await until(pilot, KeyConflictDialog)


@pytest.mark.parametrize("show", [settings, help_searched, keys, key_taken])
@pytest.mark.parametrize(("size", "theme"), [((80, 24), "mooring-light"), ((40, 10), "mooring-dark")])
def test_looks(
    snap_compare: SnapCompare, tmp_path: Path, show: Callable[..., None], size: tuple[int, int], theme: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("splash = false\n")
    app = MooringApp(Services(sources=given(), settings=Settings(theme=theme, splash=False), settings_file=file))
    assert snap_compare(app, terminal_size=size, run_before=show)
