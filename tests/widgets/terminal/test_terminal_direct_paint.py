"""Rows that are painted past the compositor: never over what lies in front of the view."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from support.covered_app import COVER
from support.tmux import Tmux, running_in_tmux
from support.waiting import wait_until

COUNTING = """
import itertools, sys, time
for number in itertools.count():
    for row in (1, 3, 5):
        sys.stdout.write(f"\\033[{row}Hcounted to {number} and no end of it at all")
        sys.stdout.flush()
        time.sleep(0.005)
"""
"""Writes short pieces to three rows: each is a change that would be painted at once."""


def wait_for_count(tmux: Tmux, least: int) -> list[str]:
    """The rows, once the count is at `least` or past it: under load a single number may be gone before it is seen."""
    shown: list[str] = []

    def reached() -> bool:
        nonlocal shown
        shown = tmux.screen.splitlines()
        return any(int(number) >= least for number in re.findall(r"counted to (\d+) and", "\n".join(shown)))

    wait_until(reached, what=f"counted to {least}")
    return shown


@pytest.mark.parametrize("cover", ["label", "dialog"])
def test_what_lies_over_a_view_stays(tmp_path: Path, cover: str) -> None:
    program = tmp_path / "counting.py"
    program.write_text(COUNTING)
    words = [sys.executable, "-m", "support.covered_app", cover, sys.executable, str(program)]
    with running_in_tmux(words, columns=60, lines=12, environment={"PYTHONPATH": "tests"}) as tmux:
        tmux.wait_for(COVER, "counted to")
        for least in (20, 40, 60):
            rows = wait_for_count(tmux, least)
            assert rows[2].startswith(COVER)
            assert rows[0].startswith("counted to ")
            assert rows[4].startswith("counted to ")


def test_an_uncovered_view_shows_every_row(tmp_path: Path) -> None:
    program = tmp_path / "counting.py"
    program.write_text(COUNTING)
    words = [sys.executable, "-m", "support.terminal_app", sys.executable, str(program)]
    with running_in_tmux(words, columns=60, lines=12, environment={"PYTHONPATH": "tests"}) as tmux:
        rows = wait_for_count(tmux, 30)
        assert [bool(row) for row in rows[:6]] == [True, False, True, False, True, False]
