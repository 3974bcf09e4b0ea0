"""Every keyword of ssh_config(5) is honoured, harmless without, or judged by a rule: none is dropped unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

import mooring.limits
from mooring.limits.algorithms import LISTS
from mooring.limits.keywords import HARMLESS, HONOURED
from mooring.limits.rules import RULES, TAB_RULES
from mooring.sshconfig.dumping import KEYWORDS as PRINTED
from mooring.sshconfig.keywords import KEYWORDS

APPLICATION = Path(mooring.limits.__file__).parents[1]
HONOURED_OUTSIDE_A_TAB = {rule.lower() for rule in TAB_RULES}
EVERY_KEYWORD = sorted({keyword.name for keyword in KEYWORDS.values()} | set(PRINTED))


@pytest.mark.parametrize("keyword", EVERY_KEYWORD)
def test_each_keyword_is_in_exactly_one_class(keyword: str) -> None:
    classes = (HONOURED, HARMLESS, {**RULES, **LISTS, **TAB_RULES})
    assert [keyword in each for each in classes].count(True) == 1


def test_no_class_knows_a_keyword_that_ssh_does_not() -> None:
    named = {*HONOURED, *HARMLESS, *RULES, *LISTS, *TAB_RULES}
    assert named - set(EVERY_KEYWORD) == set()


@pytest.mark.parametrize(("keyword", "file"), sorted(HONOURED.items()))
def test_what_is_honoured_is_read_where_the_table_says(keyword: str, file: str) -> None:
    assert f'"{keyword}' in (APPLICATION / file).read_text()


@pytest.mark.parametrize("keyword", sorted(set(TAB_RULES) - {"localcommand"}))
def test_what_a_tab_cannot_do_the_command_line_does(keyword: str) -> None:
    assert f'"{keyword}"' in (APPLICATION / "cli/native/plan.py").read_text()
