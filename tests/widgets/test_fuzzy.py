"""Fuzzy matching: the same machines in the same order as the real fzf, and which letters."""

from __future__ import annotations

import itertools
import random
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring_widgets.fuzzy import exact_match, fold, fuzzy_match, fuzzy_score
from mooring_widgets.machine_list.entry import batches_of, entries_of
from mooring_widgets.machine_list.filtering import RowFilter
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.work import finish
from support.machine_list_app import fleet
from support.programs import require_program

# No sign behind a delimiter or in front, and no delimiter in a pattern: fzf's versions count these differently.
_LETTERS = "abcdeABC012-._"


def _random_names() -> list[str]:
    """A thousand names of few letters, so that most needles fit many of them in many ways."""
    source = random.Random(5)
    return sorted({"a" + "".join(source.choices(_LETTERS, k=source.randint(0, 13))) for _ in range(1000)})


CORPORA = {"fleet": [row.name for row in fleet(400)], "letters": _random_names()}
PLAIN = ("a", "e", "web", "wf1", "db-", "01", "fra0", "nodeexorg", "aab", "b1", "20", "abab", "Ab", "C", "a-b", "zzz")
EXTENDED = ("'web", "^db", "g$", "^abc$", "web fra", "!web", "we !fra", "a !b '1", "^a 'b c", "!^a", "!g$")


def by_us(names: list[str], pattern: str) -> list[str]:
    """The names that the filter keeps, in its order."""
    rows = [MachineRow(name, name) for name in names]
    # As fzf does it, ties go by the order that the names come in, which for the list is that of people.
    entries = sorted(finish(entries_of(rows, {})).values(), key=lambda entry: names.index(entry.name))
    kept = finish(RowFilter(pattern, {}).kept(finish(batches_of(entries))))
    return [entry.name for entry in kept.ranked]


def by_fzf(names: list[str], pattern: str) -> list[str]:
    """The same by the real one."""
    fzf = require_program("fzf")
    done = subprocess.run(
        [fzf, "--filter", pattern], input="\n".join(names), capture_output=True, text=True, timeout=20
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("pattern", (*PLAIN, *EXTENDED))
def test_machines_come_in_the_order_of_fzf(corpus: str, pattern: str) -> None:
    assert by_us(CORPORA[corpus], pattern) == by_fzf(CORPORA[corpus], pattern)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(_LETTERS, min_size=1, max_size=16).map("a".__add__), min_size=1, max_size=40, unique=True),
    st.text("abcdeABC012", min_size=1, max_size=5),
)
def test_any_machines_come_in_the_order_of_fzf(names: list[str], pattern: str) -> None:
    assert by_us(names, pattern) == by_fzf(names, pattern)


@given(st.text(max_size=6), st.text(max_size=30))
def test_the_letters_told_spell_the_needle_in_order(needle: str, text: str) -> None:
    match = fuzzy_match(needle, text, text)
    assert (match is None) is (fuzzy_score(needle, text, text) is None)
    if match is None:
        letters = iter(text)
        assert not all(letter in letters for letter in needle)
    else:
        assert "".join(text[position] for position in match.positions) == needle
        assert list(match.positions) == sorted(set(match.positions))
        assert match.score == fuzzy_score(needle, text, text)


@pytest.mark.parametrize(
    ("needle", "text", "positions"),
    [
        ("w1", "web-1", (0, 4)),
        ("abc", "a-b-abc", (4, 5, 6)),
        ("pd", "prod-db", (0, 5)),
        ("ex", "db.example.org", (3, 4)),
    ],
)
def test_the_letters_told_are_those_that_were_meant(needle: str, text: str, positions: tuple[int, ...]) -> None:
    match = fuzzy_match(needle, text, text)
    assert match is not None
    assert tuple(match.positions) == positions


@given(st.text("ab-", min_size=1, max_size=3), st.text("ab-", max_size=12))
def test_a_piece_is_found_wherever_it_is(needle: str, text: str) -> None:
    match = exact_match(needle, text, text)
    assert (match is not None) is (needle in text)
    if match is not None:
        assert "".join(text[position] for position in match.positions) == needle
        assert all(later - earlier == 1 for earlier, later in itertools.pairwise(match.positions))


@given(st.text(max_size=40))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
