"""The player of recordings."""

from __future__ import annotations

import json

from app.ui.looks.scene import Scene, Stage
from mooring.playback import open_recording
from mooring.ui.keys import Keymap
from mooring.ui.keys.tables import standard
from mooring.ui.player.app import PlayerApp, PlayOptions
from mooring.ui.player.screen import PlayScreen
from support.session_screens import Desk


def player(stage: Stage, tail: str = "") -> PlayerApp:
    """The player on a recording of two minutes; `tail` stands behind it in the file."""
    file = stage.folder / "session.cast"
    lines: list[object] = [{"version": 2, "width": 80, "height": 24}]
    lines += [[float(n), "o", f"\x1b[3{n % 8}msecond {n}\x1b[m\r\n"] for n in range(121)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines) + tail)
    options = PlayOptions(file)
    return PlayerApp(open_recording(file), options, stage.settings, Keymap(standard(), standard()))


def broken_off(stage: Stage) -> PlayerApp:
    """The player on a recording that breaks off."""
    return player(stage, '[130, "o"')


def screen_of(desk: Desk) -> PlayScreen:
    """The player's screen."""
    screen = desk.app.screen
    assert isinstance(screen, PlayScreen)
    return screen


async def paused(desk: Desk) -> None:
    """In the middle, where time stands."""
    screen = screen_of(desk)
    await desk.until(lambda: screen.length is not None, "its length is known")
    await desk.press("space")
    await desk.until(lambda: not screen.plays, "it stands")
    await desk.press("4")
    await desk.until(lambda: screen.player.position == 48.0, "it is there")


async def over(desk: Desk) -> None:
    """At an end that is none."""
    screen = screen_of(desk)
    await desk.until(lambda: screen.length is not None, "its length is known")
    await desk.press("end")
    await desk.until(lambda: screen.player.is_over and "breaks off here" in desk.shown(), "it is told")


SCENES = (Scene("paused", paused, PlayScreen, player), Scene("breaks-off", over, PlayScreen, broken_off))
