"""The player of recordings: its keys and its progress line."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from mooring.playback import open_recording
from mooring.store import Settings
from mooring.ui.keys import Keymap
from mooring.ui.keys.tables import standard
from mooring.ui.player.app import PlayerApp, PlayOptions
from mooring.ui.player.progress import spell
from support.screens import running_screens


def write_cast(folder: Path, tail: str = "") -> Path:
    """A recording of two minutes: a line a second, and another size in its middle."""
    file = folder / "session.cast"
    lines: list[object] = [{"version": 2, "width": 50, "height": 12}]
    lines += [[float(n), "o", f"\x1b[3{n % 8}msecond {n}\x1b[m\r\n"] for n in range(60)]
    lines += [[60.0, "r", "60x10"]]
    lines += [[float(n), "o", f"second {n}\r\n"] for n in range(61, 121)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines) + tail)
    return file


def player_app(file: Path, *, theme: str = "textual-dark", speed: float = 1.0) -> PlayerApp:
    """The player on a recording, paused at its start as far as a frame allows."""
    settings = Settings(palette="theme", theme=theme)
    return PlayerApp(open_recording(file), PlayOptions(file, speed=speed), settings, Keymap(standard(), standard()))


async def until(pilot: Pilot[None], ready: Callable[[], bool]) -> None:
    """Wait for a state; the test's own time limit ends what never comes."""
    while not ready():
        await pilot.pause(0.02)


@asynccontextmanager
async def playing(file: Path, *, speed: float = 1.0) -> AsyncIterator[tuple[PlayerApp, Pilot[None]]]:
    app = player_app(file, speed=speed)
    async with app.run_test(size=(70, 18)) as pilot:
        await until(pilot, lambda: app.play_screen.length is not None)
        yield app, pilot


def last_line(app: PlayerApp) -> str:
    """The last line of the terminal on which something stands."""
    return next((line.strip() for line in reversed(app.play_screen.player.emulator.display) if line.strip()), "")


async def test_it_plays_pauses_seeks_and_steps(tmp_path: Path) -> None:
    async with playing(write_cast(tmp_path)) as (app, pilot):
        screen = app.play_screen
        await pilot.press("space")
        await until(pilot, lambda: not screen.plays)
        await pilot.press("5")
        await until(pilot, lambda: screen.player.position == 60.0)
        assert last_line(app) == "second 59"
        assert (screen.player.emulator.columns, screen.player.emulator.lines) == (60, 10)
        await pilot.press("left", "left")
        await until(pilot, lambda: screen.player.position == 50.0)
        assert screen.player.emulator.columns == 50
        await pilot.press("full_stop")
        assert last_line(app) == "second 51"
        await pilot.press("shift+right", "right")
        await until(pilot, lambda: screen.player.position == 116.0)
        assert last_line(app) == "second 116"
        assert any("second 116" in strip.text for strip in app.screen._compositor.render_strips())
        await pilot.press("end")
        await until(pilot, lambda: screen.player.is_over)
        await pilot.press("space")
        await until(pilot, lambda: screen.plays and screen.player.position < 10)
        await pilot.press("q")
        await pilot.pause()
        assert app.return_code == 0


async def test_it_plays_as_fast_as_is_asked_for_and_ends_by_itself(tmp_path: Path) -> None:
    async with playing(write_cast(tmp_path), speed=200) as (app, pilot):
        await until(pilot, lambda: app.play_screen.player.is_over and not app.play_screen.plays)
        assert last_line(app) == "second 120"
        assert app.play_screen.player.position == 120.0


async def test_keys_change_how_fast_it_plays(tmp_path: Path) -> None:
    async with playing(write_cast(tmp_path)) as (app, pilot):

        async def says(speed: str) -> None:
            lines = app.screen._compositor.render_strips
            await until(pilot, lambda: any(f"2:00  {speed} " in strip.text for strip in lines()))

        await says("1×")
        await pilot.press("minus")
        await says("0.5×")
        await pilot.press("plus", "greater_than_sign")
        await says("1.5×")
        await pilot.press("less_than_sign")
        await says("1×")
        await pilot.press(*["plus"] * 12)
        await says("32×")
        # At the speed that it began with, this is not reached before the test's time is up.
        await until(pilot, lambda: app.play_screen.player.is_over)
        assert last_line(app) == "second 120"


async def test_a_recording_that_breaks_off_says_so_and_can_be_looked_at(tmp_path: Path) -> None:
    async with playing(write_cast(tmp_path, '[130, "o"')) as (app, pilot):
        await pilot.press("end")
        await until(pilot, lambda: app.play_screen.player.is_over)
        await until(pilot, lambda: any("breaks off here" in s.text for s in app.screen._compositor.render_strips()))
        assert last_line(app) == "second 120"


@pytest.mark.parametrize(("seconds", "told"), [(0, "0:00"), (65.9, "1:05"), (7384, "2:03:04")])
def test_times_are_told_as_players_do(seconds: float, told: str) -> None:
    assert spell(seconds) == told


def test_the_command_plays_in_a_terminal_and_tells_what_is_no_recording(tmp_path: Path) -> None:
    file = write_cast(tmp_path)
    with running_screens("play", "--speed", "100", "--idle-limit", "0.5", str(file), columns=80, lines=20) as tmux:
        tmux.wait_for("second 120", "1:00", "■", "session.cast")
        tmux.send("0")
        tmux.send("Space")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0
        assert not tmux.has_alternate_screen
    text = tmp_path / "session.log"
    text.write_text("the first line\nthe \x1b[31mlast line\n")
    with running_screens("play", str(text), columns=80, lines=20) as tmux:
        tmux.wait_for("the first line", "last line", "■", "session.log")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0
    with running_screens("play", str(tmp_path), columns=240, lines=20) as tmux:
        assert tmux.wait_until_dead() == 255
        assert "irectory" in tmux.history
