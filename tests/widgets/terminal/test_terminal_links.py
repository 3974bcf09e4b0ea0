"""Links: marked by the remote, or addresses that stand in the text, over the edges that autowrap broke."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator
from mooring_widgets.terminal.links import Link, addresses_in, link_at, links_on
from mooring_widgets.terminal.place import Place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.com/a.", ["https://example.com/a"]),
        ("(https://example.com/a_(b)), or", ["https://example.com/a_(b)"]),
        ("<http://a.example/?q=1&r=2>", ["http://a.example/?q=1&r=2"]),
        ("git clone ssh://git@host:2222/repo.git!", ["ssh://git@host:2222/repo.git"]),
        ("'file:///etc/hosts' \"sftp://h/p\"", ["file:///etc/hosts", "sftp://h/p"]),
        ("mailto:ops@example.com; https://b.example", ["mailto:ops@example.com", "https://b.example"]),
        ("[md](https://c.example/x)", ["https://c.example/x"]),
        ("https:// http:/x ftp.example.com C:\\x a://b xhttps://no", []),
        ("https://日本.example/パス 次", ["https://日本.example/パス"]),
    ],
)
def test_addresses_in_text(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in addresses_in(text)] == found


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="https://(.)[]x \u65e5", max_size=400))
def test_any_text_is_read_and_addresses_never_overlap(text: str) -> None:
    end = 0
    for start, stop in addresses_in(text):
        assert end <= start < stop <= len(text)
        assert text[start:].startswith("http")
        end = stop


def at(emulator: Emulator, line: int, column: int) -> Link | None:
    """The link at a cell."""
    return link_at(Place(line, column), emulator.row_at)


def test_an_address_goes_on_behind_the_edge() -> None:
    emulator = Emulator(20, 6)
    emulator.feed("日 https://example.com/0123456789/日本 x\r\nhttps://b.example/".encode())
    address = "https://example.com/0123456789/日本"
    for line, column in ((0, 5), (1, 0), (1, 13), (1, 16)):
        found = at(emulator, line, column)
        assert found == Link(address, address, Place(0, 3), Place(1, 17)), (line, column)
        assert found.is_plain
    assert at(emulator, 0, 1) is None
    assert at(emulator, 1, 19) is None
    assert [link.address for link in links_on(2, emulator.row_at)] == ["https://b.example/"]
    assert links_on(1, emulator.row_at) == ()


def test_a_marked_link_is_told_apart_by_address_and_id() -> None:
    emulator = Emulator(12, 4)
    emulator.feed(
        b"\x1b]8;id=1;https://one.example/\x07first of all\x1b]8;id=2;https://one.example/\x07two\x1b]8;;\x07"
        b" \x1b]8;;https://three.example/\x07https://four.example/\x1b]8;;\x07"
    )
    first, second, third = (at(emulator, *cell) for cell in ((0, 0), (1, 1), (1, 6)))
    assert first == Link("https://one.example/", "first of all", Place(0, 0), Place(0, 11))
    assert second == Link("https://one.example/", "two", Place(1, 0), Place(1, 2))
    assert third is not None
    assert (third.address, third.text) == ("https://three.example/", "https://four.example/")
    assert not third.is_plain
    assert links_on(1, emulator.row_at) == (second, third)
    assert third.columns(2, 12) == (0, 12)


def test_a_line_without_end_is_looked_at_in_part() -> None:
    emulator = Emulator(10, 5, scrollback_lines=5000)
    emulator.feed(b"https://example.com/" + b"a" * 40_000)
    found = at(emulator, emulator.scrolled_out, 3)
    assert found is None or len(found.address) < 2000
