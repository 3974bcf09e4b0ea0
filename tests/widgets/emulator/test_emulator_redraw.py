"""A screen that is drawn anew from its bytes looks the same, and goes on the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator
from mooring_widgets.notice import notice_bytes
from support.terminal_state import RowState, TerminalState, state_of
from support.terminal_streams import piece

SCROLLBACK = 50
LARGE = tuple(b"\x1b#%d" % size for size in (3, 4, 6))
streams = st.lists(piece, max_size=30).map(b"".join)


def drawn_anew(emulator: Emulator, replies: list[bytes] | None = None) -> Emulator:
    """Another emulator that was fed what draws the first."""
    reply = None if replies is None else replies.append
    copy = Emulator(emulator.columns, emulator.lines, scrollback_lines=SCROLLBACK, reply=reply)
    for part in emulator.redraw():
        copy.feed(part)
    return copy


def comparable(emulator: Emulator, fed: bytes) -> TerminalState:
    """The state, without what a drawing leaves out."""
    state = state_of(emulator)
    wraps_are_lost = any(size in fed for size in LARGE)

    def row(of: RowState) -> RowState:
        cells = tuple(cell.rstrip("\u200d") for cell in of.cells)
        return replace(of, cells=cells, wrapped=of.wrapped and not wraps_are_lost)

    *others, last = map(row, state.screen)
    return replace(state, screen=(*others, replace(last, wrapped=False)), scrollback=tuple(map(row, state.scrollback)))


def check(columns: int, lines: int, before: bytes, after: bytes) -> None:
    """Draw anew what `before` made, and compare; then feed `after` to both, and compare again."""
    replies: list[bytes] = []
    others: list[bytes] = []
    emulator = Emulator(columns, lines, scrollback_lines=SCROLLBACK, reply=replies.append)
    emulator.feed(before)
    copy = drawn_anew(emulator, others)
    assert comparable(copy, before) == comparable(emulator, before)
    assert copy.palette == emulator.palette
    replies.clear()
    others.clear()
    emulator.feed(after)
    copy.feed(after)
    assert comparable(copy, before + after) == comparable(emulator, before + after)
    assert others == replies


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 40), st.integers(1, 12), streams, streams)
def test_whatever_was_fed_it_looks_and_goes_on_the_same(columns: int, lines: int, before: bytes, after: bytes) -> None:
    check(columns, lines, before, after)


@pytest.mark.soak
@settings(max_examples=30_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 40), st.integers(1, 12), streams, streams)
def test_whatever_was_fed_for_long(columns: int, lines: int, before: bytes, after: bytes) -> None:
    check(columns, lines, before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\x1b[41mred\r\n" * 9 + "日本".encode() * 9, b"x"),
        (b"one\r\n\x1b[?1049h\x1b[2;2Halt\x1b[1;31m", b"x\x1b[?1049ly"),
        (b"\x1b[2;4r\x1b[?6h\x1b[2;3Hin\x1b7\x1b[?6l\x1b[1;1H", b"\x1b8x\r\n\n\n\n"),
        (b"\x1b]2;mine\x1b\\\x1b[22;0t\x1b]2;vim\x1b\\", b"\x1b[23;0t"),
        (b"\x1b[=5u\x1b[>1u\x1b[>4;2m\x1b[?1h\x1b[?2004h\x1b[5 q", b"\x1b[<u\x1b[?u\x1b[?4m"),
        (b"\x1b(0lqk\x1b[1;20H\x1b[4hx", b"lqk\x0f"),
        (b"a line that is as wide as it can", "\xe9".encode()),
        (b"\x1b]4;1;#123456\x1b\\\x1b[#P\x1b]104\x1b\\\x1b]11;#abc\x1b\\", b"\x1b[#Q\x1b]4;1;?\x1b\\"),
        (b"text\x1b[31", b"mred"),
        (b"text\xe6\x97", b"\xa5!"),
        (b"text\x1b]0;unfinish", b"ed\x07"),
    ],
    ids=[
        "wide and coloured", "alternate screen", "margins", "titles", "keyboard", "line drawing", "wrap pending",
        "palettes", "half a sequence", "half a character", "half a title",
    ],
)  # fmt: skip
def test_each_part_of_the_state(before: bytes, after: bytes) -> None:
    check(32, 5, before, after)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(streams, streams)
def test_what_a_dead_program_left_on_can_be_put_back_by_what_is_fed(before: bytes, after: bytes) -> None:
    restored, fed = Emulator(20, 6), Emulator(20, 6)
    for emulator in (restored, fed):
        emulator.feed(before)
    sequences = fed.restoring()
    restored.restore_modes()
    fed.feed(sequences)
    # A sequence may be under way, and a wrap pending, which a line of ours ends.
    for emulator in (restored, fed):
        emulator.feed(notice_bytes("connection lost") + after)
    assert comparable(fed, before + after) == comparable(restored, before + after)


def test_a_cursor_that_was_saved_on_a_larger_screen_is_drawn() -> None:
    emulator = Emulator(10, 6)
    emulator.feed(b"\x1b[6;1H0123456789\x1b7\x1b[H")
    emulator.resize(10, 3)
    copy = drawn_anew(emulator)
    emulator.feed(b"\x1b8X")
    copy.feed(b"\x1b8X")
    assert copy.display == emulator.display
