"""The contrast of our own themes: WCAG 2.1, level AA, for every text of the tokens on all that it stands on."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

from mooring.ui.themes import OWN_THEMES
from support.contrast import contrast

TEXTS = ("text", "quiet", "focus-text", "good", "busy", "bad")
GROUNDS = ("ground", "raised", "bar")
OVERLAYS = ("hover", "field", "cursor-blurred", "cursor")
_TOKEN = re.compile(r"\$mooring-([\w-]+): \$([\w-]+)(?: (\d+)%)?;")


class Tokens:
    """The tokens as a theme paints them."""

    def __init__(self, theme: Theme) -> None:
        variables = theme.to_color_system().generate()
        sheet = files("mooring_styles").joinpath("tokens.tcss").read_text()
        self._colours = {
            name: Color.parse(variables[variable]).multiply_alpha(int(share or 100) / 100)
            for name, variable, share in _TOKEN.findall(sheet)
        }

    def over(self, ground: Color, name: str) -> Color:
        """The colour that one sees where the token is painted on `ground`."""
        return ground + self._colours[name]

    def grounds(self) -> dict[str, Color]:
        """All that text stands on."""
        black = Color(0, 0, 0)
        plain = {name: self.over(black, name) for name in GROUNDS}
        return {
            **plain,
            **{f"{over} on {name}": self.over(ground, over) for name, ground in plain.items() for over in OVERLAYS},
        }


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21.0)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_where_it_stands(theme: Theme) -> None:
    tokens = Tokens(theme)
    poor = {
        f"{text} on {name}": round(contrast(tokens.over(ground, text), ground), 2)
        for name, ground in tokens.grounds().items()
        for text in TEXTS
        if contrast(tokens.over(ground, text), ground) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_what_shows_the_focus_stands_out(theme: Theme) -> None:
    tokens = Tokens(theme)
    for name, ground in tokens.grounds().items():
        if name in GROUNDS:
            assert contrast(tokens.over(ground, "focus"), ground) >= 3.0, name
    alarm = tokens.over(Color(0, 0, 0), "alarm")
    assert contrast(alarm.get_contrast_text(1.0), alarm) >= 4.5


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_grounds_differ_in_a_terminal_of_256_colours(theme: Theme) -> None:
    grounds = Tokens(theme).grounds()
    numbers = {RichColor.parse(grounds[name].hex).downgrade(ColorSystem.EIGHT_BIT).number for name in GROUNDS}
    assert len(numbers) == len(GROUNDS)
