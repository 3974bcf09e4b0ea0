"""Modes: what the remote switches, what the widget sees, and what is put back."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from mooring_widgets.emulator import CursorShape, Emulator, Modes, MouseEncoding, MouseTracking, Rgb, Settings

CASES: dict[bytes, dict[str, object]] = {
    b"\x1b[?1h": {"application_cursor": True},
    b"\x1b=": {"application_keypad": True},
    b"\x1b[?66h": {"application_keypad": True},
    b"\x1b[?66h\x1b>": {},
    b"\x1b[?2004h": {"bracketed_paste": True},
    b"\x1b[?1004h": {"focus_events": True},
    b"\x1b[?9h": {"mouse_tracking": MouseTracking.X10},
    b"\x1b[?1000h": {"mouse_tracking": MouseTracking.NORMAL},
    b"\x1b[?1000h\x1b[?1002h": {"mouse_tracking": MouseTracking.BUTTON},
    b"\x1b[?1003h": {"mouse_tracking": MouseTracking.ANY},
    b"\x1b[?1003h\x1b[?1003l": {},
    b"\x1b[?1005h": {"mouse_encoding": MouseEncoding.UTF8},
    b"\x1b[?1006h": {"mouse_encoding": MouseEncoding.SGR},
    b"\x1b[?1006h\x1b[?1015h": {"mouse_encoding": MouseEncoding.URXVT},
    b"\x1b[?1016h": {"mouse_encoding": MouseEncoding.SGR_PIXELS},
    b"\x1b[?1007l": {"alternate_scroll": False},
    b"\x1b[?1049h": {"alternate_screen": True},
    b"\x1b[?1046l\x1b[?1049h": {},
    b"\x1b[>5u": {"kitty_flags": 5},
    b"\x1b[>4;1m": {"modify_other_keys": 1},
    b"\x1b[>4;2m": {"modify_other_keys": 2},
    b"\x1b[>4;2m\x1b[>4m": {},
    b"\x1b[>4;2m\x1b[>4n": {"modify_other_keys": -1},
    b"\x1b[>4;1f": {"format_other_keys": 1},
    b"\x1b[>4;1f\x1b[>4f": {},
    b"\x1b[>1;3m": {"modify_cursor_keys": 3},
    b"\x1b[?5h": {"reverse_video": True},
    b"\x1b[?2026h": {"synchronized": True},
    b"\x1b[?2048h": {"in_band_resize": True},
    b"\x1b[?2031h": {"colour_scheme_reports": True},
    b"\x1b[?67h": {"backarrow_sends_backspace": True},
    b"\x1b[20h": {"newline": True},
    b"\x1b[2h": {"keyboard_locked": True},
    b"\x1b G": {"eight_bit_controls": True},
    b"\x1b[?1h\x1b[?1s\x1b[?1l\x1b[?1r": {"application_cursor": True},
    b"\x1b[?1;2004h": {"application_cursor": True, "bracketed_paste": True},
    b"\x1b[1h": {},
    b"\x1b[?4711h": {},
}


@pytest.mark.parametrize("sent", CASES, ids=repr)
def test_modes(sent: bytes) -> None:
    emulator = Emulator(20, 4)
    emulator.feed(sent)
    assert asdict(emulator.modes) == {**asdict(Modes(alternate_scroll=True)), **CASES[sent]}
    emulator.feed(b"\x1bc")
    assert emulator.modes == Modes(alternate_scroll=True), "RIS puts everything back"


def test_kitty_flags_are_cut_to_what_was_granted_and_bounded() -> None:
    emulator = Emulator(20, 4, settings=Settings(kitty_flags_granted=0b00101))
    emulator.feed(b"\x1b[>31u" * 1000)
    assert emulator.modes.kitty_flags == 0b00101
    emulator.feed(b"\x1b[<999u")
    assert emulator.modes.kitty_flags == 0


@pytest.mark.parametrize(
    ("style", "shape", "blinking"),
    [
        (0, CursorShape.BLOCK, False),
        (1, CursorShape.BLOCK, True),
        (2, CursorShape.BLOCK, False),
        (3, CursorShape.UNDERLINE, True),
        (4, CursorShape.UNDERLINE, False),
        (5, CursorShape.BAR, True),
        (6, CursorShape.BAR, False),
    ],
)
def test_cursor_style(style: int, shape: CursorShape, blinking: bool) -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"\x1b[%d q" % style)
    assert (emulator.cursor.shape, emulator.cursor.blinking) == (shape, blinking)


def test_what_a_dead_program_left_on_is_put_back() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"shell$ \x1b[?1049h\x1b[?1h\x1b=\x1b[?1003;1006;1004;2004h\x1b[>31u\x1b[>4;2m\x1b[?25l\x1b[5 q")
    emulator.feed(b"\x1b[2;3r\x1b[4;20h\x1b(0\x1b[31m\x1b[?5h\x1b[?2026h\x1b[?7l")
    emulator.restore_modes()
    assert emulator.modes == Modes(alternate_scroll=True)
    assert emulator.cursor.visible
    assert (emulator.cursor.x, emulator.cursor.y) == (7, 0)
    emulator.feed(b"q" * 15)
    assert [row.rstrip() for row in emulator.display] == ["shell$ qqqqqqqqqqqqq", "qq", "", ""]
    assert emulator.row(1).style_at(0).foreground is None


def test_synchronized_update_holds_damage_back_but_not_for_ever() -> None:
    now = 100.0
    emulator = Emulator(20, 4, settings=Settings(synchronized_timeout=1.0, clock=lambda: now))
    emulator.take_damage()
    emulator.feed(b"\x1b[?2026hhalf")
    assert emulator.modes.synchronized
    assert not emulator.take_damage()
    emulator.feed(b"\x1b[?2026l")
    assert emulator.take_damage().rows == (0,)
    emulator.feed(b"\x1b[?2026h done")
    now += 1.5
    assert emulator.take_damage().rows == (0,)
    assert not emulator.modes.synchronized


def test_size_and_colour_scheme_are_told_to_who_asked() -> None:
    answers: list[bytes] = []
    emulator = Emulator(20, 4, reply=answers.append)
    grey = Rgb(100, 100, 100)
    emulator.resize(30, 5)
    emulator.set_base_colours(grey, grey, grey, dark=False)
    assert answers == []
    emulator.feed(b"\x1b[?2048h\x1b[?2031h")
    emulator.resize(40, 6)
    emulator.set_base_colours(grey, grey, grey, dark=True)
    assert answers == [b"\x1b[48;5;30;80;240t", b"\x1b[48;6;40;96;320t", b"\x1b[?997;1n"]


SWITCHED = [
    *(
        1,
        4,
        5,
        6,
        7,
        9,
        12,
        18,
        19,
        25,
        35,
        40,
        41,
        42,
        45,
        47,
        66,
        67,
        69,
        95,
        1000,
        1002,
        1003,
        1004,
        1005,
        1006,
        1007,
    ),
    *(1010, 1011, 1014, 1015, 1016, 1034, 1035, 1037, 1040, 1041, 1042, 1043, 1044, 1045, 1046, 1047, 1049, 2004),
    *(2026, 2031, 2048),
]
ALWAYS_ON = [2, 1020, 1036, 1039, 2027]
ALWAYS_OFF = [8, 10, 30, 34, 38, 44, 60, 61, 64, 68, 81, 100, 117, 1001, 1021, 1050, 1051, 1060, 1061, 2001, 2005]
NOT_KNOWN = [0, 15, 46, 80, 118, 1013, 1017, 2000, 2007, 2028, 4711, 65535]


@pytest.mark.parametrize("mode", SWITCHED)
def test_a_mode_that_can_be_switched_says_how_it_stands(mode: int) -> None:
    assert states_of(mode) == ("1", "2")


@pytest.mark.parametrize(
    ("mode", "state"),
    [*((mode, "3") for mode in ALWAYS_ON), *((mode, "4") for mode in ALWAYS_OFF), *((mode, "0") for mode in NOT_KNOWN)],
)
def test_a_mode_that_can_not_be_switched_says_so(mode: int, state: str) -> None:
    assert states_of(mode) == (state, state)


@pytest.mark.parametrize(
    ("mode", "states"), [(2, "12"), (4, "12"), (12, "12"), (20, "12"), (1, "44"), (19, "44"), (6, "00")]
)
def test_ansi_modes_say_how_they_stand(mode: int, states: str) -> None:
    assert states_of(mode, private="") == tuple(states)


def test_the_mode_of_the_saved_cursor_tells_whether_there_is_one() -> None:
    answers: list[bytes] = []
    Emulator(20, 4, reply=answers.append).feed(b"\x1b[?1048$p\x1b7\x1b[?1048$p")
    assert answers == [b"\x1b[?1048;2$y\x1b[?1048;1$y"]


def test_the_blinking_mode_is_that_of_the_cursor_style() -> None:
    answers: list[bytes] = []
    Emulator(20, 4, reply=answers.append).feed(b"\x1b[?12$p\x1b[3 q\x1b[?12$p\x1b[?12l\x1bP$q q\x1b\\")
    assert answers == [b"\x1b[?12;2$y\x1b[?12;1$y\x1bP1$r4 q\x1b\\"]


def states_of(mode: int, private: str = "?") -> tuple[str, ...]:
    """What DECRQM says after the mode was set and after it was reset."""
    answers: list[bytes] = []
    emulator = Emulator(20, 4, reply=answers.append)
    for final in "hl":
        emulator.feed(f"\x1b[{private}{mode}{final}\x1b[{private}{mode}$p".encode())
    return tuple(answer.decode().removesuffix("$y")[-1] for answer in answers if answer.endswith(b"$y"))
