"""Floods of the worst there is: bounded in time and memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from mooring_widgets.emulator import Emulator

SIZE = 65536
FLOODS: dict[str, bytes] = {
    "malformed sequences": b"\x1b[1 2q",
    "strings that are never known": b"\x1bPq\x1b]0;x\x07",
    "C1 controls": "\x84\x85\x9b".encode(),
    "repeats": b"x\x1b[65535b",
    "reverse wrap": b"\x1b[?1045h\x1b[65535D",
    "selective erase": b"\x1b[?2J",
    "rectangles": b"\x1b[1;1;24;80;1;4;5;7$r",
    "capability questions": b"\x1bP+q544e;544e;544e\x1b\\",
    "joiners": "\u200d".encode(),
    "screens": b"\x1b[?1049h\x1b[?1049l",
    "resets": b"\x1bc",
    "tabs": b"\x1b[65535I\r",
    "filled rectangles": b"\x1b[88;1;1;999;999$x",
    "colours in a space": b"\x1b]4;1;CIEXYZ:1/1/.1;1;?\x07",
}
ALL_SEQUENCES = "".join(
    f"\x1b[{prefix}65535;1;65535;99999999999;1;1{intermediate}{chr(final)}x"
    for prefix in ("", "?", ">", "<", "=")
    for intermediate in ("", *" !\"#$&'*+,-./%")
    for final in range(0x40, 0x7F)
).encode()


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_over_soon(name: str) -> None:
    """Seconds of processor time for 64 KiB; each of these, done carelessly, takes far longer or grows as the square."""
    flood = FLOODS[name] * (SIZE // len(FLOODS[name]))
    emulator = Emulator(80, 24, reply=lambda _answer: None)
    start = time.process_time()
    emulator.feed(flood)
    assert time.process_time() - start < 3.0


def test_each_sequence_with_huge_parameters_is_over_soon() -> None:
    emulator = Emulator(80, 24, reply=lambda _answer: None)
    start = time.process_time()
    emulator.feed(ALL_SEQUENCES)
    assert time.process_time() - start < 3.0


@pytest.mark.parametrize("start", [b"\x1b]0;", b"\x1bP", b"\x1b_", b"\x1b[", b"e\xcc\x81"])
def test_what_is_never_ended_costs_no_more_the_longer_it_gets(start: bytes) -> None:
    """In many small pieces: what looks at all of it again for each takes minutes."""
    emulator = Emulator(80, 24)
    emulator.feed(start)
    more = b"\xcc\x81" if start.startswith(b"e") else b"1"
    began = time.process_time()
    for _piece in range(50_000):
        emulator.feed(more)
    emulator.feed(more * 500_000)
    assert time.process_time() - began < 5.0
    assert emulator.columns == len(emulator.row(0).cells)


@pytest.mark.parametrize(
    "flood",
    [
        b"".join(b"\x1b[38;2;%d;%d;7;48;2;%d;9;9mx" % (n % 256, n // 256, n % 251) for n in range(20_000)),
        b"".join(b"\x1b[%d;%dHx" % (n % 9999, n % 7777) for n in range(20_000)),
        b"".join(b"\x1b]8;id=%d;http://host/%s\x07x" % (n, b"p" * 200) for n in range(8_000)),
        b"".join(b"\x1b[%d\x19y" % n for n in range(6_000)),
        "e\u0301".encode() + "\u0301".encode() * 30_000,
        b"\x1b]2;" + b"t" * 3_000_000,
        b"\x1b[" + b"1;" * 60_000,
        b"\x1b[>31u" * 30_000,
        b"\x1b7\x1b[?1s" * 30_000,
    ],
    ids=lambda flood: repr(flood[:12]),
)
def test_memory_stays_bounded(flood: bytes) -> None:
    emulator = Emulator(80, 24, scrollback_lines=200)
    tracemalloc.start()
    try:
        for start in range(0, len(flood), SIZE):
            emulator.feed(flood[start : start + SIZE])
        held, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 40_000_000


@pytest.mark.parametrize(
    "text",
    [
        b"x" * 1_000_000,
        (b"x" * 300 + b"\r\n") * 3_000,
        "日本x".encode() * 100_000,
    ],
    ids=["one line", "wrapped lines", "one wide line"],
)
def test_a_window_that_is_dragged_smaller_and_larger_does_not_stand_still(text: bytes) -> None:
    """Down to two columns, where all that was ever held would be broken into far more lines than are kept."""
    emulator = Emulator(80, 24)
    for start in range(0, len(text), SIZE):
        emulator.feed(text[start : start + SIZE])
    for columns, lines in [(60, 24), (2, 1), (500, 300), (1, 1), (80, 24)]:
        start_of_resize = time.process_time()
        emulator.resize(columns, lines)
        assert time.process_time() - start_of_resize < 1.0
    assert emulator.scrollback_length <= 10_000
