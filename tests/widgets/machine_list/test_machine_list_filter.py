"""The filter: what a pattern means, which machines it keeps, and which letters it shows as matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring_widgets.fuzzy import fold, fuzzy_score
from mooring_widgets.machine_list.columns import Column
from mooring_widgets.machine_list.entry import Entry, batches_of, entries_of
from mooring_widgets.machine_list.filtering import RowFilter
from mooring_widgets.machine_list.matching import match_text, shape_table
from mooring_widgets.machine_list.pattern import Field, Term, Way, parse_pattern
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import Condition, RowState
from mooring_widgets.machine_list.work import finish
from mooring_widgets.plain_text import plain_text

ROWS = (
    MachineRow("web-1", "web-1", "10.0.0.1", "ops", "amazonec2", ("nginx",), ("production",), ("ansible",)),
    MachineRow("web-2", "web-2", "10.0.0.2", "ops", "amazonec2", ("nginx", "Blue"), ("production",), ("ansible",)),
    MachineRow("db-1", "db-1", "10.0.0.3", "postgres", "amazonec2", (), ("production", "data"), ("ssh_config",)),
    MachineRow("stage-web", "stage-web", "10.1.0.1", "ops", "", ("nginx",), ("no group",), ("ssh_config", "ansible")),
    MachineRow("old", "old", problem="no JSON"),
)
CONDITIONS = {
    "web-1": Condition(RowState.UP, "3 ms"),
    "web-2": Condition(RowState.TIMED_OUT, "timed out 5 s"),
    "db-1": Condition(RowState.DNS_FAILED),
}


def entries(rows: tuple[MachineRow, ...] = ROWS) -> list[Entry]:
    """Machines as the list holds them."""
    return list(finish(entries_of(rows, {})).values())


def kept(pattern: str, rows: tuple[MachineRow, ...] = ROWS) -> list[str]:
    """The machines that a pattern keeps, the best first."""
    found = finish(RowFilter(pattern, CONDITIONS).kept(finish(batches_of(entries(rows)))))
    return [entry.row.key for entry in found.ranked]


def marked(pattern: str, row: MachineRow) -> dict[Column, str]:
    """The letters that a pattern shows as matched, in each column."""
    condition = CONDITIONS.get(row.key, Condition(row.state))
    found = RowFilter(pattern, CONDITIONS).highlights(row, condition)
    return {
        column: "".join(column.text(row, condition)[position] for position in sorted(positions))
        for column, positions in found.items()
    }


@pytest.mark.parametrize(
    ("pattern", "terms"),
    [
        ("web 1", (Term("web"), Term("1"))),
        ("Web", (Term("Web", case_sensitive=True),)),
        (
            "'web ^db 1$ ^all$",
            (Term("web", Way.PIECE), Term("db", Way.START), Term("1", Way.END), Term("all", Way.WHOLE)),
        ),
        ("!web !tag:x", (Term("web", Way.PIECE, negated=True), Term("x", Way.PIECE, Field.TAG, negated=True))),
        ("tag:nginx state:^up", (Term("nginx", Way.PIECE, Field.TAG), Term("up", Way.START, Field.STATE))),
        ("group:no\\ group", (Term("no group", Way.PIECE, Field.GROUP),)),
        ("10.0.0.1:22 colour:red", (Term("10.0.0.1:22"), Term("colour:red"))),
        ("tag: ! ^ ' $", (Term("$"),)),
        ("web-* !tag:ng?nx", (Term("web-*", Way.GLOB), Term("ng?nx", Way.GLOB, Field.TAG, negated=True))),
        ("  ", ()),
    ],
)
def test_a_pattern_is_read_term_by_term(pattern: str, terms: tuple[Term, ...]) -> None:
    assert parse_pattern(pattern) == terms


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("w", ["web-1", "web-2", "stage-web"]),
        ("w2", ["web-2"]),
        ("nginx", ["web-1", "web-2", "stage-web"]),
        ("web 10.1", ["stage-web"]),
        ("tag:blue", ["web-2"]),
        ("tag:blue web-1", []),
        ("tag:Blue", ["web-2"]),
        ("tag:BLUE", []),
        ("group:production !web", ["db-1"]),
        ("group:no\\ group", ["stage-web"]),
        ("driver:ec2 user:post", ["db-1"]),
        ("source:ssh source:ansible", ["stage-web"]),
        ("!user:ops !old", ["db-1"]),
        ("state:up", ["web-1"]),
        ("state:down", ["db-1", "web-2"]),
        ("state:5\\ s", ["web-2"]),
        ("state:dns", ["db-1"]),
        ("state:problem", ["old"]),
        ("!state:down w", ["web-1", "stage-web"]),
        ("web-*", ["web-1", "web-2"]),
        ("*-[2-9] tag:b*", ["web-2"]),
        ("*web* !name:web", []),
        ("10.0.0.*", []),
        ("WEB-*", []),
        ("name:web", ["stage-web", "web-1", "web-2"]),
        ("nowhere", []),
    ],
)
def test_every_term_has_to_hold(pattern: str, expected: list[str]) -> None:
    assert kept(pattern) == expected


def test_names_come_before_what_stands_in_other_columns() -> None:
    rows = (MachineRow("a", "alpha", tags=("ops",)), MachineRow("o", "oxpxs-far-away"))
    assert kept("ops", rows) == ["o", "a"]


def test_favourites_and_what_was_used_come_first_among_equals() -> None:
    rows = (
        MachineRow("web-1", "web-1"),
        MachineRow("web-22", "web-22", favourite=True),
        MachineRow("web-333", "web-333", score=2.0),
        MachineRow("w-e-b", "w-e-b", favourite=True),
    )
    assert kept("web", rows) == ["web-22", "web-333", "web-1", "w-e-b"]
    assert kept("web-1", rows) == ["web-1"]
    assert kept("web", (*rows, MachineRow("web", "web")))[0] == "web", "a name that is typed out is meant"


@pytest.mark.parametrize(
    ("pattern", "row", "expected"),
    [
        ("w2", ROWS[1], {Column.NAME: "w2"}),
        ("postgres", ROWS[2], {Column.USER: "postgres"}),
        ("b 0.3", ROWS[2], {Column.NAME: "b", Column.ADDRESS: "0.3"}),
        ("tag:blue", ROWS[1], {Column.TAGS: "Blue"}),
        ("state:time", ROWS[1], {Column.STATE: "time"}),
        ("ops", ROWS[0], {Column.USER: "ops"}),
        ("!db web", ROWS[0], {Column.NAME: "web"}),
        ("^10.1", ROWS[3], {Column.ADDRESS: "10.1"}),
        ("ansible$", ROWS[3], {Column.SOURCES: "ansible"}),
    ],
)
def test_the_matched_letters_are_told_where_they_stand(
    pattern: str, row: MachineRow, expected: dict[Column, str]
) -> None:
    assert row.key in kept(pattern)
    assert marked(pattern, row) == expected


NAMES = st.text("abAB01-._/ :é日ß\x1b[", max_size=14)
NEEDLES = st.text("abA01-", min_size=1, max_size=4)


@given(NEEDLES, NAMES)
def test_a_name_scores_what_its_shape_scores(needle: str, name: str) -> None:
    term = parse_pattern(needle.lstrip("-") or "a")[0]
    name = plain_text(name)
    shape = name.translate(shape_table(term))
    assert len(shape) == len(name)
    for text in (name, shape):
        compared = text if term.case_sensitive else fold(text)
        score = fuzzy_score(term.text, text, compared)
        match = match_text(term, text)
        assert score == (None if match is None else match.score)
    by_name, by_shape = match_text(term, name), match_text(term, shape)
    assert (by_name is None) is (by_shape is None)
    if by_name is not None and by_shape is not None:
        assert by_name.score == by_shape.score


WORDS = st.sampled_from(
    ["", "w", "we", "web", "w2", "x", "'we", "!we", "!web", "^w", "b$", "tag:n", "user:o", "state:u", "Web"]
)


@given(st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=3))
def test_a_pattern_that_narrows_another_keeps_nothing_that_the_other_does_not(
    some: list[str], others: list[str]
) -> None:
    first, second = " ".join(some), " ".join(others)
    if RowFilter(second, {}).is_empty or RowFilter(first, {}).is_empty:
        return
    if RowFilter(second, {}).narrows(RowFilter(first, {})):
        assert set(kept(second)) <= set(kept(first))


@given(st.text("webdb-12 .", min_size=1, max_size=6), st.text("webdb-12 .", min_size=1, max_size=3))
def test_typing_on_narrows(start: str, more: str) -> None:
    if start.strip():
        assert RowFilter(start + more, {}).narrows(RowFilter(start, {}))


def test_a_name_can_hold_anything() -> None:
    hostile = MachineRow("x", "[red]\x1b[31m日本\x00\nnew", "evil\naddress", tags=("two\nlines",))
    assert kept("日", (hostile, *ROWS)) == ["x"]
    assert kept("red", (hostile, *ROWS)) == ["x"]
    assert kept("^address", (hostile, *ROWS)) == [], "a line end of theirs does not start a column"
    assert kept("tag:lines$", (hostile, *ROWS)) == ["x"]
