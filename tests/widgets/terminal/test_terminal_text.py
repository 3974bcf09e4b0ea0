"""Pastes, notices, selections and links: text on its way in and out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator
from mooring_widgets.notice import notice_bytes
from mooring_widgets.terminal.links import link_at
from mooring_widgets.terminal.paste import encode
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.selected_text import text_of
from mooring_widgets.terminal.selection import Selection, Unit


@given(st.text(alphabet="\x1b[201~\x9ba\n\r\t\x07"))
def test_pasted_text_cannot_end_its_bracket(text: str) -> None:
    sent = encode(text, bracketed=True)
    assert sent.startswith(b"\x1b[200~")
    assert sent.endswith(b"\x1b[201~")
    inside = sent[6:-6].decode()
    assert "\x1b" not in inside
    assert "\x9b" not in inside


def test_pasted_lines_end_as_the_enter_key_does() -> None:
    assert encode("one\r\ntwo\nthree\tü\x00\x08", bracketed=False) == "one\rtwo\rthree\tü".encode()


@pytest.mark.parametrize(
    "before", [b"", b"text", b"\x1b]0;a title", b"\x1b[31", b"\x1bP+q", b"\x1b(0\x1b[7m", b"\xe6\x97", b"\x0e\x1b)0"]
)
def test_a_notice_stands_on_its_own_whatever_came_before(before: bytes) -> None:
    emulator = Emulator(40, 5)
    emulator.feed(before)
    emulator.feed(notice_bytes("lqk \x1b[31m\x07gone"))
    assert any(line.startswith("lqk  [31m gone ") for line in emulator.display)
    row = next(row for row in emulator.rows if row.text.startswith("lqk"))
    assert not row.style_at(0).inverse
    assert row.style_at(0).foreground is None


def select(emulator: Emulator, first: tuple[int, int], last: tuple[int, int], unit: Unit = Unit.CHARACTER) -> str:
    """The text of a selection between two (line, column)."""
    return text_of(Selection(Place(*first), Place(*last), unit), emulator)


def test_a_selection_joins_wrapped_rows_and_drops_blanks_at_line_ends() -> None:
    emulator = Emulator(10, 5)
    emulator.feed(b"abcdefghijklm\r\nsecond\r\n  third")
    assert select(emulator, (0, 8), (3, 4)) == "ijklm\nsecond\n  thi"
    assert select(emulator, (3, 4), (0, 8)) == "ijklm\nsecond\n  thi"


def test_words_lines_and_wide_characters_are_taken_whole() -> None:
    emulator = Emulator(30, 3)
    emulator.feed("cat /etc/hosts: 日本語 x".encode())
    assert select(emulator, (0, 8), (0, 8), Unit.WORD) == "/etc/hosts:"
    assert select(emulator, (0, 17), (0, 17)) == "日"
    assert select(emulator, (0, 3), (0, 3), Unit.LINE) == "cat /etc/hosts: 日本語 x"


def test_a_selection_stays_at_its_text_while_output_scrolls() -> None:
    emulator = Emulator(20, 3, scrollback_lines=100)
    emulator.feed(b"first line\r\nsecond line\r\n")
    chosen = Selection(Place(0, 0), Place(1, 5))
    before = text_of(chosen, emulator)
    emulator.feed(b"more\r\n" * 50)
    assert text_of(chosen, emulator) == before == "first line\nsecond"


def test_links_that_are_marked_and_links_that_stand_in_the_text() -> None:
    emulator = Emulator(60, 3)
    emulator.feed(b"\x1b]8;id=a;https://marked.example/\x1b\\here\x1b]8;;\x1b\\ and https://plain.example/x?y=1, then")

    def address_at(column: int) -> str | None:
        link = link_at(Place(0, column), emulator.row_at)
        return link.address if link is not None else None

    assert address_at(1) == "https://marked.example/"
    assert address_at(5) is None
    assert address_at(10) == "https://plain.example/x?y=1"
    assert address_at(36) is None
    assert address_at(99) is None
