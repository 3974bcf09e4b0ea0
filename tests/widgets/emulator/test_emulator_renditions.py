"""SGR whole, and the other sequences that say how text looks."""

from __future__ import annotations

import pytest

from mooring_widgets.emulator import DEFAULT_STYLE, Emulator, Rgb, Style, Underline

CASES: dict[str, Style] = {
    "1": Style(bold=True),
    "2": Style(dim=True),
    "3": Style(italic=True),
    "4": Style(underline=Underline.SINGLE),
    "5": Style(blink=True),
    "7": Style(inverse=True),
    "8": Style(conceal=True),
    "9": Style(strike=True),
    "53": Style(overline=True),
    "21": Style(underline=Underline.DOUBLE),
    "4:0": Style(),
    "4:1": Style(underline=Underline.SINGLE),
    "4:2": Style(underline=Underline.DOUBLE),
    "4:3": Style(underline=Underline.CURLY),
    "4:4": Style(underline=Underline.DOTTED),
    "4:5": Style(underline=Underline.DASHED),
    "4:9": Style(),
    "1;22": Style(),
    "2;22": Style(),
    "1;3;4;5;7;8;9;53;22;23;24;25;27;28;29;55": Style(),
    "31": Style(foreground=1),
    "97": Style(foreground=15),
    "42": Style(background=2),
    "104": Style(background=12),
    "31;39": Style(),
    "42;49": Style(),
    "38;5;196": Style(foreground=196),
    "38:5:196": Style(foreground=196),
    "48;5;7": Style(background=7),
    "38;2;1;2;3": Style(foreground=Rgb(1, 2, 3)),
    "38:2:1:2:3": Style(foreground=Rgb(1, 2, 3)),
    "38:2::1:2:3": Style(foreground=Rgb(1, 2, 3)),
    "48:2:0:1:2:3": Style(background=Rgb(1, 2, 3)),
    "58;5;9": Style(underline_color=9),
    "58:2::1:2:3": Style(underline_color=Rgb(1, 2, 3)),
    "58:5:9;59": Style(),
    "38;5;196;1": Style(foreground=196, bold=True),
    "1;38;2;1;2;3;4": Style(bold=True, foreground=Rgb(1, 2, 3), underline=Underline.SINGLE),
    "38;5": Style(),
    "38": Style(),
    "38;2;1;2": Style(),
    "38;5;256": Style(),
    "38;2;300;0;0": Style(),
    "1;0": Style(),
    "1;": Style(),
    "": Style(),
    "999": Style(),
    "1;999;3": Style(bold=True, italic=True),
}


@pytest.mark.parametrize("parameters", CASES)
def test_rendition(parameters: str) -> None:
    emulator = Emulator(4, 1)
    emulator.feed(f"\x1b[{parameters}mx".encode())
    assert emulator.row(0).style_at(0) == CASES[parameters]
    assert emulator.row(0).style_at(1) == DEFAULT_STYLE


def test_equal_looks_share_one_object() -> None:
    emulator = Emulator(4, 2)
    emulator.feed(b"\x1b[31;1ma\x1b[0m \x1b[1m\x1b[31mb\x1b[0m\r\n\x1b[1;38;5;1mc")
    styles = {id(emulator.row(0).style_at(0)), id(emulator.row(0).style_at(2)), id(emulator.row(1).style_at(0))}
    assert len(styles) == 1


def test_more_colours_than_are_remembered_are_right_all_the_same() -> None:
    emulator = Emulator(300, 1)
    for red in range(0, 256, 8):
        emulator.feed("".join(f"\x1b[H\x1b[38;2;{red};{green};7mx" for green in range(256)).encode())
        assert emulator.row(0).style_at(0).foreground == Rgb(red, 255, 7)


def test_links_have_their_address_and_id_without_controls() -> None:
    emulator = Emulator(20, 1)
    emulator.feed("\x1b]8;id=a1;http://host/\u202epath\x1b\\link\x1b]8;;\x1b\\ plain".encode())
    row = emulator.row(0)
    assert (row.style_at(0).link, row.style_at(0).link_id) == ("http://host/path", "a1")
    assert (row.style_at(5).link, row.style_at(5).link_id) == (None, None)


def test_a_link_survives_a_reset_of_the_rendition() -> None:
    emulator = Emulator(20, 1)
    emulator.feed(b"\x1b]8;;http://host/\x07a\x1b[1mb\x1b[0mc\x1b]8;;\x07d")
    assert [emulator.row(0).style_at(x).link for x in range(4)] == ["http://host/"] * 3 + [None]


def test_reverse_video_is_a_mode_and_damages_everything() -> None:
    emulator = Emulator(4, 2)
    emulator.take_damage()
    emulator.feed(b"\x1b[?5h")
    assert emulator.modes.reverse_video
    assert emulator.take_damage().everything
