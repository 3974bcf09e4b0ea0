"""The application with machines of its own, driven by key names; no connection is made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES
from textual.widgets import Static

from mooring.inventory import Source
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.actions.catalogue import ACTIONS
from mooring.ui.actions.looking_back import LOOKING_BACK
from mooring.ui.actions.player import PLAYER
from mooring.ui.dialogs.help import HelpDialog
from mooring.ui.keys import Area, keymap_of
from mooring.ui.keys.tables import standard
from mooring.ui.screens.focus import area_of
from mooring_widgets.terminal.raw_key import RawKey
from support.given_machines import given

ORIGIN = Origin("fleet/config", 7)
MACHINES = (
    *(
        Machine(f"web-{n}", ("ssh_config",), ORIGIN, Target(f"web-{n}", config_file="none"), f"10.0.0.{n}", "ops")
        for n in (1, 2, 3)
    ),
    Machine("lost", ("docker-machine",), ORIGIN, Target("lost"), problem="config.json is no JSON"),
)
FLEET = given(MACHINES)


@asynccontextmanager
async def running(
    sources: tuple[Source, ...] = FLEET, *, size: tuple[int, int] = (120, 30), theme: str = "textual-dark"
) -> AsyncIterator[tuple[MooringApp, Pilot[None]]]:
    services = Services(sources=sources, settings=Settings(theme=theme), find_ssh=lambda: None)
    app = MooringApp(services)
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield app, pilot


async def wait_for(pilot: Pilot[None], app: MooringApp, text: str) -> None:
    """Wait until the details show `text`."""
    for _ in range(200):
        if text in app.main_screen.deck.details.text:
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{text!r} is not in {app.main_screen.deck.details.text!r}")


async def test_the_details_follow_the_cursor_and_resolve() -> None:
    async with running() as (app, pilot):
        app.main_screen.panel.view.select("web-1")
        await pilot.press("down")
        await wait_for(pilot, app, "The same by hand (y copies)\nssh -F none web-2")
        assert "fleet/config:7" in app.main_screen.deck.details.text


async def test_a_machine_with_a_problem_is_told_and_not_opened() -> None:
    async with running() as (app, pilot):
        app.main_screen.panel.view.select("lost")
        await pilot.press("enter")
        await pilot.pause()
        assert "config.json is no JSON" in app.main_screen.status.message
        assert not app.main_screen.deck.panes
        await wait_for(pilot, app, "! config.json is no JSON")
        assert area_of(app.main_screen.focused) is Area.LIST


async def test_problems_of_the_sources_stand_below_the_list() -> None:
    async with running(given(MACHINES, ConfigError("unclosed quote", Origin("/etc/x", 3)))) as (app, _pilot):
        assert app.main_screen.panel.has_class("-failures")
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "! /etc/x:3: unclosed quote" in shown


async def test_tab_goes_to_the_details_and_back() -> None:
    async with running() as (app, pilot):
        assert area_of(app.main_screen.focused) is Area.LIST
        await pilot.press("tab")
        await pilot.pause()
        assert area_of(app.main_screen.focused) is Area.DETAIL
        await pilot.press("tab")
        await pilot.pause()
        assert area_of(app.main_screen.focused) is Area.LIST


async def test_without_an_ssh_program_handing_over_says_so() -> None:
    async with running() as (app, pilot):
        await pilot.press("o")
        await pilot.pause()
        assert app.main_screen.status.message == "no ssh program is here to hand over to"


async def test_keys_typed_at_once_mean_what_they_mean_one_by_one() -> None:
    async with running() as (app, pilot):
        for key in ("slash", "q", "o", "y"):
            app.post_message(Key(key, "/" if key == "slash" else key))
        for _ in range(500):
            await pilot.pause(0.02)
            if app.main_screen.panel.pattern == "qoy":
                break
        assert app.main_screen.panel.pattern == "qoy", "and nothing was quit, handed over or copied"
        for key in ("escape", "escape", "home", "down", "down", "y"):
            app.post_message(Key(key, "y" if key == "y" else None))
        for _ in range(500):
            await pilot.pause(0.02)
            if app.clipboard:
                break
        assert app.clipboard == "ssh -F none web-1"


async def test_the_ssh_command_line_is_copied_and_said() -> None:
    async with running() as (app, pilot):
        app.main_screen.panel.view.select("web-1")
        await pilot.press("y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.clipboard == "ssh -F none web-1"
        assert app.main_screen.status.message == "copied: ssh -F none web-1"


async def test_help_begins_with_the_part_that_has_the_focus_and_is_searched_as_one_types() -> None:
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        told = app.screen.query_one(".help--keys", Static)
        assert str(told.content).splitlines()[0] == Area.LIST.heading
        await pilot.press(*"hand ssh list")
        await pilot.pause()
        assert [line.split() for line in str(told.content).splitlines()] == [
            Area.LIST.heading.split(),
            ["o", *["Hand", "the", "terminal", "over", "to", "the", "system's", "ssh", "hand-over"]],
        ]
        await pilot.press("escape")
        await pilot.pause()
        assert len(str(told.content).splitlines()) > 50
        await pilot.press("question_mark")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_every_action_can_be_reached_and_the_palette_tells_its_key() -> None:
    async with running() as (app, _pilot):
        main = app.main_screen
        keyed = {key.action for area in Area for key in main.keymap.bindings(area)}
        # The leader's own key after the leader.
        keyed.add("send-leader")
        for action in ACTIONS:
            assert action.name in keyed or (action.in_palette and action.name in main.actions.handled), action
            if action.in_palette:
                in_palette = action.name in main.actions.handled or action in PLAYER or action in LOOKING_BACK
                assert in_palette, f"the palette has nobody to do {action.name}"
        offered = {action.name for action in main.actions.for_palette}
        assert {"mark-all", "toggle-groups", "quit", "sources"} <= offered
        told = {name: main.keymap.where(name) for name in offered}
        assert told["mark-all"] == "a"
        # The way to other keys is from the keys (enter) and from the settings.
        assert {name for name, key in told.items() if not key} <= {"theme", "change-keys"}


async def test_every_key_that_is_ours_has_somebody_who_does_it() -> None:
    async with running() as (app, _pilot):
        wanted = {
            key.action
            for area, keys in standard().items()
            for key in keys
            if not key.own and area not in (Area.SESSION, Area.PLAYER) and key.action not in ("leader", "never-mind")
        }
        assert wanted <= app.main_screen.actions.handled


async def test_a_key_of_ones_own_reaches_list_and_screen() -> None:
    settings = Settings(keys={"list": {"mark": "v", "help": "ctrl+h"}})
    keymap, problems = keymap_of(settings, lambda *_key: ORIGIN)
    assert not problems
    app = MooringApp(Services(sources=FLEET, settings=settings, keymap=keymap))
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        app.main_screen.panel.view.select("web-1")
        await pilot.press("v")
        await pilot.pause()
        assert app.main_screen.panel.view.marked_keys == {"web-1"}
        await pilot.press("space", "ctrl+h")
        await pilot.pause()
        assert app.main_screen.panel.view.marked_keys == {"web-1"}
        assert isinstance(app.screen, HelpDialog)


async def test_quitting_without_sessions_asks_nothing() -> None:
    async with running() as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app.return_code == 0


async def test_an_unknown_theme_in_the_settings_is_no_fault() -> None:
    async with running(theme="nobody's") as (app, _pilot):
        assert app.theme in app.available_themes


async def test_every_theme_parses_and_paints() -> None:
    async with running() as (app, pilot):
        for theme in sorted(BUILTIN_THEMES):
            app.theme = theme
            await pilot.press("f12")
            await pilot.pause()
            assert "web-1" in app.export_screenshot(), theme
            await pilot.press("escape")


async def test_nothing_is_wider_than_the_terminal() -> None:
    async with running() as (app, pilot):
        for width in (40, 60, 79, 80, 99, 100, 101, 200):
            await pilot.resize_terminal(width, 12)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {width}


async def test_a_crash_shows_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    async def crash() -> None:
        answer = "elpats yrettab"[::-1]
        raise RuntimeError(f"a fault of ours, {len(answer)}")

    app = MooringApp(Services(sources=FLEET, find_ssh=lambda: None))
    with pytest.raises(RuntimeError, match="a fault of ours"):
        async with app.run_test() as pilot:
            app.call_later(crash)
            await pilot.pause()
            await pilot.pause()
    told = capsys.readouterr().err
    assert "a fault of ours" in told
    assert "battery staple" not in told


async def test_ctrl_c_is_answered_at_the_bottom_as_everything_is() -> None:
    async with running() as (app, pilot):
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.main_screen.status.message == "ctrl+q quits"


async def test_escape_pressed_twice_at_once_is_two_escapes() -> None:
    async with running() as (app, pilot):
        app.post_message(RawKey.from_sequence("/"))
        app.post_message(RawKey.from_sequence("w"))
        for _ in range(500):
            await pilot.pause(0.02)
            if app.main_screen.panel.pattern == "w":
                break
        assert app.main_screen.panel.pattern == "w"
        app.post_message(RawKey.from_sequence("\x1b\x1b"))
        for _ in range(500):
            await pilot.pause(0.02)
            if not app.main_screen.panel.pattern:
                break
        assert app.main_screen.panel.pattern == "", "the first left the filter, the second cleared it"
