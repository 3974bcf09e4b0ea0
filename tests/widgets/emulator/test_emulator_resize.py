"""Another size: the main screen reflows with its scrollback, the cursor at its text; the alternate one is cropped."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator


def rows_of(emulator: Emulator) -> list[str]:
    """The screen without blanks at the ends of its rows."""
    return [row.rstrip() for row in emulator.display]


def everything(emulator: Emulator) -> str:
    """Scrollback and screen as the text that was printed: wrapped rows joined."""
    rows = [emulator.scrollback_row(y) for y in range(emulator.scrollback_length)] + list(emulator.rows)
    return "".join(row.text.rstrip(" ") + ("" if row.wrapped else "\n") for row in rows).rstrip("\n")


def test_wrapped_lines_are_joined_and_broken_anew() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"abcdefghijklmno\r\n$ ")
    emulator.resize(20, 4)
    assert rows_of(emulator) == ["abcdefghijklmno", "$", "", ""]
    assert (emulator.cursor.x, emulator.cursor.y) == (2, 1)
    emulator.resize(5, 4)
    assert rows_of(emulator) == ["abcde", "fghij", "klmno", "$"]
    assert (emulator.cursor.x, emulator.cursor.y) == (2, 3)
    assert [row.wrapped for row in emulator.rows] == [True, True, False, False]


def test_cursor_stays_in_the_middle_of_its_text() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"abcdefghijklmno\x1b[1;5H")
    emulator.resize(3, 8)
    assert (emulator.cursor.x, emulator.cursor.y) == (1, 1)
    emulator.feed(b"X")
    assert rows_of(emulator)[1] == "dXf"


def test_a_pending_wrap_prints_behind_the_text() -> None:
    emulator = Emulator(5, 3)
    emulator.feed(b"abcde")
    emulator.resize(10, 3)
    emulator.feed(b"f")
    assert rows_of(emulator)[0] == "abcdef"


@pytest.mark.parametrize(("before", "after"), [(10, 20), (20, 10), (10, 5)])
def test_what_mode_1049_comes_back_to_is_behind_its_text(before: int, after: int) -> None:
    emulator = Emulator(before, 4)
    emulator.feed(b"0123456789\x1b[?1049h")
    emulator.resize(after, 4)
    emulator.feed(b"\x1b[?1049lX")
    assert everything(emulator) == "0123456789X"


def test_lower_pushes_lines_up_and_higher_brings_them_back() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"1\r\n2\r\n3\r\n4")
    emulator.resize(10, 2)
    assert (rows_of(emulator), emulator.scrollback_length) == (["3", "4"], 2)
    emulator.resize(10, 4)
    assert (rows_of(emulator), emulator.scrollback_length) == (["1", "2", "3", "4"], 0)
    assert emulator.cursor.y == 3


def test_blank_lines_below_go_first() -> None:
    emulator = Emulator(10, 6)
    emulator.feed(b"1\r\n2")
    emulator.resize(10, 3)
    assert (rows_of(emulator), emulator.scrollback_length) == (["1", "2", ""], 0)


def test_a_cleared_screen_stays_clear_when_it_grows() -> None:
    emulator = Emulator(10, 3)
    emulator.feed(b"1\r\n2\r\n3\r\n4\x1b[H\x1b[2J$ ")
    emulator.resize(10, 5)
    assert rows_of(emulator) == ["$", "", "", "", ""]


def test_wide_characters_are_not_parted() -> None:
    emulator = Emulator(6, 3)
    emulator.feed("日本語".encode())
    emulator.resize(5, 3)
    assert rows_of(emulator) == ["日本", "語", ""]
    emulator.resize(6, 3)
    assert rows_of(emulator) == ["日本語", "", ""]


def test_the_alternate_screen_is_cropped_and_the_hidden_one_reflows() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"abcdefghijklmno\r\n$ \x1b[?1049h\x1b[Halternate text\x1b[4;9H")
    emulator.resize(5, 3)
    assert rows_of(emulator) == ["text", "", ""]
    emulator.feed(b"\x1b[?1049l")
    assert everything(emulator) == "abcdefghijklmno\n$"
    emulator.feed(b"X")
    assert everything(emulator) == "abcdefghijklmno\n$ X"


def test_margins_go_with_the_old_size() -> None:
    emulator = Emulator(10, 6)
    emulator.feed(b"\x1b[2;3r")
    emulator.resize(10, 4)
    emulator.feed(b"\x1b[4;1Hlast\r\n")
    assert rows_of(emulator) == ["", "", "last", ""]


def test_sizes_are_clamped() -> None:
    emulator = Emulator(0, 0)
    assert (emulator.columns, emulator.lines) == (2, 1)
    emulator.resize(10**9, -5)
    assert (emulator.columns, emulator.lines) == (2000, 1)


texts = st.lists(st.text("abcde é日", max_size=30).map(lambda text: text.strip(" ")), max_size=30)
sizes = st.lists(st.tuples(st.integers(2, 40), st.integers(2, 10)), min_size=1, max_size=5)


@settings(deadline=None, max_examples=200)
@given(texts, sizes)
@example(["aaa", "aaa", "", "", ""], [(3, 5), (2, 5)])
def test_text_survives_every_way_there_and_back(lines: list[str], ways: list[tuple[int, int]]) -> None:
    emulator = Emulator(40, 8)
    text = "\r\n".join([*lines, "$ "])
    emulator.feed(text.encode())
    for columns, height in ways:
        emulator.resize(columns, height)
    emulator.resize(40, 8)
    assert everything(emulator) == "\n".join([*lines, "$"])
    emulator.feed(b"here")
    assert everything(emulator).endswith("$ here")
