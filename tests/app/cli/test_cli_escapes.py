"""Escape characters: what is sent and what is done, however the typing is cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.cli.native.escapes import EscapeCommand, EscapeFilter, help_text, parse_escape_character, shown

TILDE = ord("~")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (b"hello", [b"hello"]),
        (b"~.", [EscapeCommand.DISCONNECT]),
        (b"a~.", [b"a~."]),
        (b"\r~.", [b"\r", EscapeCommand.DISCONNECT]),
        (b"\n~?x", [b"\n", EscapeCommand.HELP, b"x"]),
        (b"~~", [b"~"]),
        (b"~~.", [b"~."]),
        (b"\r~x", [b"\r~x"]),
        (b"~\x1a", [EscapeCommand.SUSPEND]),
        (b"~#~?", [EscapeCommand.LIST_CONNECTIONS, EscapeCommand.HELP]),
        (b"~C", [EscapeCommand.COMMAND_LINE]),
        (b"ls\r~B", [b"ls\r", EscapeCommand.BREAK]),
        (b"~", []),
    ],
)
def test_escapes_at_the_start_of_a_line(typed: bytes, expected: list[bytes | EscapeCommand]) -> None:
    assert EscapeFilter(TILDE).feed(typed) == expected


@given(typed=st.text(alphabet="ab\r\n~.?#\x1aBC", max_size=40), cuts=st.lists(st.integers(0, 40)))
def test_chunks_do_not_matter(typed: str, cuts: list[int]) -> None:
    data = typed.encode()
    whole = _joined(EscapeFilter(TILDE).feed(data))
    filter_ = EscapeFilter(TILDE)
    edges = [0, *sorted(cut for cut in cuts if cut <= len(data)), len(data)]
    parts = [item for start, end in itertools.pairwise(edges) for item in filter_.feed(data[start:end])]
    assert _joined(parts) == whole


def _joined(items: list[bytes | EscapeCommand]) -> list[bytes | EscapeCommand]:
    result: list[bytes | EscapeCommand] = []
    for item in items:
        last = result[-1] if result else None
        if isinstance(item, bytes) and isinstance(last, bytes):
            result[-1] = last + item
        else:
            result.append(item)
    return result


def test_the_character_is_read_from_the_configuration() -> None:
    assert parse_escape_character("~") == TILDE
    assert parse_escape_character("^]") == 0x1D
    assert parse_escape_character("\x1d") == 0x1D
    assert parse_escape_character("none") is None
    assert shown(0x1D) == "^]"


def test_help_names_the_command_line_only_where_it_is_allowed() -> None:
    assert "~C" in help_text("~", command_line=True)
    assert "~C" not in help_text("~", command_line=False)
