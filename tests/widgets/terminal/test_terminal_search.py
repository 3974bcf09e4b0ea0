"""Searching the text: what is found, over soft wraps, while output comes, and what bounds it."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.search import PatternError, Search, compile_pattern
from mooring_widgets.terminal.search import matches as matches_module
from mooring_widgets.terminal.search.matches import Matches

PIECES = st.lists(
    st.sampled_from(
        [
            b"ab abab\r\n",
            "日ab本Ab\r\n".encode(),
            b"ab" * 15,
            b"\r\n",
            b"\x1b[31mxab\x1b[m\r\n" * 9,
            b"\x1b[Hab",
            b"\x1b[2J",
        ]
    ),
    max_size=10,
)


def finish(search: Search) -> list[tuple[Place, Place]]:
    """Work to the end, in slices too short for more than a line."""
    while search.has_work:
        search.work(1e-9)
    return [search.matches[index] for index in range(len(search.matches))]


def cells_of(emulator: Emulator, line: int) -> tuple[tuple[str, ...], bool]:
    """What is written on a line, and whether it goes on: a column that a wide character did not fit in is no text."""
    row = emulator.row_at(line)
    assert row is not None
    below = emulator.row_at(line + 1)
    is_padded = row.wrapped and below is not None and below.cells[1] == "" and row.cells[-1] == " "
    return (row.cells[:-1] if is_padded else row.cells), row.wrapped


def expected(emulator: Emulator, pattern: str) -> list[tuple[int, str]]:
    """The lines that matches begin on and their texts, found the simple way."""
    found: list[tuple[int, str]] = []
    lines = range(emulator.first_line, emulator.scrolled_out + emulator.lines)
    group: list[tuple[int, str]] = []
    for line in lines:
        cells, goes_on = cells_of(emulator, line)
        group += [(line, cell) for cell in cells]
        if not goes_on or line == lines[-1]:
            owners = [owner for owner, cell in group for _ in cell]
            text = "".join(cell for _owner, cell in group)
            found += [(owners[match.start()], match[0]) for match in re.finditer(pattern, text, re.IGNORECASE)]
            group = []
    return found


def texts(emulator: Emulator, found: list[tuple[Place, Place]]) -> list[tuple[int, str]]:
    """What matches say."""
    said = []
    for first, last in found:
        text = ""
        for line in range(first.line, last.line + 1):
            cells, _goes_on = cells_of(emulator, line)
            start = first.column if line == first.line else 0
            text += "".join(cells[start : last.column + 1 if line == last.line else None])
        said.append((first.line, text))
    return said


@settings(max_examples=60, deadline=None)
@given(PIECES, PIECES, st.sampled_from(["ab", "本a", "b a", "a.*b"]), st.integers(0, 40))
def test_what_is_found_is_what_is_there_also_after_more_output(
    before: list[bytes], after: list[bytes], pattern: str, scrollback: int
) -> None:
    emulator = Emulator(11, 4, scrollback_lines=scrollback)
    for piece in before:
        emulator.feed(piece)
    search = Search(compile_pattern(pattern, is_regex="." in pattern), emulator)
    assert texts(emulator, finish(search)) == expected(emulator, pattern)
    for piece in after:
        emulator.feed(piece)
        search.text_changed()
        search.work(1e-9)
    search.text_changed()
    assert texts(emulator, finish(search)) == expected(emulator, pattern)


def test_a_search_goes_on_while_lines_are_dropped() -> None:
    emulator = Emulator(40, 5, scrollback_lines=2000)
    emulator.feed(b"".join(b"needle %d\r\n" % number for number in range(3000)))
    search = Search(compile_pattern("needle"), emulator)
    while search.has_work:
        search.work(1e-9)
        emulator.feed(b"more\r\n" * 3)
    search.text_changed()
    found = finish(search)
    assert texts(emulator, found) == expected(emulator, "needle")


def test_the_newest_are_found_first_and_the_oldest_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches_module, "KEPT", 700)
    emulator = Emulator(40, 5, scrollback_lines=5000)
    for number in range(2000):
        emulator.feed(b"needle %d\r\n" % number)
    search = Search(compile_pattern("needle"), emulator)
    search.work(1e-9)
    while not search.matches:
        search.work(1e-9)
    assert search.matches[len(search.matches) - 1][0] == Place(1999, 0)
    found = finish(search)
    assert 700 <= len(found) < 900
    assert found[-1][0] == Place(1999, 0)
    emulator.feed(b"needle\r\n" * 50)
    search.text_changed()
    assert len(finish(search)) == 700


@pytest.mark.parametrize(
    ("pattern", "is_regex", "text", "found"),
    [
        ("error", False, "Error ERROR error", 3),
        ("Error", False, "Error ERROR error", 1),
        ("a.b", False, "a.b axb", 1),
        ("a.b", True, "a.b axb", 2),
        (r"\Wfoo", True, " FOO", 1),
        (r"^x", True, "x x", 1),
        (r"x*", True, "yxxyx", 2),
        ("ss", False, "Straße", 0),
        ("I", False, "i", 0),
    ],
)
def test_smart_case_and_expressions(pattern: str, is_regex: bool, text: str, found: int) -> None:
    assert len(list(compile_pattern(pattern, is_regex=is_regex).spans(text))) == found


@pytest.mark.parametrize("pattern", ["[", "(", "*", "a" * 501, "(" * 450, r"\p{nothing}"])
def test_a_pattern_that_means_nothing_is_told(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern, is_regex=True)


@pytest.mark.parametrize("pattern", [r"(?:a{1,900}){1,900}b", r"(?R)", r"(a|aa|aaa)+(b|c)?\1\1$", r"((a*)*)*\2b"])
def test_an_expression_that_would_take_for_ever_is_given_up(pattern: str) -> None:
    emulator = Emulator(200, 50, scrollback_lines=1000)
    emulator.feed(b"a" * 40_000 + b"\r\n" + (b"a" * 190 + b"\r\n") * 300)
    search = Search(compile_pattern(pattern, is_regex=True), emulator)
    began = perf_counter()
    longest = 0.0
    while search.has_work:
        step = perf_counter()
        search.work(0.002)
        longest = max(longest, perf_counter() - step)
        assert perf_counter() - began < 60
    assert longest < 5  # 0.05 on a quiet machine; without the deadline it would be hours


def test_many_matches_are_kept_in_little_memory() -> None:
    matches = Matches()
    for line in range(1000, 0, -1):
        matches.put_before([(Place(line, column), Place(line, column + 2)) for column in range(0, 50, 5)])
    assert len(matches) == 10_000
    assert matches[0] == (Place(1, 0), Place(1, 2))
    assert matches.index_at(Place(500, 5)) == 4991
    assert matches.index_at(Place(500, 6)) is None
    assert matches.index_before(Place(500, 5)) == 4990
    assert matches.index_after(Place(500, 5)) == 4992
    assert matches.index_before(Place(1, 0)) is None
    assert matches.index_after(Place(1000, 45)) is None
    assert [first for first, _last in matches.touching(500, 501)] == [Place(500, column) for column in range(0, 50, 5)]
    matches.drop_before(500)
    matches.replace_from(1000, [(Place(1000, 1), Place(1001, 0))])
    assert len(matches) == 5001
    assert [first for first, _last in matches.touching(1001, 1002)] == [Place(1000, 1)]
