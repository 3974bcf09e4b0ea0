"""The settings' screen: each change is in the file at once, comments stay, and what is wrong is said in place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from mooring.store import Settings, load_settings
from mooring.store.settings.options import option_named
from mooring.ui import MooringApp
from mooring.ui.settings.settings_dialog import SettingsDialog
from mooring.ui.settings.values import read, shown, stepped
from support.settings_screens import settings_app
from support.still_engine import StillEngine

TEXT = '# mine\nsplash = false  # quick\n\n[keys.list]\nhand-over = "y"\n'


@asynccontextmanager
async def opened(file: Path, size: tuple[int, int] = (100, 40)) -> AsyncIterator[tuple[MooringApp, Pilot[None]]]:
    """The application with its settings open."""
    app = settings_app(StillEngine(), file, machines=())
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete([])
        await pilot.pause()
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsDialog))
        yield app, pilot


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came to hold")


def hint(app: MooringApp) -> str:
    return str(app.screen.query_one(".settings--hint", Static).content)


async def go_to(pilot: Pilot[None], app: MooringApp, name: str) -> None:
    rows = app.screen.query_one(OptionList)
    rows.highlighted = next(
        index for index in range(rows.option_count) if str(rows.get_option_at_index(index).prompt)[2:].startswith(name)
    )
    await pilot.pause()


async def test_a_change_is_written_at_once_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(TEXT)
    async with opened(file) as (app, pilot):
        problems = str(app.screen.query_one(".settings--problems", Static).content)
        assert problems.startswith(f"! {file}:5: `hand-over` in [keys.list]: copy-ssh-line has no key any more here")
        await go_to(pilot, app, "splash ")
        await pilot.press("right")
        await until(pilot, lambda: hint(app).startswith("saved"))
        assert file.read_text() == TEXT.replace("splash = false", "splash = true")
        await go_to(pilot, app, "scrollback_lines")
        await pilot.press("enter", *"many", "enter")
        await until(pilot, lambda: hint(app) == "! it takes a whole number from 0 to 10000000")
        await pilot.press(*["backspace"] * 12, *"500", "enter")
        await until(pilot, lambda: load_settings(file).settings.scrollback_lines == 500)
        await go_to(pilot, app, "theme")
        await pilot.press("left")
        await until(pilot, lambda: load_settings(file).settings.theme == app.theme != Settings().theme)
        await pilot.press("delete")
        await until(pilot, lambda: app.theme == load_settings(file).settings.theme == Settings().theme)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SettingsDialog))
    assert file.read_text().startswith("# mine\n")
    assert load_settings(file).problems == ()


async def test_a_file_that_is_no_toml_is_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("theme = ")
    async with opened(file, (40, 10)) as (app, pilot):
        await pilot.press("right")
        await until(pilot, lambda: hint(app).startswith(f"! {file}:1: not valid TOML"))
        assert app.theme == Settings().theme
    assert file.read_text() == "theme = "


def test_values_are_told_stepped_and_read() -> None:
    themes = ("a", "b")
    assert shown(option_named("leader"), None) == "the preset's"
    assert [shown(option_named("splash"), value) for value in (True, False)] == ["on", "off"]
    assert stepped(option_named("theme"), "b", 1, themes) == "a"
    assert stepped(option_named("theme"), "gone", -1, themes) == "b"
    assert stepped(option_named("copy_to"), "both", 1, themes) == "terminal"
    assert stepped(option_named("leader"), "f1", 1, themes) == "f1"
    assert read(option_named("scrollback_lines"), " 12 ") == 12
    assert read(option_named("leader"), " ") is None
    for text in ("-1", "10000001", "9" * 5000, "１", "x"):
        with pytest.raises(ValueError, match="whole number"):
            read(option_named("scrollback_lines"), text)
