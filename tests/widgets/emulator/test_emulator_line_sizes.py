"""Lines of double width and height: half as many columns, as xterm counts them."""

from __future__ import annotations

import pytest

from mooring_widgets.emulator import Emulator, LineSize

CASES: dict[str, tuple[bytes, list[str], tuple[int, int]]] = {
    "text wraps at half the width": (b"\x1b#6abcdeX", ["abcde", "X", ""], (1, 1)),
    "text that is there stays": (b"abcdefgh\x1b#6\r*", ["*bcdefgh", "", ""], (1, 0)),
    "CUP goes beyond, and text is lost there": (b"\x1b#6\x1b[1;8Hx", ["", "", ""], (7, 0)),
    "CUF stops at the half": (b"\x1b#6ab\x1b[30C*", ["ab  *", "", ""], (4, 0)),
    "HT stops at the half": (b"\x1b#6\t\t*", ["    *", "", ""], (4, 0)),
    "the cursor comes back into the line": (b"abcdefgh\x1b#6", ["abcdefgh", "", ""], (4, 0)),
    "no autowrap": (b"\x1b[?7l\x1b#6abcdefgh", ["abcdh", "", ""], (4, 0)),
    "wide characters": ("\x1b#6日本語".encode(), ["日本", "語", ""], (2, 1)),
    "single width again": (b"\x1b#6\x1b#5abcdefgh", ["abcdefgh", "", ""], (8, 0)),
    "ED from the start of the line": (b"\x1b#6ab\x1b[1;1H\x1b[Jabcdefgh", ["abcdefgh", "", ""], (8, 0)),
    "ED of everything": (b"\x1b#6ab\x1b[2J\x1b[Habcdefgh", ["abcdefgh", "", ""], (8, 0)),
    "EL leaves it": (b"\x1b#6ab\x1b[2K\x1b[Habcdefgh", ["abcde", "fgh", ""], (3, 1)),
    "DL takes it along": (b"\r\n\x1b#6ab\x1b[H\x1b[Mabcdefgh", ["abcde", "fgh", ""], (3, 1)),
    "DECALN": (b"\x1b#6ab\x1b#8", ["E" * 10] * 3, (0, 0)),
    "DECSTR leaves it": (b"\x1b#6ab\x1b[!p\x1b[Habcdefgh", ["abcde", "fgh", ""], (3, 1)),
    "RIS": (b"\x1b#6ab\x1bcabcdefgh", ["abcdefgh", "", ""], (8, 0)),
    "not while there are left and right margins": (b"\x1b[?69h\x1b#6abcdefgh", ["abcdefgh", "", ""], (8, 0)),
    "left and right margins end it": (b"\x1b#6ab\x1b[?69h\x1b[Habcdefgh", ["abcdefgh", "", ""], (8, 0)),
    "another screen has its own": (b"\x1b#6\x1b[?1049habcdefgh\x1b[?1049lxyxyxyz", ["xyxyx", "yz", ""], (2, 1)),
}


@pytest.mark.parametrize("name", CASES)
def test_screen_after(name: str) -> None:
    sent, expected, cursor = CASES[name]
    emulator = Emulator(10, 3)
    emulator.feed(sent)
    assert [row.rstrip() for row in emulator.display] == expected
    assert (emulator.cursor.x, emulator.cursor.y) == cursor


def test_rows_tell_their_size_and_keep_it_in_the_scrollback() -> None:
    emulator = Emulator(10, 3)
    emulator.feed(b"\x1b#3a\r\n\x1b#4a\r\n\x1b#6b")
    sizes = [LineSize.DOUBLE_HEIGHT_TOP, LineSize.DOUBLE_HEIGHT_BOTTOM, LineSize.DOUBLE_WIDTH]
    assert [row.size for row in emulator.rows] == sizes
    emulator.feed(b"\r\nplain\r\n" * 20)
    assert [emulator.scrollback_row(y).size for y in range(3)] == sizes
    assert emulator.scrollback_row(3).size is LineSize.SINGLE
    emulator.resize(4, 3)
    assert [emulator.scrollback_row(y).size for y in range(3)] == sizes


def test_another_size_is_damage() -> None:
    emulator = Emulator(10, 3)
    emulator.feed(b"a\r\nb")
    emulator.take_damage()
    emulator.feed(b"\x1b#6")
    assert emulator.take_damage().rows == (1,)
    emulator.feed(b"\x1b#6")
    assert not emulator.take_damage()
