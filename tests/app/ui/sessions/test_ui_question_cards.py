"""Cards that ask inside a tab: the line that answers is in view, however low the terminal is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from mooring.model.prompts import ChangedHostKeyQuestion
from mooring.ui.sessions.questions.changed_host_key import ChangedHostKeyCard
from mooring.ui.themed_app import ThemedApp

PICTURE = "\n".join(["+--[ED25519 256]--+", *["|     .o+E.       |"] * 9, "+----[SHA256]-----+"])
QUESTION = ChangedHostKeyQuestion(
    "mail", "[127.0.0.1]:2222", "ed25519", "SHA256:new", PICTURE, "/etc/known_hosts:8", "ed25519", "SHA256:old"
)


class OneCard(ThemedApp[None]):
    """A card, in the width that it has in a tab of eighty columns."""

    def compose(self) -> ComposeResult:
        """The card alone."""
        card = ChangedHostKeyCard(1, QUESTION, "Shows another key.\nAs an impostor would.")
        card.add_class("card")
        yield card


def shown(app: App[None]) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[None], ready: Callable[[], bool], what: str) -> None:
    """Wait for a state."""
    for _ in range(500):
        if ready():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it never came to this: {what}\n{shown(pilot.app)}")


@pytest.mark.parametrize(("lines", "has_picture"), [(24, False), (36, True)])
async def test_where_a_changed_key_is_refused_or_taken_is_in_view(lines: int, has_picture: bool) -> None:
    app = OneCard("mooring-dark")
    async with app.run_test(size=(80, lines)) as pilot:
        await until(pilot, lambda: "type mail and enter" in shown(app), "how to answer is in view")
        await until(pilot, lambda: 0 < app.query_one(Input).region.bottom < lines, "the line that answers, too")
        assert ("ED25519 256" in shown(app)) is has_picture
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "ED25519 256" not in shown(app), "the picture gives way")
        await until(pilot, lambda: "type mail and enter" in shown(app), "how to answer is still in view")
