"""What a session has shown: searched, walked over, recorded and played."""

from __future__ import annotations

from mooring_widgets.session_tabs import TabState
from screenshots.studio import Studio


async def looking_back(studio: Studio) -> None:
    """A search with its matches, and a selection in copy mode."""
    async with studio.camera() as view:
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("seq -f 'request %g took 4 ms' 1 200")
        await view.shows("request 200 took")
        await view.press("f12", "slash", *"request 15", "enter")
        await view.press("f12", "slash", *"19")
        await view.take("search")
        await view.press("escape", "f12", "left_square_bracket", "k", "k", "V", "k", "k")
        await view.take("copy-mode")
