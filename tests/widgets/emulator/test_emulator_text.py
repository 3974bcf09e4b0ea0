"""Text: what takes how many columns, what shares a cell, where it wraps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from mooring_widgets.emulator import Emulator
from mooring_widgets.emulator.graphemes import DOUBLE_WIDTH, SINGLE_WIDTH

CELLS: dict[str, tuple[str, list[str]]] = {
    "accents": ("Zürich", list("Zürich")),
    "combining mark": ("e\u0301x", ["e\u0301", "x"]),
    "wide": ("日本x", ["日", "", "本", "", "x"]),
    "hangul": ("한x", ["한", "", "x"]),
    "emoji joined by ZWJ": ("👩\u200d👩\u200d👧x", ["👩\u200d👩\u200d👧", "", "x"]),
    "skin tone": ("👍🏽x", ["👍🏽", "", "x"]),
    "flag": ("🇬🇧x", ["🇬", "🇧", "x"]),
    "VS16 widens": ("❤\ufe0fx", ["❤\ufe0f", "", "x"]),
    "VS15 does not": ("❤\ufe0ex", ["❤\ufe0e", "x"]),
    "keycap": ("1\ufe0f\u20e3x", ["1\ufe0f\u20e3", "", "x"]),
    "zero width space does not swallow": ("a\u200bbc", ["a\u200b", "b", "c"]),
    "zero width at the start": ("\u0301ab", ["a", "b"]),
    "joiner at the start joins nothing": ("\u200dab", ["a", "b"]),
    "two joiners join each other": ("a\u200d\u200dbc", ["a\u200d\u200d", "b", "c"]),
    "two joiners at the start": ("\u200d\u200d👩x", ["👩", "", "x"]),
    "a selector that is joined does not widen": ("❤\u200d\ufe0fx", ["❤\u200d\ufe0f", "x"]),
    "soft hyphen": ("a\xadb", ["a", "\xad", "b"]),
}


def cells_of(emulator: Emulator, y: int = 0) -> list[str]:
    """The cells of a row without the blanks at its end."""
    cells = list(emulator.row(y).cells)
    while cells and cells[-1] == " ":
        cells.pop()
    return cells


@pytest.mark.parametrize("in_pieces", [False, True])
@pytest.mark.parametrize("name", CELLS)
def test_cells(name: str, in_pieces: bool) -> None:
    text, expected = CELLS[name]
    emulator = Emulator(20, 3)
    for piece in text if in_pieces else [text]:
        emulator.feed(piece.encode())
    assert cells_of(emulator) == expected
    assert emulator.cursor.x == len(expected)


def test_a_joiner_behind_an_empty_place_swallows_nothing() -> None:
    emulator = Emulator(20, 3)
    emulator.feed("\x1b[5G\u200dab".encode())
    assert cells_of(emulator) == [" "] * 4 + ["a", "b"]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=20))
def test_text_takes_the_columns_that_textual_gives_it(text: str) -> None:
    emulator = Emulator(100, 3)
    emulator.feed(b"|" + text.encode())
    spans, _width = split_graphemes("|" + text)
    assert emulator.cursor.x == cell_len("|" + text)
    assert [cell for cell in cells_of(emulator) if cell.strip(" ")] == [
        ("|" + text)[start:end] for start, end, _cells in spans if ("|" + text)[start:end].strip(" ")
    ]


def test_wide_character_wraps_at_the_last_column() -> None:
    emulator = Emulator(5, 3)
    emulator.feed("abcd日".encode())
    assert [row.rstrip() for row in emulator.display] == ["abcd", "日", ""]
    assert emulator.row(0).wrapped


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("日本\x1b[1;2Hx", [" ", "x", "本", ""]),
        ("日本\x1b[1;3Hx", ["日", "", "x"]),
        ("日本\x1b[1;1Hx", ["x", " ", "本", ""]),
        ("日本\x1b[1;2H語", [" ", "語", "", " "]),
        ("日本\x1b[1;2H\x1b[X", [" ", " ", "本", ""]),
        ("日本\x1b[1;2H\x1b[K", []),
        ("日本\x1b[1;2H\x1b[P", [" ", "本", ""]),
        ("日本\x1b[1;2H\x1b[@", [" ", " ", " ", "本", ""]),
    ],
)
def test_half_of_a_wide_character_leaves_a_blank(sent: str, expected: list[str]) -> None:
    emulator = Emulator(8, 2)
    emulator.feed(sent.encode())
    while expected and expected[-1] == " ":
        expected = expected[:-1]
    assert cells_of(emulator) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"a\xffb", "a\ufffdb"),
        (b"a\xc3(b", "a\ufffd(b"),
        (b"\xe6\x97x", "\ufffdx"),
        (b"\xc0\xafx", "\ufffd\ufffdx"),
        (b"\xf4\x90\x80\x80x", "\ufffd\ufffd\ufffd\ufffdx"),
    ],
)
def test_invalid_utf8_is_shown_as_the_replacement_character(sent: bytes, expected: str) -> None:
    emulator = Emulator(10, 1)
    emulator.feed(sent)
    assert emulator.display[0].rstrip() == expected


def test_utf8_and_clusters_may_arrive_in_pieces() -> None:
    emulator = Emulator(10, 1)
    for byte in "é❤\ufe0f👩\u200d👧e\u0301".encode():
        emulator.feed(bytes([byte]))
    assert cells_of(emulator) == ["é", "❤\ufe0f", "", "👩\u200d👧", "", "e\u0301"]


def test_a_pile_of_marks_is_bounded() -> None:
    emulator = Emulator(10, 1)
    emulator.feed(b"e" + "\u0301".encode() * 10_000)
    assert len(emulator.row(0).cells[0]) <= 32


def test_wrapped_says_whether_the_text_goes_on() -> None:
    emulator = Emulator(4, 4)
    emulator.feed(b"abcdef\r\nxyz\r\n")
    assert [row.wrapped for row in emulator.rows] == [True, False, False, False]


def test_the_widths_taken_for_granted_are_textuals() -> None:
    every = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000]
    assert all(cell_len(character) == 1 for character in every if SINGLE_WIDTH.fullmatch(character))
    assert all(cell_len(character) == 2 for character in every if DOUBLE_WIDTH.fullmatch(character))
