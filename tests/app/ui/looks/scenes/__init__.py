"""All scenes, by the part of the program that they are about."""

from __future__ import annotations

from dataclasses import replace

from app.ui.looks.scene import Scene
from app.ui.looks.scenes import browser, commands, dialogs, editing, files, fleet, player, questions, sessions

_PARTS = {
    "browser": browser.SCENES,
    "sessions": sessions.SCENES,
    "questions": questions.SCENES,
    "dialogs": dialogs.SCENES,
    "editing": editing.SCENES,
    "files": files.SCENES,
    "commands": commands.SCENES,
    "fleet": fleet.SCENES,
    "player": player.SCENES,
}

SCENES: tuple[Scene, ...] = tuple(
    replace(scene, name=f"{part}/{scene.name}") for part, scenes in _PARTS.items() for scene in scenes
)
