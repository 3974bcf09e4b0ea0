"""The list in a real terminal shows what Textual's own painting would show: it paints past Textual where it can."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from support.machine_list_app import MachineListApp, fleet, running
from support.tmux import Tmux, running_in_tmux

COUNT = 300
KEYS = {
    "slash": "/",
    "w": "w",
    "f": "f",
    "1": "1",
    "backspace": "BSpace",
    "escape": "Escape",
    "down": "Down",
    "space": "Space",
    "shift+down": "S-Down",
    "left": "Left",
    "right": "Right",
    "t": "t",
    "s": "s",
    "pagedown": "PageDown",
    "end": "End",
    "home": "Home",
    "a": "a",
    "u": "u",
    "z": "z",
}
"""Textual's names and tmux's."""
TYPED = (
    *("slash", "w", "f", "1", "backspace", "z", "backspace", "escape", "down", "space", "shift+down", "escape"),
    *("pagedown", "pagedown", "left", "down", "right", "t", "s", "end", "space", "home", "a", "u", "slash", "z", "z"),
)


def painted_by_textual(app: MachineListApp) -> str:
    """The screen, painted by the compositor; without a terminal nothing else paints."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips).rstrip()


def wait_for_screen(tmux: Tmux, wanted: str, typed: list[str]) -> None:
    """Wait until the terminal shows just that."""
    end = time.monotonic() + 20
    while (shown := tmux.screen.rstrip()) != wanted:
        assert time.monotonic() < end, f"after {typed} there is\n{shown}\nin place of\n{wanted}"
        time.sleep(0.03)


async def test_a_real_terminal_shows_after_each_key_what_textual_would_paint() -> None:
    words = [sys.executable, "-m", "support.machine_list_app", str(COUNT)]
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with running_in_tmux(words, columns=70, lines=16, environment=environment) as tmux:
        tmux.wait_for("no machines")
        tmux.send("F5")
        async with running(fleet(COUNT), size=(70, 16)) as (app, pilot):
            wait_for_screen(tmux, painted_by_textual(app), [])
            for number, key in enumerate(TYPED, 1):
                await pilot.press(key)
                await app.view.arranged()
                await pilot.pause()
                tmux.send(KEYS[key])
                wait_for_screen(tmux, painted_by_textual(app), list(TYPED[:number]))
