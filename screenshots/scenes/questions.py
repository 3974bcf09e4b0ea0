"""What a person is asked, and what can go wrong."""

from __future__ import annotations

from mooring_widgets.session_tabs import TabState
from screenshots.studio import Studio


async def questions(studio: Studio) -> None:
    """What a person is asked, and what can go wrong."""
    async with studio.camera() as view:
        for machine in view.app.main_screen.browser.machines:
            if machine.name in ("stage-1", "stage-db"):
                await view.open(machine.name, TabState.QUESTION)
                await view.take("dialog-host-key" if machine.name == "stage-1" else "dialog-password")
        await view.open("vault", TabState.QUESTION)
        await view.take("dialog-second-factor")
        await view.open("web-3", TabState.FAILED)
        await view.take("failed")
        await view.open("mail", TabState.QUESTION)
        await view.take("dialog-changed-host-key")
        await view.press("escape")
        pane = view.app.main_screen.deck.active_pane
        await view.until(lambda: pane is not None and pane.state is TabState.FAILED, "the changed key is refused")
        await view.take("failed-host-key")
