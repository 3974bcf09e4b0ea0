"""Text by line numbers: runs of lines without their looks, and the text that stays as it was."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator, StillText

PIECES = st.lists(
    st.sampled_from(
        [
            b"plain\r\n",
            b"\x1b[31mred\x1b[0m\r\n" * 9,
            "日本語 x\r\n".encode(),
            b"a" * 25,
            b"\r\n",
            b"x\r\n" * 60,
            b"\x1b[H",
        ]
    ),
    max_size=12,
)


def read_back(text: Emulator | StillText) -> dict[int, tuple[str, bool]]:
    """Every line from the newest to the oldest, by runs."""
    found: dict[int, tuple[str, bool]] = {}
    end = text.scrolled_out + text.lines
    while (run := text.text_before(end)) is not None:
        assert run.end == end
        assert run.texts
        for line in range(run.first, run.end):
            found[line] = ("".join(run.columns_of(line)), line in run.wrapped)
        end = run.first
    return found


def read_rows(text: Emulator | StillText) -> dict[int, tuple[str, bool]]:
    """The same by rows."""
    lines = range(text.first_line, text.scrolled_out + text.lines)
    rows = {line: row for line in lines if (row := text.row_at(line)) is not None}
    assert len(rows) == len(lines)
    return {line: (row.text.rstrip(), row.wrapped) for line, row in rows.items()}


@settings(max_examples=40, deadline=None)
@given(PIECES, st.integers(0, 200))
def test_runs_hold_what_the_rows_show(pieces: list[bytes], scrollback: int) -> None:
    emulator = Emulator(20, 4, scrollback_lines=scrollback)
    for piece in pieces:
        emulator.feed(piece)
    by_runs = {line: (text.rstrip(), wrapped) for line, (text, wrapped) in read_back(emulator).items()}
    assert by_runs == read_rows(emulator)
    assert emulator.row_at(emulator.first_line - 1) is None
    assert emulator.row_at(emulator.scrolled_out + 4) is None


@settings(max_examples=25, deadline=None)
@given(PIECES, PIECES)
def test_still_text_stays_whatever_is_written(before: list[bytes], after: list[bytes]) -> None:
    emulator = Emulator(20, 4, scrollback_lines=100)
    for piece in before:
        emulator.feed(piece)
    still = emulator.still()
    runs, rows = read_back(still), read_rows(still)
    for piece in (*after, b"\x1b[2J\x1b[3J", b"more\r\n" * 150):
        emulator.feed(piece)
    assert read_back(still) == runs
    assert read_rows(still) == rows


def test_the_alternate_screen_has_no_text_above_it() -> None:
    emulator = Emulator(20, 4)
    emulator.feed(b"line\r\n" * 20 + b"\x1b[?1049h\x1b[Hmenu")
    for text in (emulator, emulator.still()):
        assert text.first_line == text.scrolled_out
        assert text.text_before(text.first_line) is None
        assert [line for line, (words, _wrapped) in read_back(text).items() if words.strip()] == [text.first_line]
