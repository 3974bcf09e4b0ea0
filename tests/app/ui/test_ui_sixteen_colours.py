"""Our themes where a terminal has sixteen colours: what is written can be read, and colours keep their meanings."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import product

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from mooring.ui.sixteen_colours import in_sixteen, tokens
from mooring.ui.themed_app import ThemedApp
from mooring.ui.themes import DARK, LIGHT, OWN_THEMES
from support.contrast import contrast

PLAIN = ("ground", "raised", "bar")
RAISED = ("cursor", "cursor-blurred", "field", "hover", "match")
STATES = ("good", "busy", "bad")
SIXTEEN = [
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
]
"""As the Linux console has them, by the numbers that select them."""


def painted(theme: Theme, name: str) -> Color:
    return Color.parse(tokens(dark=theme.dark)[f"mooring-{name}"])


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_each_token_is_one_of_the_sixteen(theme: Theme) -> None:
    sheet = files("mooring_styles").joinpath("tokens.tcss").read_text()
    told = tokens(dark=theme.dark)
    assert {f"mooring-{name}" for name in re.findall(r"\$mooring-([\w-]+):", sheet)} == set(told)
    for name, colour in told.items():
        number = RichColor.parse(colour).downgrade(ColorSystem.STANDARD).number
        assert number is not None, name
        assert SIXTEEN[number] == colour, name


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_what_is_written_can_be_read(theme: Theme) -> None:
    """States have a sign or a word beside their colour; the sixteen leave them less on a row that is picked out."""
    least = {
        **dict.fromkeys(product(("text", "quiet", "focus-text"), PLAIN), 4.5),
        **{(text, "cursor"): 4.5 for text in ("text", "quiet")},
        **dict.fromkeys(product(("text", "quiet", "focus-text"), RAISED[1:4]), 3.0),
        **{("text", ground): 3.5 for ground in ("match", "match-now") if not theme.dark},
        **dict.fromkeys(product(STATES, PLAIN), 4.5),
        **{(state, "cursor"): 4.0 for state in STATES},
        **dict.fromkeys(product(STATES, RAISED[1:4]), 2.2),
    }
    poor = {
        f"{text} on {ground}": round(contrast(painted(theme, text), painted(theme, ground)), 2)
        for (text, ground), enough in least.items()
        if contrast(painted(theme, text), painted(theme, ground)) < enough
    }
    assert poor == {}


def test_states_and_the_focus_are_told_apart() -> None:
    for theme in OWN_THEMES:
        assert len({painted(theme, name).hex for name in (*STATES, "focus", "quiet")}) == 5


def test_textuals_own_widgets_have_the_same_grounds() -> None:
    for theme in (in_sixteen(DARK), in_sixteen(LIGHT)):
        assert theme.background == painted(theme, "ground").hex.lower()


@pytest.mark.parametrize(("terminal", "sixteen"), [("linux", True), ("xterm", True), ("xterm-256color", False)])
def test_they_hold_where_the_terminal_has_no_more(
    monkeypatch: pytest.MonkeyPatch, terminal: str, sixteen: bool
) -> None:
    monkeypatch.setenv("TERM", terminal)
    monkeypatch.delenv("COLORTERM", raising=False)
    app: App[None] = ThemedApp("mooring-dark")
    assert ("mooring-cursor" in app.get_css_variables()) is sixteen
    assert (app.current_theme.background == "#000000") is sixteen


async def test_a_theme_that_is_changed_changes_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv("COLORTERM", raising=False)
    app: App[None] = ThemedApp("mooring-dark")
    async with app.run_test() as pilot:
        before = app.get_css_variables()["mooring-cursor"]
        app.theme = "mooring-light"
        await pilot.pause()
        assert app.get_css_variables()["mooring-cursor"] == tokens(dark=False)["mooring-cursor"] != before
