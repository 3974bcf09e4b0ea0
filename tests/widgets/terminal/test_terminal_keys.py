"""Keys: what terminals send is understood, and what xterm sends goes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring_widgets.emulator.modes import Modes
from mooring_widgets.terminal.function_keys import CURSOR_FINALS, KITTY_NUMBERS, PF_FINALS, TILDE_NUMBERS
from mooring_widgets.terminal.key_press import KeyAction, KeyPress, Modifiers
from mooring_widgets.terminal.key_sequences import parse
from mooring_widgets.terminal.keys import encode

NORMAL = Modes()
SHIFT, ALT, CTRL = Modifiers.SHIFT, Modifiers.ALT, Modifiers.CTRL

XTERM_SEQUENCES = [
    *(f"\x1b[{final}" for final in "ABCDEFH"),
    *(f"\x1b[1;{parameter}{final}" for parameter in range(2, 9) for final in "ABCDEFHPQRS"),
    *(f"\x1bO{final}" for final in "PQRS"),
    *(f"\x1b[{number}~" for number in TILDE_NUMBERS.values()),
    *(f"\x1b[{number};{parameter}~" for parameter in range(2, 9) for number in TILDE_NUMBERS.values()),
    *(chr(code) for code in range(0x80)),
    *(f"\x1b{chr(code)}" for code in range(0x80) if chr(code) not in "[O"),
    "\x1b[Z",
    "é",
    "É",
    "\x1bé",
    "日",
    "ß",
    "İ",
]


@pytest.mark.parametrize("sequence", XTERM_SEQUENCES, ids=ascii)
def test_what_xterm_sends_passes_unchanged(sequence: str) -> None:
    press = parse(sequence)
    assert press is not None
    assert encode(press, NORMAL) == sequence.encode()


@pytest.mark.parametrize(
    ("sequence", "sent"),
    [
        ("\x1b[1~", "\x1b[H"),  # tmux
        ("\x1b[4~", "\x1b[F"),
        ("\x1b[7~", "\x1b[H"),  # rxvt
        ("\x1b[8~", "\x1b[F"),
        ("\x1b[11~", "\x1bOP"),
        ("\x1b[5^", "\x1b[5;5~"),
        ("\x1b[5$", "\x1b[5;2~"),
        ("\x1b[5@", "\x1b[5;6~"),
        ("\x1b[a", "\x1b[1;2A"),
        ("\x1bOc", "\x1b[1;5C"),
        ("\x1b[[A", "\x1bOP"),  # Linux console
        ("\x1b\x1b[A", "\x1b[1;3A"),  # PuTTY's alt+up
        ("\x1b[27;5;49~", "1"),  # modifyOtherKeys of the outer terminal, unknown to the remote
        ("\x1b[27;5;97~", "\x01"),
        ("\x1b[13;5u", "\r"),
        ("\x1b[27u", "\x1b"),
        ("\x1b[97;5u", "\x01"),
        ("\x1b[49;3u", "\x1b1"),
        ("\x1b[97:65;2u", "A"),
        ("\x1b[97;;97u", "a"),
        ("\x1b[97;1:3u", ""),
        ("\x1b[97;1:2u", "a"),
        ("\x1b[0;;26085:26412u", "日本"),
        ("\x1b[57399u", "0"),
        ("\x1b[57441;2u", ""),  # left shift alone
        ("\x1b[9;2u", "\x1b[Z"),
        ("\x1b[127;3u", "\x1b\x7f"),
        ("\x1b[127;5u", "\x08"),
        ("\x1b[47;5u", "\x1f"),
        ("\x1b[32;5u", "\x00"),
        ("\x1b[13~", "\x1bOR"),
    ],
    ids=ascii,
)
def test_other_dialects_become_xterms(sequence: str, sent: str) -> None:
    press = parse(sequence)
    assert press is not None
    assert encode(press, NORMAL) == sent.encode()


@pytest.mark.parametrize("name", [*CURSOR_FINALS])
def test_cursor_keys_follow_application_mode_without_modifiers_only(name: str) -> None:
    modes = Modes(application_cursor=True)
    assert encode(KeyPress(name), modes) == f"\x1bO{CURSOR_FINALS[name]}".encode()
    assert encode(KeyPress(name, CTRL), modes) == f"\x1b[1;5{CURSOR_FINALS[name]}".encode()


def test_keypad_follows_its_mode() -> None:
    pressed = [KeyPress("kp_5"), KeyPress("kp_enter"), KeyPress("kp_add"), KeyPress("kp_left")]
    assert [encode(press, NORMAL) for press in pressed] == [b"5", b"\r", b"+", b"\x1b[D"]
    application = Modes(application_keypad=True)
    assert [encode(press, application) for press in pressed] == [b"\x1bOu", b"\x1bOM", b"\x1bOk", b"\x1b[D"]
    assert encode(KeyPress("kp_5", Modifiers.NUM_LOCK), application) == b"5"


def test_modes_of_enter_backspace_and_lock() -> None:
    assert encode(KeyPress("enter"), Modes(newline=True)) == b"\r\n"
    assert encode(KeyPress("backspace"), Modes(backarrow_sends_backspace=True)) == b"\x08"
    assert encode(KeyPress("backspace", CTRL), Modes(backarrow_sends_backspace=True)) == b"\x7f"
    assert encode(KeyPress("a", text="a"), Modes(keyboard_locked=True)) == b""


@pytest.mark.parametrize(
    ("resource", "sent"), [(-1, "\x1bOA"), (0, "\x1bO5A"), (1, "\x1b[5A"), (2, "\x1b[1;5A"), (3, "\x1b[>1;5A")]
)
def test_modify_cursor_keys(resource: int, sent: str) -> None:
    modes = Modes(application_cursor=True, modify_cursor_keys=resource)
    assert encode(KeyPress("up", CTRL), modes) == sent.encode()


@pytest.mark.parametrize(
    ("press", "first", "second"),
    [
        (KeyPress("a", text="a"), "a", "a"),
        (KeyPress("a", SHIFT, "A", "A"), "A", "\x1b[27;2;65~"),
        (KeyPress("a", CTRL), "\x01", "\x1b[27;5;97~"),
        (KeyPress("a", CTRL | SHIFT, "", "A"), "\x1b[27;6;65~", "\x1b[27;6;65~"),
        (KeyPress("a", ALT), "\x1ba", "\x1b[27;3;97~"),
        (KeyPress("a", ALT | CTRL), "\x1b\x01", "\x1b[27;7;97~"),
        (KeyPress("1", CTRL), "\x1b[27;5;49~", "\x1b[27;5;49~"),
        (KeyPress("1", SHIFT, "!", "!"), "!", "!"),
        (KeyPress("1", ALT), "\x1b1", "\x1b[27;3;49~"),
        (KeyPress("/", CTRL), "\x1f", "\x1b[27;5;47~"),
        (KeyPress(" ", CTRL), "\x00", "\x1b[27;5;32~"),
        (KeyPress("enter", CTRL), "\x1b[27;5;13~", "\x1b[27;5;13~"),
        (KeyPress("enter", ALT), "\x1b\r", "\x1b[27;3;13~"),
        (KeyPress("tab", CTRL), "\x1b[27;5;9~", "\x1b[27;5;9~"),
        (KeyPress("tab", SHIFT), "\x1b[Z", "\x1b[Z"),
        (KeyPress("backspace", CTRL), "\x08", "\x08"),
        (KeyPress("backspace", ALT), "\x1b\x7f", "\x1b[27;3;127~"),
        (KeyPress("up", CTRL), "\x1b[1;5A", "\x1b[1;5A"),
    ],
)
def test_modify_other_keys(press: KeyPress, first: str, second: str) -> None:
    assert encode(press, Modes(modify_other_keys=1)) == first.encode()
    assert encode(press, Modes(modify_other_keys=2)) == second.encode()


@pytest.mark.parametrize(
    ("flags", "press", "sent"),
    [
        (1, KeyPress("a", text="a"), "a"),
        (1, KeyPress("a", SHIFT, "A", "A"), "A"),
        (1, KeyPress("a", CTRL), "\x1b[97;5u"),
        (1, KeyPress("a", ALT), "\x1b[97;3u"),
        (1, KeyPress("escape"), "\x1b[27u"),
        (1, KeyPress("enter"), "\r"),
        (1, KeyPress("enter", SHIFT), "\x1b[13;2u"),
        (1, KeyPress("tab"), "\t"),
        (1, KeyPress("backspace", ALT), "\x1b[127;3u"),
        (1, KeyPress("up"), "\x1b[A"),
        (1, KeyPress("up", CTRL), "\x1b[1;5A"),
        (1, KeyPress("f1"), "\x1b[P"),
        (1, KeyPress("f3"), "\x1b[13~"),
        (1, KeyPress("f13"), "\x1b[57376u"),
        (1, KeyPress("delete"), "\x1b[3~"),
        (1, KeyPress("kp_5", text="5"), "5"),
        (1, KeyPress("kp_left"), "\x1b[57417u"),
        (1, KeyPress("kp_enter"), "\x1b[57414u"),
        (1, KeyPress("left_shift", SHIFT), ""),
        (1, KeyPress("a", action=KeyAction.RELEASE), ""),
        (2, KeyPress("escape"), "\x1b"),
        (2, KeyPress("a", CTRL), "\x01"),
        (2, KeyPress("up", action=KeyAction.REPEAT), "\x1b[1;1:2A"),
        (3, KeyPress("a", text="a", action=KeyAction.REPEAT), "a"),
        (3, KeyPress("a", text="a", action=KeyAction.RELEASE), "\x1b[97;1:3u"),
        (3, KeyPress("enter", action=KeyAction.RELEASE), ""),
        (5, KeyPress("a", CTRL | SHIFT, "", "A"), "\x1b[97:65;6u"),
        (5, KeyPress("ф", CTRL, "", "", "a"), "\x1b[1092::97;5u"),
        (8, KeyPress("a", text="a"), "\x1b[97u"),
        (8, KeyPress("enter"), "\x1b[13u"),
        (8, KeyPress("left_shift", SHIFT), "\x1b[57441;2u"),
        (24, KeyPress("a", SHIFT, "A", "A"), "\x1b[97;2;65u"),
        (24, KeyPress("a", text="a"), "\x1b[97;;97u"),
        (31, KeyPress("a", SHIFT, "A", "A", action=KeyAction.RELEASE), "\x1b[97:65;2:3u"),
        (31, KeyPress("", text="日本"), "\x1b[0;;26085:26412u"),
    ],
)
def test_kitty_protocol(flags: int, press: KeyPress, sent: str) -> None:
    assert encode(press, Modes(kitty_flags=flags)) == sent.encode()


@given(
    st.sampled_from([*CURSOR_FINALS, *PF_FINALS, *TILDE_NUMBERS, *KITTY_NUMBERS, *"az09/~é日"]),
    st.integers(0, 255),
    st.sampled_from(KeyAction),
)
def test_the_kitty_protocol_with_every_flag_loses_nothing(name: str, modifiers: int, action: KeyAction) -> None:
    press = KeyPress(name, Modifiers(modifiers), action=action)
    understood = parse(encode(press, Modes(kitty_flags=31)).decode())
    assert understood is not None
    assert replace(understood, text="", shifted="") == press


@given(st.text(max_size=40), st.integers(0, 31), st.integers(0, 2))
def test_nothing_that_is_sent_makes_us_raise(sequence: str, flags: int, level: int) -> None:
    press = parse(sequence) if sequence else None
    if press is not None:
        assert isinstance(encode(press, Modes(kitty_flags=flags, modify_other_keys=level)), bytes)


@given(st.from_regex(r"\x1b\[[0-9:;]{0,20}[u~A-HP-SZ]", fullmatch=True))
def test_numbers_out_of_range_make_no_characters(sequence: str) -> None:
    press = parse(sequence)
    if press is not None and press.is_character:
        press.name.encode()


@pytest.mark.parametrize("typed", ["\x1bA", "\x1b:", "\x1bx", "\x1b\r", "\x1b\x01"])
@pytest.mark.parametrize("level", [0, 1, 2])
def test_an_escape_with_a_key_close_behind_stays_that(typed: str, level: int) -> None:
    press = parse(typed)
    assert press is not None
    assert encode(press, Modes(modify_other_keys=level)) == typed.encode()


@pytest.mark.parametrize(
    ("press", "sent"),
    [
        (KeyPress("up"), b"\x9bA"),
        (KeyPress("f1"), b"\x8fP"),
        (KeyPress("f5", SHIFT), b"\x9b15;2~"),
        (KeyPress("a", CTRL), b"\x01"),
        (KeyPress("[", ALT), b"\x1b["),
        (KeyPress("o", ALT | SHIFT, "", "O"), b"\x1bO"),
        (KeyPress("escape"), b"\x1b"),
    ],
)
def test_eight_bit_controls(press: KeyPress, sent: bytes) -> None:
    assert encode(press, Modes(eight_bit_controls=True)) == sent


def test_modified_keys_in_the_second_format() -> None:
    modes = Modes(modify_other_keys=2, format_other_keys=1)
    assert encode(KeyPress("a", CTRL), modes) == b"\x1b[97;5u"
    assert encode(KeyPress("enter", SHIFT), modes) == b"\x1b[13;2u"


def test_modify_resources_that_were_switched_off() -> None:
    modes = Modes(modify_other_keys=-1, modify_cursor_keys=-1, modify_function_keys=-1)
    assert encode(KeyPress("a", CTRL), modes) == b"\x01"
    assert encode(KeyPress("up", CTRL), modes) == b"\x1b[A"
    assert encode(KeyPress("f5", CTRL), modes) == b"\x1b[15~"
