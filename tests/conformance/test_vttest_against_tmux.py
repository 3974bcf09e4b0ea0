"""vttest, answered by us: at each of its screens tmux, fed the same bytes, shows the same cells and cursor."""

from __future__ import annotations

import re

import pytest

from support.driven_programs import DrivenProgram, driving
from support.programs import require_program
from support.tmux_reference import TmuxReference, assert_same_screen, tmux_reference

MENU = b"Enter choice number"
WAITS = re.compile(rb"Enter choice number|Push <RETURN>|Push the RETURN key|Finish this test with RETURN")
"""What vttest writes last before it waits for a key."""
MOST_SCREENS = 30

TESTS = [
    "1",
    "2",
    "8",
    *(f"3.{number}" for number in (8, 9, 10, 11)),
    *(f"6.{number}" for number in range(1, 8)),
    *(f"11.1.{number}" for number in ("2.2", "2.3", "2.4", "3", "6")),
    *(f"11.5.{number}" for number in range(1, 10)),
    *(f"11.6.{number}" for number in (2, 3, 4, 5, 8, 9)),
    *(f"11.6.6.{number}" for number in (1, 3)),
    *(f"11.7.{number}" for number in range(2, 7)),
    *(f"11.8.7.{number}" for number in range(1, 6)),
]
"""The ways through the menus to one test. What is not here asks for keys that are pressed by hand, or for a device."""

DECCOLM_CLEARS = "tmux clears its screen at DECCOLM; xterm ignores it unless the person allows 132 columns"
LINES_AT_MARGIN = "IL and DL take the cursor to the left margin; with tmux it stays in its column"
NO_PROTECTION = "tmux knows no protected cells"
LEFT_OUT: dict[tuple[str, int], str] = {
    ("1", 1): DECCOLM_CLEARS,
    ("1", 2): DECCOLM_CLEARS,
    ("1", 3): DECCOLM_CLEARS,
    ("2", 10): DECCOLM_CLEARS,
    ("3.8", 0): "tmux knows line drawing alone: neither the British set nor the alternate ROM's",
    ("3.10", 0): "tmux drops bytes that are no UTF-8; xterm shows U+FFFD",
    ("11.1.2.4", 0): NO_PROTECTION,
    ("11.1.2.4", 2): NO_PROTECTION,
    ("11.5.4", 0): "tmux knows no CHT",
    ("11.5.5", 0): "tmux knows no HPR",
    ("11.5.9", 0): "tmux knows no VPR",
    ("11.6.6.1", 1): DECCOLM_CLEARS,
    ("11.6.6.1", 2): DECCOLM_CLEARS,
    ("11.6.6.1", 3): DECCOLM_CLEARS,
    ("11.6.6.3", 0): LINES_AT_MARGIN,
    ("11.6.6.3", 1): LINES_AT_MARGIN,
    ("11.7.4", 0): "tmux knows no SL",
    ("11.7.5", 0): "tmux knows no SR",
}
"""Screens, counted within a test, that tmux shows otherwise than xterm; xterm is right."""


def test_what_is_left_out_is_run() -> None:
    """Every screen that is left out belongs to a test that is run."""
    assert {path for path, _screen in LEFT_OUT} <= set(TESTS)


@pytest.mark.parametrize("path", TESTS)
def test_screens_are_those_that_tmux_shows(path: str) -> None:
    words = [require_program("vttest")]
    with driving(words) as vttest, tmux_reference() as tmux:
        wait(vttest)
        for choice in path.split("."):
            assert MENU in vttest.since_key, f"no menu to choose {choice} of {path} from:\n{vttest.screen}"
            press(vttest, choice.encode() + b"\r")
        shown = 0
        for screen in range(MOST_SCREENS):
            if MENU in vttest.since_key:
                break
            shown = show(vttest, tmux, shown)
            if (path, screen) not in LEFT_OUT:
                where = f"vttest {path}, screen {screen},"
                assert_same_screen(vttest.emulator, tmux.cells, where=where)
                cursor = vttest.emulator.cursor
                assert (cursor.x, cursor.y) == tmux.cursor, where
            press(vttest, b"\r")
        assert MENU in vttest.since_key, f"{path} did not come back to its menu:\n{vttest.screen}"
        # What a test left behind shows in the menu after it.
        show(vttest, tmux, shown)
        assert_same_screen(vttest.emulator, tmux.cells, where=f"the menu after vttest {path},")


def press(vttest: DrivenProgram, keys: bytes) -> None:
    """Press keys, and wait until vttest waits for more."""
    vttest.press(keys)
    wait(vttest)


def wait(vttest: DrivenProgram) -> None:
    """Wait until vttest waits for a key."""
    vttest.wait_until(lambda: WAITS.search(vttest.since_key) is not None, "vttest's next question")


def show(vttest: DrivenProgram, tmux: TmuxReference, shown: int) -> int:
    """Give tmux what it has not seen; return how much that makes."""
    tmux.feed(bytes(vttest.written[shown:]))
    return len(vttest.written)
