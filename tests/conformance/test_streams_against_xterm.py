"""Streams that a grammar makes, fed to us and to a real xterm: the same cells, cursor and answers.

Left out of the grammar is what versions of xterm do differently (rectangles with corners beyond the edge, or copied, or
whose attributes are changed; DECALN's colours; reverse wrap), what CONFORMANCE.md says we do otherwise, and what UTF-8
has no use for (GR, single shifts).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator, Settings
from support.xterm_reference import XtermReference, cells_of, xterm_reference

COLUMNS, LINES = 20, 6

TEXTS = ["a", "bc", "hello", "x" * 7, "0123456789" * 2, " ", "éß", "─", "~`"]
WIDE = ["日", "日本", "a日", "日本語" * 4, "x"]
CONTROLS = ["\r\n", "\n", "\r", "\t", "\b", "\x0b", "\x0e", "\x0f", "\x07", "\x00"]
ESCAPES = ["7", "8", "D", "E", "M", "H", "6", "9", "(0", "(B", ")0", "n", "o", "V", "W", "=", ">"]
SEQUENCES = [
    *("[4h", "[4l", "[20h", "[20l", "[31m", "[m", "[1;44m", "[7m", "[4m", "[22;24m", "[38;5;200m", "[48;2;1;2;3m"),
    *('[1"q', '[0"q', '[2"q', "[!p", "[3g", "[g", "[s", "[u", "[#{", "[#}", "[5n", "[6n", "[?6n"),
]
MODES = [5, 6, 7, 25, 41, 69, 69, 95, 1048, 1, 66, 1000, 2004]
FINALS = [*"@ABCDEFGIJKLMPSXZ`abde", " @", " A", "'}", "'~", "^"]

amounts = st.sampled_from(["", "", "0", "1", "2", "3", "4", "5", "6", "7", "10", "19", "20", "21", "99"])
lines = st.integers(1, LINES).map(str)
columns = st.integers(1, COLUMNS).map(str)
rectangles = st.tuples(lines, columns, lines, columns).map(";".join)

pieces = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.sampled_from(CONTROLS),
    st.sampled_from(ESCAPES).map(lambda escape: f"\x1b{escape}"),
    st.sampled_from(SEQUENCES).map(lambda sequence: f"\x1b{sequence}"),
    st.builds(lambda mode, final: f"\x1b[?{mode}{final}", st.sampled_from(MODES), st.sampled_from("hl")),
    st.builds(lambda mode: f"\x1b[?{mode}$p", st.sampled_from([mode for mode in MODES if mode != 1048])),
    st.builds(lambda amount, final: f"\x1b[{amount}{final}", amounts, st.sampled_from(FINALS)),
    st.builds(lambda amount, final: f"\x1b[{amount}{final}", amounts, st.sampled_from(FINALS)),
    st.builds(lambda y, x, final: f"\x1b[{y};{x}{final}", amounts, amounts, st.sampled_from("HHfr")),
    st.builds(lambda left, right: f"\x1b[?69h\x1b[{left};{right}s", amounts, amounts),
    st.builds(lambda how, final: f"\x1b[?{how}{final}", st.sampled_from("012"), st.sampled_from("JK")),
    st.builds(lambda area, final: f"\x1b[?6l\x1b[{area}{final}", rectangles, st.just("${")),
    st.builds(lambda code, area: f"\x1b[?6l\x1b[{code};{area}$x", st.sampled_from([33, 65, 7]), rectangles),
)
wide_pieces = st.one_of(
    st.sampled_from(WIDE),
    st.sampled_from(WIDE),
    st.sampled_from(CONTROLS),
    st.sampled_from(["\x1b[31m", "\x1b[44m", "\x1b[m", "\x1b7", "\x1b8", "\x1bM"]),
    st.builds(lambda y, x: f"\x1b[{y};{x}H", amounts, amounts),
    st.builds(lambda amount, final: f"\x1b[{amount}{final}", amounts, st.sampled_from("ABCDEFGJKLMSTX")),
)
"""Wide characters, without what shifts columns: some versions of xterm leave halves of them behind at the edge."""

streams = st.one_of(st.lists(pieces, min_size=1, max_size=30), st.lists(wide_pieces, min_size=1, max_size=30)).map(
    lambda parts: "".join(parts).encode()
)


@pytest.fixture(scope="module")
def xterm() -> Iterator[XtermReference]:
    """One xterm for all streams."""
    with xterm_reference(columns=COLUMNS, lines=LINES) as reference:
        yield reference


def check(xterm: XtermReference, stream: bytes) -> None:
    """Compare what both show and answer."""
    answers: list[bytes] = []
    ours = Emulator(COLUMNS, LINES, reply=answers.append, settings=Settings(allow_checksum_reports=True))
    ours.feed(stream)
    xterm.reset()
    assert b"".join(answers) == xterm.feed(stream)
    cursor = ours.cursor
    assert (cursor.x, cursor.y, cursor.pending_wrap) == xterm.cursor
    assert cells_of(ours) == xterm.cells


@settings(deadline=None, derandomize=True, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(streams)
def test_streams_show_what_xterm_shows(xterm: XtermReference, stream: bytes) -> None:
    check(xterm, stream)


@pytest.mark.soak
@settings(deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
@given(streams)
def test_many_streams_show_what_xterm_shows(xterm: XtermReference, stream: bytes) -> None:
    check(xterm, stream)
