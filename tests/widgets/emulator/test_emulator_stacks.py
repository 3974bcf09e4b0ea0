"""What programs put aside and take back: titles, palettes, renditions, the presentation state."""

from __future__ import annotations

import pytest

from mooring_widgets.emulator import Emulator, IconNameChanged, PaletteChanged, Rgb, TitleChanged, Underline

RED, GREEN = Rgb(255, 0, 0), Rgb(0, 255, 0)


def title(text: str) -> bytes:
    """Set both titles."""
    return f"\x1b]0;{text}\x07".encode()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (title("a") + b"\x1b[22t" + title("b") + b"\x1b[23t", "a"),
        (title("a") + b"\x1b[22;0t" + title("b") + b"\x1b[22;0t" + title("c") + b"\x1b[23t\x1b[23t", "a"),
        (title("a") + b"\x1b[22;2t" + title("b") + b"\x1b[23;2t", "a"),
        (title("a") + b"\x1b[22;1t" + title("b") + b"\x1b[23;1t", "b"),
        (title("a") + b"\x1b[22;2t\x1b[22;1t" + title("b") + b"\x1b[23;0t", "a"),
        (title("a") + b"\x1b[22;0;3t" + title("b") + b"\x1b[23;0;3t", "a"),
        (title("a") + b"\x1b[23t", "a"),
        (b"".join(title(str(n)) + b"\x1b[22t" for n in range(15)) + b"\x1b[23t" * 10, "5"),
    ],
    ids=lambda value: repr(value[-14:]),
)
def test_titles_come_back(sent: bytes, expected: str) -> None:
    emulator = Emulator(20, 4)
    emulator.feed(sent)
    assert emulator.title == expected


def test_titles_that_come_back_are_told_as_others_are() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(title("a") + b"\x1b[22t" + title("b"))
    emulator.take_events()
    emulator.feed(b"\x1b[23t")
    assert emulator.take_events() == (IconNameChanged("a"), TitleChanged("a"))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"\x1b[>0t\x1b]2;6162\x07", "ab"),
        (b"\x1b[>0t\x1b]2;not hex\x07", ""),
        (b"\x1b[>0t\x1b]2;611b62\x07", "ab"),
        (b"\x1b[>0t\x1b[>T\x1b]2;6162\x07", "6162"),
        (b"\x1b[>2t\x1b]2;6162\x07", "6162"),
    ],
)
def test_titles_in_hex_digits(sent: bytes, expected: str) -> None:
    emulator = Emulator(20, 4)
    emulator.feed(sent)
    assert emulator.title == expected


def test_palettes_come_back() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"\x1b]4;1;red\x07\x1b[#P\x1b]4;1;green;2;green\x07")
    emulator.take_events()
    emulator.feed(b"\x1b[#Q")
    assert emulator.palette == {1: RED}
    assert set(emulator.take_events()) == {PaletteChanged(1, RED), PaletteChanged(2, None)}
    emulator.feed(b"\x1b]4;1;green\x07\x1b[5#P\x1b]104\x07\x1b[5#Q")
    assert emulator.palette == {1: GREEN}


def test_pushing_palettes_without_end_keeps_ten() -> None:
    emulator = Emulator(20, 4)
    for number in range(30):
        emulator.feed(b"\x1b]4;1;#%02x0000\x07\x1b[#P" % number)
    emulator.feed(b"\x1b[#Q")
    assert emulator.palette == {1: Rgb(9, 0, 0)}


def test_renditions_come_back() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"\x1b[1;3;4;31;44m\x1b[#{\x1b[0;5ma\x1b[#}b")
    plain, styled = emulator.row(0).style_at(0), emulator.row(0).style_at(1)
    assert (plain.bold, plain.blink, plain.foreground) == (False, True, None)
    assert (styled.bold, styled.italic, styled.underline) == (True, True, Underline.SINGLE)
    assert (styled.blink, styled.foreground, styled.background) == (False, 1, 4)


def test_only_what_was_named_comes_back() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"\x1b[1;31;44m\x1b[1;30#{\x1b[0;3;42m\x1b[#}a")
    style = emulator.row(0).style_at(0)
    assert (style.bold, style.italic, style.foreground, style.background) == (True, True, 1, 2)


def test_as_many_pops_as_pushes_whatever_there_is_room_for() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"\x1b[31m\x1b[#{" + b"\x1b[32m\x1b[#{" * 14 + b"\x1b[33m" + b"\x1b[#}" * 15 + b"a\x1b[#}b")
    assert [emulator.row(0).style_at(x).foreground for x in (0, 1)] == [1, 1]


def test_the_cursor_information_comes_back() -> None:
    answers: list[bytes] = []
    emulator = Emulator(20, 4, reply=answers.append)
    emulator.feed(b'\x1b[1;7m\x1b[1"q\x1b(0\x1b*%5\x1b[2;4r\x1b[?6h\x1b[2;3H\x1b[1$w')
    report = answers.pop().replace(b"$u", b"$t")
    emulator.feed(b'\x1b[m\x1b[0"q\x1b(B\x1b[?6l\x1b[H' + report + b"q\x1b[H.")
    assert emulator.row(2).cells[2] == "\u2500"
    style = emulator.row(2).style_at(2)
    assert (style.bold, style.inverse, style.protected) == (True, True, True)
    assert emulator.row(1).cells[0] == ".", "origin mode came back"


@pytest.mark.parametrize(
    "report",
    [
        b"1$t9;9;1;@;@;@;0;2;@;BBBB",
        b"1$t1;1;1;@;@;@;7;2;@;BBBB",
        b"1$t1;1;1;\x01;@;@;0;2;@;BBBB",
        b"1$t1;1",
        b"1$t",
        b"3$tx",
        b"1$t1;1;1;@;@;@;0;2;@",
    ],
)
def test_a_report_that_is_not_sound_changes_nothing(report: bytes) -> None:
    emulator = Emulator(8, 4)
    emulator.feed(b"\x1b[2;2H\x1bP" + report + b"\x1b\\x")
    assert emulator.display[1] == " x      "


def test_tab_stops_come_back() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"\x1b[3g\x1bP2$t3/7/99/x\x1b\\\ta\tb\tc")
    assert emulator.display[0] == "  a   b            c"
    emulator.feed(b"\x1b[?5W\r\x1b[K\ta")
    assert emulator.display[0].rstrip() == "        a"
