"""Sessions in tabs."""

from __future__ import annotations

from mooring_widgets.session_tabs import TabState
from screenshots.studio import Photographer, Studio


async def sessions(studio: Studio) -> None:
    """Sessions in tabs: the splash, vim, the leader's map, one that is over."""
    async with studio.camera() as view:
        await view.open("default", TabState.OPEN)
        await view.shows("docker@default")
        await view.type("ls")
        await view.take("session")
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("vim README.md")
        await view.shows("made with")
        await view.take("session-vim")
        await view.press("f12")
        await view.take("leader")
        await view.press("escape")
        await view.press("f12", "2")
        await view.type("exit")
        await view.until(lambda: view.app.main_screen.deck.panes[0].state is TabState.ENDED, "the session ends")
        await view.take("session-ended")
    async with studio.camera() as view:
        await view.open("greenhouse", TabState.OPEN)
        await view.shows("pi@greenhouse")
        await view.press("f12", "|")
        await view.until(lambda: len(_open_panes(view)) == 2, "two sessions share the tab")
        await view.type("cat README.md")
        await view.take("split")
        await view.press("f12", "b", "enter")
        await view.until(lambda: bool(view.app.main_screen.desks.broadcasting.alarm), "the broadcast has begun")
        await view.type("echo to both of them")
        await view.take("broadcast")
        await view.press("f12", "b", "f12", "g")
        await view.until(lambda: view.app.screen is not view.app.main_screen, "the switcher")
        await view.take("switcher")
        await view.press("escape", "f12", "w")
        await view.until(lambda: view.app.screen is not view.app.main_screen, "the workspaces")
        await view.press(*"day")
        await view.take("workspaces")


def _open_panes(view: Photographer) -> list[object]:
    return [pane for pane in view.app.main_screen.deck.panes if pane.state is TabState.OPEN]
