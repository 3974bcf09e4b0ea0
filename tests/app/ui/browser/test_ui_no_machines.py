"""The list before there is any machine: what the bottom line offers, and what is said to keys that want one."""

from __future__ import annotations

import pytest

from mooring.ui.browser.first_steps import NO_MACHINES
from mooring.ui.keys import Area
from mooring.ui.screens.status_bar import StatusBar
from support.session_screens import Desk, session_app
from support.still_engine import StillEngine

WANT_A_MACHINE = ("enter", "o", "y", "e", "f", "p", "D")


async def test_keys_that_want_a_machine_say_that_there_is_none() -> None:
    engine = StillEngine()
    app = session_app(engine, machines=())
    async with app.run_test(size=(80, 24)) as pilot:
        desk = Desk(app, pilot, engine)
        await desk.until(lambda: "n new" in desk.shown(), "the bottom line offers what can be done")
        assert "enter open" not in desk.shown()
        for key in WANT_A_MACHINE:
            desk.main.status.clear_message()
            await desk.press(key)
            await desk.until(lambda: desk.main.status.message == NO_MACHINES, f"{key} is answered")
        await desk.press("tab")
        await desk.until(lambda: "tab machines" in desk.shown(), "the details have their keys")
        assert "copy ssh line" not in desk.shown()


async def test_the_first_keys_that_are_shown_are_those_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = StillEngine()
    app = session_app(engine)
    shown: list[object] = []
    monkeypatch.setattr(StatusBar, "show_keys", lambda _bar, hints: shown.append(tuple(hints)))
    async with app.run_test(size=(110, 30)) as pilot:
        desk = Desk(app, pilot, engine)
        await desk.until(lambda: bool(desk.main.browser.machines), "the machines are listed")
        assert set(shown) == {app.main_screen.keymap.footer(Area.LIST)}
