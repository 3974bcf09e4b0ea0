"""Rows as Textual strips: colours, underlines and links as the person's terminal is told them."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.console import Console
from rich.terminal_theme import MONOKAI

from mooring_widgets.emulator import Emulator, Rgb
from mooring_widgets.terminal.painter import Colours, Painter
from mooring_widgets.terminal.render import Highlight, render_row

TRUE_COLOUR = Console(force_terminal=True, color_system="truecolor", _environ={})


def painted(output: bytes, painter: Painter | None = None, columns: int = 12) -> str:
    """What the person's terminal gets for the first row of a screen."""
    emulator = Emulator(columns, 2)
    emulator.feed(output)
    used = painter if painter is not None else Painter(Colours(), ColorSystem.TRUECOLOR)
    strip = render_row(emulator.row(0), used.paint)
    assert strip.cell_length == columns
    return strip.render(TRUE_COLOUR).rstrip(" ")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("31", "31"),
        ("91", "91"),
        ("44", "44"),
        ("38;5;9", "91"),
        ("38;5;200", "38;5;200"),
        ("48;5;200", "48;5;200"),
        ("38;2;1;2;3", "38;2;1;2;3"),
        ("1;2;3;5;7;8;9;53", "1;2;3;5;7;8;9;53"),
        ("4", "4"),
        ("21", "21"),
        ("4:3", "4m\x1b[4:3"),
        ("4:5;58:5:9", "4m\x1b[4:5m\x1b[58:5:9"),
        ("4;58:2::1:2:3", "4m\x1b[58:2::1:2:3"),
    ],
)
def test_the_persons_own_palette_gets_indices_as_they_were_sent(sent: str, told: str) -> None:
    assert painted(f"\x1b[{sent}mx\x1b[0m".encode()) == f"\x1b[{told}mx\x1b[0m"


def test_plain_text_carries_no_style_at_all() -> None:
    assert painted(b"plain") == "plain"


def test_a_theme_decides_the_sixteen_colours_and_the_defaults() -> None:
    colours = Colours(MONOKAI, RichColor.from_rgb(10, 20, 30), RichColor.from_rgb(1, 1, 1))
    red = MONOKAI.ansi_colors[1]
    told = painted(b"\x1b[31mx\x1b[38;5;200my", Painter(colours, ColorSystem.TRUECOLOR), columns=2)
    assert told == (f"\x1b[38;2;{red[0]};{red[1]};{red[2]};48;2;1;1;1mx\x1b[0m\x1b[38;5;200;48;2;1;1;1my\x1b[0m")


def test_what_the_remote_made_of_its_palette_is_painted() -> None:
    colours = Colours(overrides={1: Rgb(9, 8, 7), "background": Rgb(1, 2, 3)})
    told = painted(b"\x1b[31mxx", Painter(colours, ColorSystem.TRUECOLOR), columns=2)
    assert told == "\x1b[38;2;9;8;7;48;2;1;2;3mxx\x1b[0m"


def test_a_terminal_with_few_colours_gets_those_it_has() -> None:
    painter = Painter(Colours(), ColorSystem.EIGHT_BIT)
    assert painted(b"\x1b[38;2;255;0;0mx", painter) == "\x1b[38;5;196mx\x1b[0m"


def test_reverse_video_turns_every_cell_and_an_inverse_one_back() -> None:
    painter = Painter(Colours(), ColorSystem.TRUECOLOR, reverse_video=True)
    assert painted(b"a\x1b[7mb", painter, columns=2) == "\x1b[7ma\x1b[0mb"


def test_a_finished_session_is_dim() -> None:
    assert painted(b"ab", Painter(Colours(), ColorSystem.TRUECOLOR, faded=True), columns=2) == "\x1b[2mab\x1b[0m"


def test_web_links_are_told_the_terminal_and_others_are_not() -> None:
    web = painted(b"\x1b]8;id=a;https://example.com/\x1b\\x\x1b]8;;\x1b\\")
    assert web.startswith("\x1b]8;id=")
    assert web.endswith(";https://example.com/\x1b\\x\x1b]8;;\x1b\\")
    assert painted(b"\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\") == "x"


def test_highlights_lie_over_the_cells_and_later_ones_over_earlier() -> None:
    emulator = Emulator(6, 1)
    emulator.feed("ab日cd".encode())
    painter = Painter(Colours(), ColorSystem.TRUECOLOR)
    first = painter.paint(emulator.row(0).style_at(0)).parse("on red")
    second = first.parse("on blue")
    strip = render_row(emulator.row(0), painter.paint, [Highlight(1, 5, first), Highlight(2, 4, second)])
    assert [(segment.text, segment.style) for segment in strip][1:4] == [("b", first), ("日", second), ("c", first)]
    assert strip.cell_length == 6


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (b"\x1b#6abc", "a b c       "),
        ("\x1b#6a日e\u0301".encode(), "a 日  e\u0301     "),
        (b"\x1b#3ab", "a b         "),
        (b"\x1b#6abcdef", "a b c d e f "),
        (b"abcdefghijkl\x1b#6", "a b c d e f "),
    ],
)
def test_large_characters_are_spread_out(sent: bytes, shown: str) -> None:
    emulator = Emulator(12, 2)
    emulator.feed(sent)
    strip = render_row(emulator.row(0), Painter(Colours(), ColorSystem.TRUECOLOR).paint)
    assert (strip.text, strip.cell_length) == (shown, 12)
