"""The scrollback: what enters it, in which form, and where it ends."""

from __future__ import annotations

import tracemalloc

import pytest

from mooring_widgets.emulator import Emulator
from support.terminal_state import row_state

COLOURED = b"\x1b[2m12:00:00\x1b[0m \x1b[32mINFO\x1b[0m \x1b[36mworker\x1b[0m request %d took \x1b[1m%d\x1b[0m ms\r\n"


def scrollback_text(emulator: Emulator) -> list[str]:
    """The rows above the screen, without blanks at their ends."""
    return [emulator.scrollback_row(y).text.rstrip() for y in range(emulator.scrollback_length)]


def test_lines_that_leave_the_screen_enter_it() -> None:
    emulator = Emulator(20, 3)
    emulator.feed(b"".join(b"line %d\r\n" % number for number in range(6)))
    assert scrollback_text(emulator) == ["line 0", "line 1", "line 2", "line 3"]
    assert [row.rstrip() for row in emulator.display] == ["line 4", "line 5", ""]
    assert emulator.scrolled_out == 4


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1b[1;2r\x1b[2;1H" + b"\n" * 5,
        b"\x1b[2;3r\x1b[3;1H" + b"\n" * 5,
        b"\x1b[?69h\x1b[2;5s\x1b[3;2H" + b"\n" * 5,
        b"\x1b[?1049h" + b"x\r\n" * 50,
        b"\x1b[1;1H\x1b[5M",
        b"\x1b[2J",
        b"\x1b[5T",
    ],
)
def test_only_whole_scrolls_of_the_main_screen_feed_it(sent: bytes) -> None:
    emulator = Emulator(20, 3)
    emulator.feed(b"abc" + sent)
    assert emulator.scrollback_length == 0


def test_it_is_bounded_by_lines() -> None:
    emulator = Emulator(20, 3, scrollback_lines=100)
    for start in range(0, 5000, 10):
        emulator.feed(b"".join(b"line %d\r\n" % number for number in range(start, start + 10)))
    assert emulator.scrollback_length == 100
    assert scrollback_text(emulator)[0] == "line 4898"
    assert scrollback_text(emulator)[-1] == "line 4997"
    assert emulator.scrolled_out == 4998


def test_no_scrollback_at_all() -> None:
    emulator = Emulator(20, 3, scrollback_lines=0)
    emulator.feed(b"a\r\n" * 100 + b"\n" * 10)
    assert (emulator.scrollback_length, emulator.scrolled_out) == (0, 108)


@pytest.mark.parametrize("unit", [COLOURED.replace(b"%d", b"7"), b"x\x1b[7Gy" + b"\xe6\x97\xa5" * 30 + b"\r\n"])
def test_it_is_bounded_by_bytes(unit: bytes) -> None:
    emulator = Emulator(100, 3, scrollback_lines=10**9, scrollback_bytes=200_000)
    tracemalloc.start()
    for _ in range(200):
        emulator.feed(unit * 100)
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 100 < emulator.scrollback_length < 20_000
    assert held < 1_500_000


def test_reading_beyond_the_ends_is_an_error() -> None:
    emulator = Emulator(20, 3)
    emulator.feed(b"a\r\n" * 10)
    for index in (-1, 8):
        with pytest.raises(IndexError):
            emulator.scrollback_row(index)


def test_a_coloured_line_takes_about_its_own_size() -> None:
    """pyte's HistoryScreen takes 11.6 KB for such a line, the prototype 1.2."""
    lines = b"".join(COLOURED % (number, number % 900) for number in range(10_000))
    emulator = Emulator(100, 24, scrollback_lines=10_000)
    tracemalloc.start()
    before, _peak = tracemalloc.get_traced_memory()
    for start in range(0, len(lines), 8192):
        emulator.feed(lines[start : start + 8192])
    after, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (after - before) / 10_000 < 2 * len(lines) / 10_000


def test_bulk_and_single_lines_look_the_same() -> None:
    lines = [COLOURED % (number, number % 900) for number in range(300)]
    lines[100:100] = [
        b"\x1b[44mleft on\r\n",
        b"more\x1b[0m\r\n",
        b"\ttab\r\n",
        b"x" * 130 + b"\r\n",
        "日本\r\n".encode(),
    ]
    bulk = Emulator(60, 10)
    bulk.feed(b"".join(lines))
    single = Emulator(60, 10)
    for line in lines:
        single.feed(line)
    assert bulk.scrollback_length == single.scrollback_length
    for y in range(bulk.scrollback_length):
        assert row_state(bulk.scrollback_row(y)) == row_state(single.scrollback_row(y))
    assert bulk.display == single.display


def test_rows_keep_their_versions_until_the_width_changes() -> None:
    emulator = Emulator(20, 3)
    emulator.feed(b"a line\r\n" * 100)
    versions = [emulator.scrollback_row(y).version for y in range(emulator.scrollback_length)]
    assert len(set(versions)) == len(versions)
    emulator.feed(b"another\r\n" * 20)
    assert [emulator.scrollback_row(y).version for y in range(98)] == versions
    emulator.resize(30, 3)
    assert not set(versions) & {emulator.scrollback_row(y).version for y in range(98)}


def test_it_can_be_cleared_from_both_sides() -> None:
    emulator = Emulator(20, 3)
    emulator.feed(b"a\r\n" * 10)
    emulator.clear_scrollback()
    assert emulator.scrollback_length == 0
    emulator.feed(b"a\r\n" * 10 + b"\x1b[3J")
    assert emulator.scrollback_length == 0
    assert emulator.display[0].rstrip() == "a"


def test_a_background_that_was_left_on_fills_the_lines_that_come_in() -> None:
    emulator = Emulator(10, 3)
    emulator.feed(b"\x1b[41m" + b"x\r\n" * 20)
    assert emulator.row(0).style_at(9).background == 1
    assert emulator.scrollback_row(10).style_at(9).background == 1
