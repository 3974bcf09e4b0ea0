"""All scenes, each taken in the dark theme and in the light one."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Iterable, Mapping
from os import environ
from pathlib import Path

from mooring.demo import start_demo
from screenshots.scenes.browser import browser, first_start, machine_states
from screenshots.scenes.commands import commands
from screenshots.scenes.editing import asking, editing
from screenshots.scenes.files import files
from screenshots.scenes.fleet import fleet, host_keys
from screenshots.scenes.lasting import lasting
from screenshots.scenes.looking_back import looking_back, played, recorded
from screenshots.scenes.main_job import main_job
from screenshots.scenes.odd_states import narrow, odd_states
from screenshots.scenes.questions import questions
from screenshots.scenes.sessions import sessions
from screenshots.scenes.settings import settings
from screenshots.studio import Studio

SCENES: Mapping[str, Callable[[Studio], Awaitable[None]]] = {
    "first-start": first_start,
    "browser": browser,
    "states": machine_states,
    "odd-states": odd_states,
    "sessions": sessions,
    "narrow": narrow,
    "lasting": lasting,
    "looking-back": looking_back,
    "recorded": recorded,
    "main-job": main_job,
    "played": played,
    "editing": editing,
    "asking": asking,
    "fleet": fleet,
    "host-keys": host_keys,
    "files": files,
    "questions": questions,
    "settings": settings,
    # Last: a host key is accepted in it.
    "commands": commands,
}


async def take_pictures(folder: Path, scenes: Iterable[str], themes: Iterable[str]) -> None:
    """Write the pictures of some scenes; those in the light theme have `-light` behind their name."""
    wanted = [scene for scene in SCENES if scene in set(scenes)]
    for theme in themes:
        with tempfile.TemporaryDirectory() as home, start_demo() as fleet:
            for name in ("CONFIG", "STATE", "DATA"):
                environ[f"XDG_{name}_HOME"] = home
            environ["XDG_RUNTIME_DIR"] = home
            # Not in the sixteen colours of the terminal that this may be started in.
            environ["TERM"] = "xterm-256color"
            for scene in wanted:
                await SCENES[scene](Studio(fleet, folder, theme))
