"""Damage: which rows changed since the last look, and that looking costs little."""

from __future__ import annotations

import pytest

from mooring_widgets.emulator import Emulator

CASES: dict[bytes, tuple[int, ...]] = {
    b"x": (0,),
    b"\x1b[3;1Hx": (2,),
    b"\x1b[2;1Hx\x1b[4;1Hy": (1, 3),
    b"\x1b[2;1H\x1b[3C\r\n": (),
    b"\x1b[31m\x1b[?25l\x1b[?1h": (),
    b"\x1b[2;1H\x1b[M": (1, 2, 3),
    b"\x1b[2;3r\x1b[S": (1, 2),
    b"\x1b[4;1H\n": (0, 1, 2, 3),
    b"\x1b[1;2H\x1b[K": (0,),
    b"\x1b[1;1H\x1b[P": (0,),
    b"\x1b[2;2;3;3$z": (1, 2),
    b"\x1b[?5h": (0, 1, 2, 3),
    b"\x1b[?1049h": (0, 1, 2, 3),
    b"\x1b]11;#fff\x07": (0, 1, 2, 3),
    b"y\r\n" * 100: (0, 1, 2, 3),
}


@pytest.mark.parametrize("sent", CASES, ids=lambda sent: repr(sent[:20]))
def test_rows_that_changed(sent: bytes) -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"a\r\nb\r\nc\r\nd\x1b[H")
    first = emulator.take_damage()
    assert (first.rows, first.everything) == ((0, 1, 2, 3), True)
    assert not emulator.take_damage()
    emulator.feed(sent)
    assert emulator.take_damage().rows == CASES[sent]
    assert not emulator.take_damage()


def test_reading_rows_is_no_damage() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"line\r\n" * 30)
    emulator.take_damage()
    versions = [row.version for row in emulator.rows]
    assert emulator.display[0].rstrip() == "line"
    assert [row.version for row in emulator.rows] == versions
    assert not emulator.take_damage()


def test_a_scrolled_row_keeps_its_version() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"a\r\nb\r\nc\r\nd")
    versions = [row.version for row in emulator.rows]
    emulator.feed(b"\r\n")
    assert [row.version for row in emulator.rows[:3]] == versions[1:]
