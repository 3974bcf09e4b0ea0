"""The input parser: sequences whole or in pieces, lone ESC, pastes, and what Textual's own parser gets wrong."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import AppBlur, AppFocus, Key, MouseDown, MouseEvent, MouseScrollDown, Paste
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from mooring_widgets.terminal.extra_buttons import ExtraButtonDown, ExtraButtonUp
from mooring_widgets.terminal.input_parser import ESCAPE_DELAY, InputParser, KittyFlagsReported
from mooring_widgets.terminal.raw_key import RawKey, press_of


def read(text: str) -> list[Message]:
    """Everything that `text` means, with what was held back at its end."""
    parser = InputParser()
    return [*parser.feed(text), *parser.expire()]


def names(text: str) -> list[str]:
    """The key names that ordinary widgets see."""
    return [message.key for message in read(text) if isinstance(message, Key)]


@pytest.mark.parametrize(
    ("sequence", "name"),
    [
        ("a", "a"),
        ("A", "A"),
        (" ", "space"),
        ("\r", "enter"),
        ("\t", "tab"),
        ("\x7f", "backspace"),
        ("\x08", "backspace"),
        ("\x11", "ctrl+q"),
        ("\x1c", "ctrl+backslash"),
        ("\x1f", "ctrl+underscore"),
        ("\x1b", "escape"),
        ("\x1b1", "alt+1"),
        ("\x1b2", "alt+2"),
        ("\x1b.", "alt+full_stop"),
        ("\x1b/", "alt+slash"),
        ("\x1b\x01", "alt+ctrl+a"),
        ("\x1b\r", "alt+enter"),
        ("\x1b\x7f", "alt+backspace"),
        ("\x1b\t", "alt+tab"),
        ("\x1bA", "alt+shift+a"),
        ("\x1b[", "alt+left_square_bracket"),
        ("\x1bO", "alt+shift+o"),
        ("\x1b[A", "up"),
        ("\x1b[1;3A", "alt+up"),
        ("\x1b[1;2P", "shift+f1"),
        ("\x1b[1;2R", "shift+f3"),
        ("\x1b[5;5~", "ctrl+pageup"),
        ("\x1b[5;2~", "shift+pageup"),
        ("\x1b[1;2H", "shift+home"),
        ("\x1b[24~", "f12"),
        ("\x1b[97;1:3u", "<ignore>"),
        ("\x1b[97:65;2u", "A"),
        ("\x1b[97;6u", "ctrl+shift+a"),
        ("\x1b[13;2u", "shift+enter"),
        ("\x1b[57441u", "<ignore>"),
        ("\x1bOp", "0"),
        ("\x1b[999~", "<ignore>"),
    ],
    ids=ascii,
)
def test_ordinary_widgets_get_textuals_names(sequence: str, name: str) -> None:
    assert names(sequence) == [name]


def test_characters_for_widgets_that_take_text() -> None:
    typed = [
        (message.key, message.character) for message in read("aA é\x1b[97;;97u\x1b1\r") if isinstance(message, Key)
    ]
    assert typed == [
        ("a", "a"),
        ("A", "A"),
        ("space", " "),
        ("é", "é"),
        ("a", "a"),
        ("alt+1", None),
        ("enter", "\r"),
    ]


@given(st.lists(st.sampled_from(["a", "é", "\x1b[A", "\x1bOP", "\x1b[5;2~", "\x1b[97:65;2u", "\x01"])), st.data())
def test_any_cut_gives_the_same_keys(sequences: list[str], data: st.DataObject) -> None:
    text = "".join(sequences)
    parser = InputParser()
    seen: list[str] = []
    position = 0
    while position < len(text):
        size = data.draw(st.integers(1, len(text) - position))
        seen += [
            message.sequence for message in parser.feed(text[position : position + size]) if isinstance(message, RawKey)
        ]
        position += size
    assert seen == sequences


@given(st.text(alphabet="\x1b[O<0123456789;:~uMRa\x00$ ?", max_size=60))
def test_no_input_raises_or_is_held_for_ever(text: str) -> None:
    parser = InputParser()
    for _message in parser.feed(text):
        pass
    if parser.deadline is not None:
        assert parser.deadline <= monotonic() + 0.1
        assert all(isinstance(message, RawKey) for message in parser.expire())
    assert parser.deadline is None


def test_escape_alone_waits_less_than_thirty_milliseconds() -> None:
    parser = InputParser()
    assert list(parser.feed("\x1b")) == []
    assert parser.deadline is not None
    assert parser.deadline - monotonic() <= ESCAPE_DELAY < 0.03
    (escape,) = parser.expire()
    assert isinstance(escape, RawKey)
    assert escape.sequence == "\x1b"


def test_paste_in_pieces_is_one_paste() -> None:
    parser = InputParser()
    text = "x\x1b[200~one\x1b[A\r\ntwo\x00\x1b[201~y"
    messages = [message for character in text for message in parser.feed(character)]
    assert [type(message) for message in messages] == [RawKey, Paste, RawKey]
    assert isinstance(messages[1], Paste)
    assert messages[1].text == "one\x1b[A\r\ntwo"


def test_what_is_no_key_is_still_textuals() -> None:
    messages = read("\x1b[I\x1b[O\x1b[<0;3;4M\x1b[<65;3;4M\x1b[?2026;2$y\x1b[?31u")
    assert [type(message) for message in messages] == [
        AppFocus,
        AppBlur,
        MouseDown,
        MouseScrollDown,
        TerminalSupportsSynchronizedOutput,
        KittyFlagsReported,
    ]


def test_reports_of_the_terminal_are_no_keys() -> None:
    assert read("\x1b[?62;1;2c\x1b[>41;354;0c\x1b[0n\x1b[12;40R") == []


def test_buttons_beyond_the_first_three_are_told_apart() -> None:
    messages = read("\x1b[<128;3;4M\x1b[<131;3;4m\x1b[<149;3;4M\x1b[<160;3;4M")
    assert all(isinstance(message, ExtraButtonDown | ExtraButtonUp) for message in messages)
    told = [(type(m), m.button, m.x, m.y, m.shift, m.ctrl) for m in messages if isinstance(m, MouseEvent)]
    assert told == [
        (ExtraButtonDown, 8, 2, 3, False, False),
        (ExtraButtonUp, 11, 2, 3, False, False),
        (ExtraButtonDown, 9, 2, 3, True, True),
    ]


def test_escape_before_a_mouse_report_is_the_escape_key() -> None:
    escape, mouse = read("\x1b\x1b[<0;3;4M")
    assert isinstance(escape, RawKey)
    assert isinstance(mouse, MouseDown)


@pytest.mark.parametrize(
    "name", ["ctrl+q", "alt+full_stop", "alt+shift+a", "space", "f5", "shift+pageup", "A", "é", "tab"]
)
def test_events_of_other_drivers_are_understood_by_name(name: str) -> None:
    by_name = press_of(Key(name, " " if name == "space" else None))
    assert by_name is not None
    shown = {
        "ctrl+q": "\x11",
        "alt+full_stop": "\x1b.",
        "alt+shift+a": "\x1bA",
        "space": " ",
        "f5": "\x1b[15~",
        "shift+pageup": "\x1b[5;2~",
        "A": "A",
        "é": "é",
        "tab": "\t",
    }[name]
    raw = RawKey.from_sequence(shown)
    assert raw.press is not None
    assert (by_name.name, by_name.modifiers) == (raw.press.name, raw.press.modifiers)
