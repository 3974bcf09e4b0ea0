"""Fuzzy matching: what fits, what fits better, and which letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring_widgets.machine_list.fuzzy import fold, fuzzy_match


def test_letters_in_order_fit_and_are_told() -> None:
    match = fuzzy_match("w1", "web-1")
    assert match is not None
    assert match.positions == (0, 4)


def test_letters_in_another_order_do_not_fit() -> None:
    assert fuzzy_match("1w", "web-1") is None


@pytest.mark.parametrize(
    ("needle", "better", "worse"),
    [
        ("db", "db-1", "redbird"),
        ("web", "web-1", "w-e-b-1"),
        ("w2", "web-2", "w-other-12"),
        ("p1", "prod-1", "backup1"),
        ("web", "web", "web-1"),
    ],
)
def test_what_a_person_means_comes_first(needle: str, better: str, worse: str) -> None:
    first, second = fuzzy_match(needle, better), fuzzy_match(needle, worse)
    assert first is not None
    assert second is not None
    assert first.score > second.score


def test_an_unbroken_run_is_preferred_to_scattered_letters() -> None:
    match = fuzzy_match("abc", "a-b-abc")
    assert match is not None
    assert match.positions == (4, 5, 6)


@given(st.text(max_size=8), st.text(max_size=40))
def test_positions_spell_the_needle(needle: str, text: str) -> None:
    match = fuzzy_match(needle, text)
    if match is None:
        letters = iter(text)
        assert not all(letter in letters for letter in needle)
    else:
        assert "".join(text[position] for position in match.positions) == needle
        assert list(match.positions) == sorted(set(match.positions))


@given(st.text(max_size=40))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
