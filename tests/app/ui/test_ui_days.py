"""A day with the screens, once by the keyboard alone and once by the mouse alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.screen import ModalScreen

from mooring.ui.dialogs.help import HelpDialog
from mooring.ui.settings.settings_dialog import SettingsDialog
from support.session_screens import SIZE, Desk, desk_of, session_app
from support.still_engine import StillEngine


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The program at its list, with a folder of its own for what it keeps."""
    engine = StillEngine()
    app = session_app(engine, workspaces=tmp_path / "workspaces.toml", folder=tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        yield await desk_of(app, pilot, engine)


class Hand:
    """Somebody who has nothing but a mouse: sees a text, and clicks on it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def click(self, text: str, *, times: int = 1) -> None:
        """Click on the first place where the text stands on the screen."""
        await self._desk.until(lambda: text in self._desk.shown(), f"{text!r} is to be seen")
        lines = self._desk.shown().split("\n")
        row = next(row for row, line in enumerate(lines) if text in line)
        column = lines[row].find(text)
        # The pilot takes a place on the screen for one of the screen itself.
        widget, region = self._desk.app.screen.get_widget_at(column, row)
        await self._desk.pilot.click(widget, offset=(column - region.x, row - region.y), times=times)
        await self._desk.settled()


async def test_by_the_keyboard_alone(desk: Desk, tmp_path: Path) -> None:
    await desk.press("slash", *"web2")
    await desk.press("enter")
    await desk.until(lambda: desk.active_title == "web-2", "the filter opened a session")
    await desk.lead("v")
    await desk.until(lambda: len(desk.main.deck.panes) == 2, "it is divided")
    await desk.lead("z")
    await desk.lead("m")
    await desk.press("escape")
    await desk.press("slash", "ctrl+u", *"stage")
    await desk.press("enter")
    await desk.until(lambda: desk.titles() == ["web-2", "stage-1"], "another one is open")
    await desk.lead("e")
    await desk.press("ctrl+u", *"lab", "enter")
    await desk.until(lambda: desk.active_title == "lab", "it has a name of its own")
    await desk.lead("w")
    await desk.until(lambda: isinstance(desk.app.screen, ModalScreen), "the workspaces are there")
    await desk.press(*"day", "ctrl+s")
    await desk.until((tmp_path / "workspaces.toml").exists, "the workspace is saved")
    await desk.lead("x")
    await desk.press("y")
    await desk.until(lambda: desk.titles() == ["web-2"], "it is closed")
    await desk.lead("u")
    await desk.until(lambda: desk.titles() == ["web-2", "lab"], "it is back")
    await desk.press("ctrl+pageup")
    assert desk.active_title == "web-2"
    await desk.lead("question_mark")
    await desk.until(lambda: isinstance(desk.app.screen, HelpDialog), "the help is there")
    await desk.press("escape")
    await desk.lead("m")
    await desk.press("comma")
    await desk.until(lambda: isinstance(desk.app.screen, SettingsDialog), "the settings are there")
    await desk.press("escape")
    await desk.press("q")
    await desk.until(lambda: isinstance(desk.app.screen, ModalScreen), "quitting asks")
    await desk.press("e")
    await desk.until(lambda: desk.app.return_code is not None, "the program has ended")


async def test_by_the_mouse_alone(desk: Desk) -> None:
    hand = Hand(desk)
    await hand.click("web-2", times=2)
    await desk.until(lambda: desk.active_title == "web-2", "a double click opened a session")
    await hand.click("f12 leader")
    await hand.click("beside")
    await desk.until(lambda: len(desk.main.deck.panes) == 2, "it is divided")
    await hand.click("db-1", times=2)
    await desk.until(lambda: desk.titles() == ["web-2", "db-1"], "another one is open")
    await hand.click("2 ● web-2")
    assert desk.active_title == "web-2"
    await hand.click("1 Machines")
    await hand.click("? help")
    await desk.until(lambda: isinstance(desk.app.screen, HelpDialog), "the help is there")
    await desk.pilot.click(offset=(1, 1))
    await desk.until(lambda: not isinstance(desk.app.screen, HelpDialog), "a click beside it left it")
    await hand.click("3 sessions")
    await desk.until(lambda: desk.app.screen is not desk.main, "the palette is there")
    await desk.pilot.click(offset=(1, 32))
    await desk.until(lambda: desk.app.screen is desk.main, "and gone")
    await hand.click("q quit")
    await desk.until(lambda: isinstance(desk.app.screen, ModalScreen), "quitting asks")
    await hand.click("Quit and end them")
    await desk.until(lambda: desk.app.return_code is not None, "the program has ended")
