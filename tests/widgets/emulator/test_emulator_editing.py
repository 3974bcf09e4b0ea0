"""Functions that change the screen: what was sent, and the rows that xterm shows."""

from __future__ import annotations

import pytest

from mooring_widgets.emulator import Emulator, Settings, SizeChosen

ABC = b"\x1b[2J\x1b[Habcde\r\nfghij\r\nklmno\r\npqrst"

CASES: dict[str, tuple[bytes, list[str]]] = {
    "SU": (b"\x1b[2S", ["klmno", "pqrst", "", ""]),
    "SD": (b"\x1b[T", ["", "abcde", "fghij", "klmno"]),
    "SD by its second form": (b"\x1b[2^", ["", "", "abcde", "fghij"]),
    "SD by 0 would be XTHIMOUSE": (b"\x1b[0T\x1b[1;2;3;4;5T", ["abcde", "fghij", "klmno", "pqrst"]),
    "SU in a region": (b"\x1b[2;3r\x1b[S", ["abcde", "klmno", "", "pqrst"]),
    "REP": (b"\x1b[Hx\x1b[3b", ["xxxxe", "fghij", "klmno", "pqrst"]),
    "REP after REP does nothing": (b"\x1b[Hx\x1b[b\x1b[3b", ["xxcde", "fghij", "klmno", "pqrst"]),
    "REP after SGR does nothing": (b"\x1b[Hx\x1b[1m\x1b[3b", ["xbcde", "fghij", "klmno", "pqrst"]),
    "REP after BEL does nothing": (b"\x1b[Hx\x07\x1b[3b", ["xbcde", "fghij", "klmno", "pqrst"]),
    "REP after OSC does nothing": (b"\x1b[Hx\x1b]2;t\x07\x1b[3b", ["xbcde", "fghij", "klmno", "pqrst"]),
    "REP in line drawing": (b"\x1b[H\x1b(0q\x1b[3b", ["────e", "fghij", "klmno", "pqrst"]),
    "REP of a cluster": (b"\x1b[He\xcc\x81\x1b[2b", ["e\u0301e\u0301e\u0301de", "fghij", "klmno", "pqrst"]),
    "REP after a move does nothing": (b"\x1b[Hx\x1b[3;1H\x1b[3b", ["xbcde", "fghij", "klmno", "pqrst"]),
    "ECH": (b"\x1b[2;2H\x1b[2X", ["abcde", "f  ij", "klmno", "pqrst"]),
    "CHT and CBT": (b"\x1b[3g\x1b[1;3H\x1bH\x1b[1;1H\x1b[IX\x1b[1;5H\x1b[ZY", ["abYde", "fghij", "klmno", "pqrst"]),
    "HPA": (b"\x1b[3`X", ["abcde", "fghij", "klmno", "pqXst"]),
    "HPR": (b"\x1b[H\x1b[2aX", ["abXde", "fghij", "klmno", "pqrst"]),
    "VPA": (b"\x1b[H\x1b[3dX", ["abcde", "fghij", "Xlmno", "pqrst"]),
    "VPR": (b"\x1b[H\x1b[2eX", ["abcde", "fghij", "Xlmno", "pqrst"]),
    "CNL": (b"\x1b[1;3H\x1b[2EX", ["abcde", "fghij", "Xlmno", "pqrst"]),
    "CPL": (b"\x1b[4;3H\x1b[2FX", ["abcde", "Xghij", "klmno", "pqrst"]),
    "ICH": (b"\x1b[2;2H\x1b[2@", ["abcde", "f  gh", "klmno", "pqrst"]),
    "DCH": (b"\x1b[2;2H\x1b[2P", ["abcde", "fij", "klmno", "pqrst"]),
    "IL": (b"\x1b[2;2H\x1b[L", ["abcde", "", "fghij", "klmno"]),
    "DL": (b"\x1b[2;2H\x1b[M", ["abcde", "klmno", "pqrst", ""]),
    "IL outside the region does nothing": (b"\x1b[2;3r\x1b[H\x1b[L", ["abcde", "fghij", "klmno", "pqrst"]),
    "insert mode": (b"\x1b[4h\x1b[HXY\x1b[4lZ", ["XYZbc", "fghij", "klmno", "pqrst"]),
    "DECALN": (b"\x1b#8", ["EEEEE"] * 4),
    "DECIC": (b"\x1b[1;2H\x1b[2'}", ["a  bc", "f  gh", "k  lm", "p  qr"]),
    "DECDC": (b"\x1b[1;2H\x1b[2'~", ["ade", "fij", "kno", "pst"]),
    "DECBI at the left edge": (b"\x1b[1;1H\x1b6", [" abcd", " fghi", " klmn", " pqrs"]),
    "DECFI at the right edge": (b"\x1b[1;5H\x1b9", ["bcde", "ghij", "lmno", "qrst"]),
    "SL": (b"\x1b[2 @", ["cde", "hij", "mno", "rst"]),
    "SR": (b"\x1b[2 A", ["  abc", "  fgh", "  klm", "  pqr"]),
    "DECSLRM holds DL": (b"\x1b[?69h\x1b[2;4s\x1b[2;3H\x1b[M", ["abcde", "flmnj", "kqrso", "p   t"]),
    "DECSLRM holds DCH": (b"\x1b[?69h\x1b[2;4s\x1b[2;2H\x1b[P", ["abcde", "fhi j", "klmno", "pqrst"]),
    "DECSLRM wraps text": (b"\x1b[?69h\x1b[2;4s\x1b[1;2HWXYZ", ["aWXYe", "fZhij", "klmno", "pqrst"]),
    "DECSLRM scrolls between the margins": (b"\x1b[?69h\x1b[2;4s\x1b[4;2H\n", ["aghie", "flmnj", "kqrso", "p   t"]),
    "DECSTBM takes the cursor home": (b"\x1b[4;4H\x1b[2;3rX", ["Xbcde", "fghij", "klmno", "pqrst"]),
    "a region of one line is ignored": (b"\x1b[4;4H\x1b[2;2rX", ["abcde", "fghij", "klmno", "pqrXt"]),
    "the cursor stays outside the region": (b"\x1b[3;4r\x1b[1;1H\x1b[5BX", ["abcde", "fghij", "klmno", "Xqrst"]),
    "CUU stops at the margin": (b"\x1b[2;3r\x1b[3;2H\x1b[9AX", ["abcde", "fXhij", "klmno", "pqrst"]),
    "CUU goes on above the margin": (b"\x1b[3;4r\x1b[2;2H\x1b[9AX", ["aXcde", "fghij", "klmno", "pqrst"]),
    "origin mode": (b"\x1b[2;3r\x1b[?6h\x1b[1;2HX\x1b[9;9HY", ["abcde", "fXhij", "klmnY", "pqrst"]),
    "IND and RI": (b"\x1b[4;1H\x1bD\x1b[1;1H\x1bM", ["", "fghij", "klmno", "pqrst"]),
    "NEL": (b"\x1b[1;3H\x1bEX", ["abcde", "Xghij", "klmno", "pqrst"]),
    "IND by C1": (b"\x1b[4;1H\xc2\x84", ["fghij", "klmno", "pqrst", ""]),
    "CSI by C1": (b"\xc2\x9b2;2HX", ["abcde", "fXhij", "klmno", "pqrst"]),
    "newline mode": (b"\x1b[20h\x1b[1;3H\nX", ["abcde", "Xghij", "klmno", "pqrst"]),
    "DECCRA": (b"\x1b[1;1;2;2;1;3;4;1$v", ["abcde", "fghij", "klmab", "pqrfg"]),
    "DECFRA": (b"\x1b[88;2;2;3;4$x", ["abcde", "fXXXj", "kXXXo", "pqrst"]),
    "DECERA": (b"\x1b[2;2;3;4$z", ["abcde", "f   j", "k   o", "pqrst"]),
    "DECFRA fills with blanks unless told": (b"\x1b[;2;2;3;4$x", ["abcde", "f   j", "k   o", "pqrst"]),
    "a rectangle's corners are moved onto the edge": (b"\x1b[88;9;2;99;99$x", ["abcde", "fghij", "klmno", "pXXXX"]),
    "DECCRA is cut at the edge": (b"\x1b[1;1;2;5;1;4;4;1$v", ["abcde", "fghij", "klmno", "pqrab"]),
    "DECCRA in origin mode": (b"\x1b[2;3r\x1b[?6h\x1b[1;1;1;2;1;2;4;1$v", ["abcde", "fghij", "klmfg", "pqrst"]),
    "DECFRA does not fill with controls": (b"\x1b[7;2;2;3;4$x", ["abcde", "fghij", "klmno", "pqrst"]),
    "a rectangle the wrong way round": (b"\x1b[88;3;2;2;4$x", ["abcde", "fghij", "klmno", "pqrst"]),
    "DECSCA and DECSERA": (b'\x1b[2;2H\x1b[1"qXY\x1b[0"q\x1b[1;1;4;5${', ["", " XY", "", ""]),
    "DECSCA and DECSED": (b'\x1b[2;2H\x1b[1"qXY\x1b[2"q\x1b[?2J', ["", " XY", "", ""]),
    "DECSCA and DECSEL": (b'\x1b[2;2H\x1b[1"qX\x1b[2"qY\x1b[?2K', ["abcde", " X", "klmno", "pqrst"]),
    "DECSCA does not hold ED": (b'\x1b[2;2H\x1b[1"qXY\x1b[2J', ["", "", "", ""]),
    "SCOSC and SCORC": (b"\x1b[2;2H\x1b[s\x1b[H\x1b[uX", ["abcde", "fXhij", "klmno", "pqrst"]),
    "SCOSC and SCORC take no parameters": (b"\x1b[2;2H\x1b[1s\x1b[3;3H\x1b[1uX", ["abcde", "fghij", "klXno", "pqrst"]),
    "no autowrap leaves out what is too wide": ("\x1b[?7l\x1b[1;5H日X".encode(), ["abcdX", "fghij", "klmno", "pqrst"]),
    "DECSED ends a pending wrap": (b"\x1b[1;5HX\x1b[?1JY", ["    Y", "fghij", "klmno", "pqrst"]),
    "SPA holds ED": (b"\x1b[2;2H\x1bVXY\x1bW\x1b[2J", ["", " XY", "", ""]),
    "reverse wrap after a wrap": (b"\x1b[?45h\x1b[H12345X\x08\x08Z", ["1234Z", "Xghij", "klmno", "pqrst"]),
    "no reverse wrap without a wrap": (b"\x1b[?45h\x1b[2;1H\x08Z", ["abcde", "Zghij", "klmno", "pqrst"]),
    "extended reverse wrap": (b"\x1b[?1045h\x1b[2;1H\x08Z", ["abcdZ", "fghij", "klmno", "pqrst"]),
    "line drawing in UTF-8": (b"\x1b[H\x1b(0lqk\x1b(Bx", ["┌─┐xe", "fghij", "klmno", "pqrst"]),
    "line drawing by SO": (b"\x1b[H\x1b)0\x0eq\x0fq", ["─qcde", "fghij", "klmno", "pqrst"]),
    "single shift": (b"\x1b[H\x1b*0\x1bNqq", ["─qcde", "fghij", "klmno", "pqrst"]),
    "locking shift 2": (b"\x1b[H\x1b*0\x1bnq\x0fq", ["─qcde", "fghij", "klmno", "pqrst"]),
    "national set": (b"\x1b[H\x1b[?42h\x1b(K[\\]\x1b(B", ["ÄÖÜde", "fghij", "klmno", "pqrst"]),
    "a national set needs its mode": (b"\x1b[H\x1b(K[\\]\x1b(B", ["[\\]de", "fghij", "klmno", "pqrst"]),
    "the technical set": (b"\x1b[H\x1b(>abc\x1b(B", ["αβχde", "fghij", "klmno", "pqrst"]),
    "a set of 96 by SO": (b"\x1b[H\x1b-AAi\x0eAi\x0f", ["AiÁée", "fghij", "klmno", "pqrst"]),
    "an unknown set is ASCII": (b"\x1b[H\x1b(0\x1b(%9q", ["qbcde", "fghij", "klmno", "pqrst"]),
    "DEL in a set of 96": (b"\x1b[H\x1b-A\x0e\x7f\x0f\x7fX", ["ÿXcde", "fghij", "klmno", "pqrst"]),
    "ISO 8859-1": (b"\x1b%@\x1b[H\xe9\xa3\x1b%G\xc3\xa9", ["é£éde", "fghij", "klmno", "pqrst"]),
    "GR of ISO 8859-1": (b"\x1b%@\x1b[H\x1b.B\xb3a\x1b%Gb", ["łabde", "fghij", "klmno", "pqrst"]),
    "RIS ends ISO 8859-1": (b"\x1b%@\x1bc\xc3\xa9", ["é", "", "", ""]),
    "no wrap without autowrap": (b"\x1b[?7l\x1b[H1234567", ["12347", "fghij", "klmno", "pqrst"]),
    "the wrap is pending": (b"\x1b[H12345\rX", ["X2345", "fghij", "klmno", "pqrst"]),
    "EL": (b"\x1b[1;3H\x1b[K\x1b[2;3H\x1b[1K\x1b[3;3H\x1b[2K", ["ab", "   ij", "", "pqrst"]),
    "ED below": (b"\x1b[2;3H\x1b[J", ["abcde", "fg", "", ""]),
    "ED above": (b"\x1b[2;3H\x1b[1J", ["", "   ij", "klmno", "pqrst"]),
    "a control inside a sequence": (b"\x1b[2\r;2HX", ["abcde", "fXhij", "klmno", "pqrst"]),
    "CAN ends a sequence": (b"\x1b[H\x1b[2\x18X", ["Xbcde", "fghij", "klmno", "pqrst"]),
    "ESC begins another": (b"\x1b[2\x1b[2;2HX", ["abcde", "fXhij", "klmno", "pqrst"]),
    "DCS is swallowed": (b"\x1b[H\x1bPq#0;2;0;0;0~~\x1b\\X", ["Xbcde", "fghij", "klmno", "pqrst"]),
    "APC is swallowed": (b"\x1b[H\x1b_Gx\x1b\\Q", ["Qbcde", "fghij", "klmno", "pqrst"]),
    "PM and SOS are swallowed": (b"\x1b[H\x1b^y\x1b\\\x1bXz\x1b\\Q", ["Qbcde", "fghij", "klmno", "pqrst"]),
    "a private form is not the plain one": (b"\x1b[H\x1b[>2J\x1b[=3;3H\x1b[<1AX", ["Xbcde", "fghij", "klmno", "pqrst"]),
    "huge parameters are clamped": (b"\x1b[%s;%sHX" % (b"9" * 20, b"9" * 20), ["abcde", "fghij", "klmno", "pqrsX"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_screen_after(name: str) -> None:
    sent, expected = CASES[name]
    emulator = Emulator(5, 4)
    emulator.feed(ABC + sent)
    assert [row.rstrip() for row in emulator.display] == expected


def test_saved_cursor_holds_what_belongs_to_it_and_stays_saved() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"\x1b[2;3r\x1b[?6h\x1b[1;31m\x1b(0\x1b[2;4H\x1b7\x1b[?6l\x1b[m\x1b(B\x1b[H")
    for _ in range(2):
        emulator.feed(b"\x1b8q\x1b[0m\x1b(B\x1b[?6l\x1b[H")
        assert emulator.row(2).cells[3] == "─"
        assert emulator.row(2).style_at(3).bold
    emulator.feed(b"\x1b8\x1b[1;1Hx")
    assert emulator.row(1).cells[0] == "│", "origin mode came back with the cursor"


def test_restore_without_save_is_home() -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"abc\r\ndef\x1b8X")
    assert emulator.display[0].rstrip() == "Xbc"


def test_erasing_takes_the_background_alone() -> None:
    emulator = Emulator(4, 2)
    emulator.feed(b"\x1b[1;4;7;31;44m\x1b[K")
    style = emulator.row(0).style_at(2)
    assert (style.background, style.foreground, style.bold, style.inverse, int(style.underline)) == (
        4,
        None,
        False,
        False,
        0,
    )


@pytest.mark.parametrize(
    ("mode", "clears_on_enter", "clears_on_leave", "keeps_cursor"),
    [(47, False, False, False), (1047, False, True, False), (1049, True, True, True)],
)
def test_alternate_screens(mode: int, clears_on_enter: bool, clears_on_leave: bool, keeps_cursor: bool) -> None:
    emulator = Emulator(8, 3)
    emulator.feed(b"main\x1b[?47h\x1b[2;1Hold\x1b[?47l\x1b[1;5H")
    emulator.feed(b"\x1b[?%dh" % mode)
    assert emulator.modes.alternate_screen
    assert emulator.display[1].rstrip() == ("" if clears_on_enter else "old")
    emulator.feed(b"\x1b[3;3Hnew\x1b[?%dl" % mode)
    assert not emulator.modes.alternate_screen
    assert emulator.display[0].rstrip() == "main"
    assert (emulator.cursor.x, emulator.cursor.y) == ((4, 0) if keeps_cursor else (5, 2))
    emulator.feed(b"\x1b[?47h")
    assert emulator.display[2].rstrip() == ("" if clears_on_leave else "  new")


def test_column_mode_needs_leave() -> None:
    asked = b"\x1b[?40h\x1b[?3h"
    refused = Emulator(80, 4)
    refused.feed(asked)
    assert refused.columns == 80
    granted = Emulator(80, 4, settings=Settings(allow_resize=True))
    granted.feed(b"text" + asked)
    assert (granted.columns, granted.display[0].rstrip()) == (132, "")
    granted.feed(b"\x1bc")
    assert granted.columns == 80


@pytest.mark.parametrize(
    ("sent", "size"),
    [
        (b"\x1b[8;30;100t", (100, 30)),
        (b"\x1b[8;30t", (80, 30)),
        (b"\x1b[8;;100t", (100, 24)),
        (b"\x1b[36t", (80, 36)),
        (b"\x1b[132$|", (132, 24)),
        (b"\x1b[132$|\x1b[$|", (80, 24)),
        (b"\x1b[99$|", (80, 24)),
        (b"\x1b[48*|", (80, 48)),
        (b"\x1b[8;99999;99999t", (2000, 2000)),
    ],
)
def test_sizes_that_programs_choose_need_leave(sent: bytes, size: tuple[int, int]) -> None:
    refused = Emulator(80, 24)
    refused.feed(sent)
    assert (refused.columns, refused.lines, refused.take_events()) == (80, 24, ())
    granted = Emulator(80, 24, settings=Settings(allow_resize=True))
    granted.feed(sent)
    assert (granted.columns, granted.lines) == size
    assert granted.take_events()[-1:] == ((SizeChosen(*size),) if sent != b"\x1b[99$|" else ())


def test_soft_reset_keeps_the_screen() -> None:
    emulator = Emulator(8, 4)
    emulator.feed(b"text\x1b[2;3r\x1b[?6h\x1b[4h\x1b[1m\x1b[?25l\x1b[?1h\x1b[3;3H\x1b[!p")
    before = emulator.cursor
    emulator.feed(b"\x1b[4;8HZ")
    assert emulator.display == ["text    ", " " * 8, " " * 8, "       Z"]
    assert not emulator.row(3).style_at(7).bold
    assert before.visible
    assert not emulator.modes.application_cursor


def test_attributes_of_rectangles() -> None:
    emulator = Emulator(4, 3)
    emulator.feed(b"aaaabbbbcccc\x1b[2*x\x1b[2;2;3;3;1;7$r\x1b[3;1;3;4;1$t")
    bold = [[emulator.row(y).style_at(x).bold for x in range(4)] for y in range(3)]
    assert bold == [[False] * 4, [False, True, True, False], [True, False, False, True]]
    assert emulator.row(1).style_at(1).inverse


def test_attributes_from_corner_to_corner_end_with_the_text() -> None:
    emulator = Emulator(4, 3)
    emulator.feed(b"aaaa\r\nbb\x1b[1;3;2;4;4$r")
    underlined = [[bool(emulator.row(y).style_at(x).underline) for x in range(4)] for y in range(3)]
    assert underlined == [[False, False, True, True], [True, True, False, False], [False] * 4]


def test_changing_attributes_parts_no_wide_character() -> None:
    emulator = Emulator(4, 1)
    emulator.feed("a日b\x1b[2*x\x1b[1;1;1;2;7$r".encode())
    assert emulator.row(0).cells == ("a", "日", "", "b")
    assert [emulator.row(0).style_at(x).inverse for x in range(4)] == [True, True, False, False]


def test_selective_erase_of_a_rectangle_keeps_the_look() -> None:
    emulator = Emulator(4, 1)
    emulator.feed(b"\x1b[7mabcd\x1b[m\x1b[1;2;1;3${")
    assert emulator.display == ["a  d"]
    assert all(emulator.row(0).style_at(x).inverse for x in range(4))


def test_filling_without_colours_keeps_those_of_the_cells() -> None:
    emulator = Emulator(4, 1)
    emulator.feed(b"\x1b[31;1mab\x1b[m\x1b[88;1;1;1;3$x\x1b[32m\x1b[89;1;2;1;2$x")
    assert emulator.display == ["XYX "]
    assert [emulator.row(0).style_at(x).foreground for x in range(4)] == [1, 2, None, None]
    assert not emulator.row(0).style_at(0).bold


def test_alignment_display_resets_the_rendition_but_not_colours() -> None:
    emulator = Emulator(4, 1)
    emulator.feed(b"\x1b[31;1;4m\x1b#8x")
    style = emulator.row(0).style_at(0)
    assert (style.foreground, style.bold, int(style.underline)) == (1, False, 0)
    assert emulator.row(0).style_at(1).foreground is None


def test_checksum_is_given_only_where_the_settings_allow() -> None:
    asked = b"AB\x1b[7;1;1;1;1;2*y"
    answers: list[bytes] = []
    Emulator(8, 2, reply=answers.append).feed(asked)
    assert answers == []
    Emulator(8, 2, reply=answers.append, settings=Settings(allow_checksum_reports=True)).feed(asked)
    assert answers == [b"\x1bP7!~%04X\x1b\\" % (0x10000 - ord("A") - ord("B"))]
