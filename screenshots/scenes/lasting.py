"""What outlasts a connection: forwards, the way back to a session, and the question before sessions are left."""

from __future__ import annotations

import socket

from mooring.model.errors import ConnectionLostError
from mooring_widgets.session_tabs import TabState
from screenshots.studio import Studio


async def lasting(studio: Studio) -> None:
    """The forwards, a server that stands still, the countdown of a session that was lost, and quitting."""
    async with studio.camera() as view:
        await view.open("default", TabState.OPEN)
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("ls")
        await view.press("f12", "f")
        for typed in (f"{_free_port()}:localhost:80", f"D {_free_port()}", f"{_free_port()}:db-1.internal:5432"):
            await view.press(*typed, "enter")
        await view.until(lambda: "3 forwards" in view.text, "the forwards are open")
        await view.take("forwards")
        await view.press("escape")
        pane = view.app.main_screen.deck.active_pane
        assert pane is not None and pane.session is not None
        # The demo's connections do not stand still or break: this one only says that it did.
        pane.session.is_silent = True
        pane.session_changed()
        await view.sees("no answer from")
        await view.take("no-answer")
        pane.session.is_silent = False
        pane.session.lose(ConnectionLostError("Connection to 127.0.0.1 closed by remote host."), 4, 55.0)
        pane.session_changed()
        await view.until(lambda: "again in" in view.text, "it counts down")
        await view.take("reconnecting")
        view.app.main_screen.perform("quit")
        await view.until(lambda: "keep them running" in view.text, "it is asked")
        await view.take("quit")


def _free_port() -> int:
    """One that nobody has: the usual ones may be taken where pictures are made."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port
