"""Operating system commands: what they tell the reader, and what they must not do."""

from __future__ import annotations

import base64

import pytest

from mooring_widgets.emulator import (
    BellRang,
    ClipboardWritten,
    DirectoryChanged,
    Emulator,
    Event,
    IconNameChanged,
    NotificationSent,
    PaletteChanged,
    PromptMark,
    PromptMarked,
    Rgb,
    Settings,
    TitleChanged,
)

CASES: dict[bytes, tuple[Event, ...]] = {
    b"\x1b]2;a title\x07": (TitleChanged("a title"),),
    b"\x1b]2;a title\x1b\\": (TitleChanged("a title"),),
    b"\xc2\x9d2;a title\xc2\x9c": (TitleChanged("a title"),),
    b"\x1b]0;both\x07": (IconNameChanged("both"), TitleChanged("both")),
    b"\x1b]1;icon\x07": (IconNameChanged("icon"),),
    b"\x1b]2;no \x01co\xc2\x85ntrols\xe2\x80\xae\x07": (TitleChanged("no controls"),),
    b"\x1b]2;cut\x18\x07": (BellRang(),),
    b"\x07\x07\x07": (BellRang(),),
    b"\x1b]52;c;aGVsbG8=\x07": (ClipboardWritten("c", "hello"),),
    b"\x1b]52;;aGVsbG8=\x07": (ClipboardWritten("s0", "hello"),),
    b"\x1b]52;c;?\x07": (),
    b"\x1b]52;c;no base64!\x07": (),
    "\x1b]52;c;aGk=\u00e9\x07".encode(): (),
    b"\x1b]52;xyz;aGVsbG8=\x07": (),
    b"\x1b]7;file://web-1/home/a%20b\x07": (DirectoryChanged("web-1", "/home/a b"),),
    b"\x1b]7;file://h/a%1b%0ab\x07": (DirectoryChanged("h", "/ab"),),
    b"\x1b]7;http://h/a\x07": (),
    b"\x1b]7;file://[::1/\x07": (),
    b"\x1b]4;7;rgb:12/34/56\x07": (PaletteChanged(7, Rgb(0x12, 0x34, 0x56)),),
    b"\x1b]4;7;#fff;8;#000\x07": (PaletteChanged(7, Rgb(240, 240, 240)), PaletteChanged(8, Rgb(0, 0, 0))),
    b"\x1b]4;7;nonsense;999;#fff;x;#fff\x07": (),
    b"\x1b]4;7;#fff\x07\x1b]104;7\x07": (PaletteChanged(7, Rgb(240, 240, 240)), PaletteChanged(7, None)),
    b"\x1b]11;#102030\x07\x1b]111\x07": (
        PaletteChanged("background", Rgb(0x10, 0x20, 0x30)),
        PaletteChanged("background", None),
    ),
    b"\x1b]133;A\x07": (PromptMarked(PromptMark.PROMPT_START, 0),),
    b"\r\n\x1b]133;D;3\x07": (PromptMarked(PromptMark.COMMAND_END, 1, 3),),
    b"\x1b]133;Z\x07": (),
    b"\x1b]9;done\x07": (NotificationSent("", "done"),),
    b"\x1b]777;notify;title;body\x07": (NotificationSent("title", "body"),),
    b"\x1b]99999;x\x07\x1b]x\x07\x1b]\x07": (),
}


@pytest.mark.parametrize("sent", CASES, ids=repr)
def test_events(sent: bytes) -> None:
    emulator = Emulator(20, 4)
    emulator.feed(sent)
    assert emulator.take_events() == CASES[sent]
    assert emulator.take_events() == ()


def test_title_is_capped() -> None:
    emulator = Emulator(20, 4, settings=Settings(title_limit=100))
    emulator.feed(b"\x1b]2;" + b"x" * 5000 + b"\x07")
    assert emulator.title == "x" * 100


def test_clipboard_is_capped_and_whole_in_any_pieces() -> None:
    text = "text " * 40_000
    sent = b"\x1b]52;c;" + base64.b64encode(text.encode()) + b"\x07"
    emulator = Emulator(20, 4)
    for start in range(0, len(sent), 1000):
        emulator.feed(sent[start : start + 1000])
    assert emulator.take_events() == (ClipboardWritten("c", text),)
    small = Emulator(20, 4, settings=Settings(clipboard_limit=1000))
    small.feed(sent)
    assert small.take_events() == ()


def test_an_endless_string_is_dropped_and_the_terminal_goes_on() -> None:
    emulator = Emulator(20, 4, settings=Settings(clipboard_limit=1000))
    for _ in range(300):
        emulator.feed(b"\x1b]2;" if not _ else b"x" * 10_000)
    emulator.feed(b"\x07after")
    assert (emulator.title, emulator.display[0].rstrip()) == ("", "after")


def test_events_are_bounded() -> None:
    emulator = Emulator(20, 4)
    for number in range(5000):
        emulator.feed(b"\x1b]2;%d\x07" % number)
    events = emulator.take_events()
    assert len(events) <= 1024
    assert events[-1] == TitleChanged("4999")


def test_unknown_sequences_are_counted_and_ignored() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"\x1b[5y\x1b[6y\x1b]1234;x\x07\x1bPfoo\x1b\\\x1b%Htext")
    assert emulator.display[0].rstrip() == "text"
    assert emulator.unknown_sequences == {"CSI y": 2, "OSC": 1, "DCS": 1, "ESC %H": 1}
    for number in range(2000):
        emulator.feed(b"\x1b%c%c" % (0x20 + number % 16, 0x40 + number % 32))
    assert len(emulator.unknown_sequences) <= 256
