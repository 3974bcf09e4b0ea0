"""vttest, answered by us: at each of its screens a real xterm, fed the same bytes, shows the same cells and cursor.

vttest judges the answers to its questions itself; its verdict is on the screen, and compared like any other text. What
we swallow is not tested (soft character sets, user-defined keys, macros, a printer), nor local echo (SRM), Tektronix
and window operations, and DECRSPS for the cursor (11.2.5.3.4), in which xterm 379 mixes up character sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mooring_widgets.emulator import Settings
from mooring_widgets.terminal.key_press import KeyPress
from mooring_widgets.terminal.keys import encode
from support.driven_programs import DrivenProgram, driving
from support.programs import require_program
from support.xterm_reference import XtermReference, cells_of, xterm_reference

COLUMNS, LINES = 80, 24
MENU = b"Enter choice number"
WAITS = re.compile(rb"Enter choice number|Push <RETURN>|Push the RETURN key|Finish this test with RETURN")
"""What vttest writes last before it waits for a key."""
MOST_SCREENS = 30


def paths(menu: str, *numbers: int | str) -> list[str]:
    """The ways through the menus to the tests of one menu."""
    return [f"{menu}.{number}" for number in numbers]


MARGINS = range(2, 6)
"""Items of the menus of moves and edits: origin mode, left and right margins, both pairs of margins set."""

GROUPS: dict[str, list[str]] = {
    "cursor, screen, insert and delete": ["1", "2", "8"],
    "character sets": paths("3", 1, 2, 8, 9, 10, 11, 3, 8, 9, "4.7", "5.11", "6.3", "7.15", 8, 9, 10, 11, 1),
    "reports": paths("6", *range(1, 8)),
    "VT220": [
        *paths("11.1.1.1", *range(1, 5)),
        *paths("11.1.2", 2, 3, 4),
        "11.1.3",
        *paths("11.1.4", *range(1, 11)),
        "11.1.5",
        "11.1.6",
    ],
    "VT320": [
        *paths("11.2.2", 1, 2),
        *paths("11.2.3", 1, 2),
        *paths("11.2.5.2", *range(2, 7)),
        *paths("11.2.5.3", 1, 2, 5),
        "11.2.5.6",
    ],
    "VT420, moves": [*paths("11.3.2", *range(7, 11)), *paths("11.3.2", *MARGINS), *paths("11.3.2", *range(7, 11))],
    "VT420, edits": [
        *paths("11.3.3", *range(9, 14)),
        *paths("11.3.3", *range(1, 5)),
        *paths("11.3.3", *range(6, 14)),
    ],
    "VT420, rectangles": [*paths("11.3.6", *range(7, 13)), *paths("11.3.6", *range(1, 5), *range(7, 13)), "11.3.8.2"],
    "VT520": [*paths("11.4.2", *range(7, 16)), *paths("11.4.2", *MARGINS, *range(7, 16)), *paths("11.4.6", 1, 2)],
    "ISO 6429": [*paths("11.5", *range(1, 10)), "11.7.1.2", *paths("11.7", *range(2, 7))],
    "colours": [*paths("11.6", 2, 3, 4, 5, 8, 9), *paths("11.6.6", 1, 3), "11.6.7.2"],
    "xterm": [*paths("11.8.7", *range(1, 6))],
}

LEFT_OUT: dict[tuple[str, int], str] = {
    ("11.3.6.11", 1): "xterm 379 does not count what DECFRA filled as text",
    ("3.10", 0): "xterm takes bytes for ISO 8859-1 while a set other than ASCII is in GR; we stay in UTF-8",
}
"""Screens, counted within a test, that we show otherwise, and why."""


@pytest.fixture(scope="module")
def xterm() -> Iterator[XtermReference]:
    """One xterm for all groups."""
    with xterm_reference(columns=COLUMNS, lines=LINES) as reference:
        yield reference


@pytest.mark.parametrize("group", GROUPS)
def test_screens_are_those_that_xterm_shows(group: str, xterm: XtermReference) -> None:
    words = [require_program("vttest")]
    xterm.reset()
    xterm.resize(COLUMNS, LINES)
    with driving(words, columns=COLUMNS, lines=LINES, settings=Settings(allow_resize=True)) as vttest:
        wait(vttest)
        shown = 0
        for path in GROUPS[group]:
            go_to(vttest, path.split("."))
            for screen in range(MOST_SCREENS):
                shown = show(vttest, xterm, shown)
                if (path, screen) not in LEFT_OUT:
                    compare(vttest, xterm, f"vttest {path}, screen {screen},")
                if MENU in vttest.since_key:
                    break
                press(vttest, b"\r")
            assert MENU in vttest.since_key, f"{path} did not come back to its menu:\n{vttest.screen}"


def compare(vttest: DrivenProgram, xterm: XtermReference, where: str) -> None:
    """Compare all cells and the cursor."""
    ours = vttest.emulator
    assert (ours.columns, ours.lines) == xterm.size, where
    theirs = xterm.cells
    for y, (our_row, their_row) in enumerate(zip(cells_of(ours), theirs, strict=True)):
        assert our_row == their_row, f"{where} row {y}: {ours.display[y]!r}"
    cursor = ours.cursor
    assert (cursor.x, cursor.y, cursor.pending_wrap) == xterm.cursor, where


def go_to(vttest: DrivenProgram, choices: list[str]) -> None:
    """Choose a test, from whatever menu there is."""
    while (menu := menu_shown(vttest)) != choices[: len(menu)]:
        press(vttest, b"0\r")
    for choice in choices[len(menu) :]:
        assert MENU in vttest.since_key, f"no menu to choose {choice} of {choices} from:\n{vttest.screen}"
        press(vttest, choice.encode() + b"\r")


def menu_shown(vttest: DrivenProgram) -> list[str]:
    """The choices that lead to the menu on the screen; none lead to the main menu."""
    match = re.search(r"Menu ([0-9.]+):", vttest.screen)
    return match[1].split(".") if match is not None else []


def press(vttest: DrivenProgram, keys: bytes) -> None:
    """Press keys, and wait until vttest waits for more."""
    vttest.press(keys)
    wait(vttest)


def wait(vttest: DrivenProgram) -> None:
    """Wait until vttest waits for a key."""
    vttest.wait_until(lambda: WAITS.search(vttest.since_key) is not None, "vttest's next question")


def show(vttest: DrivenProgram, xterm: XtermReference, shown: int) -> int:
    """Give xterm what it has not seen; return how much that makes."""
    xterm.feed(bytes(vttest.written[shown:]))
    return len(vttest.written)


def typed(vttest: DrivenProgram, name: str) -> bytes:
    """What a key sends in the modes that vttest has set."""
    return encode(KeyPress(name), vttest.emulator.modes)


def test_the_backarrow_key_is_what_vttest_switches_it_to() -> None:
    with driving([require_program("vttest")]) as vttest:
        wait(vttest)
        go_to(vttest, ["11", "3", "4"])
        vttest.press(b"1\r")
        vttest.wait_for("Press the backspace key")
        vttest.press(typed(vttest, "backspace"))
        vttest.wait_for("Press the backspace key again")
        vttest.press(typed(vttest, "backspace"))
        vttest.wait_for("Push <RETURN>")
        assert "<8>" in vttest.screen
        assert "<127>" in vttest.screen
        assert "failed" not in vttest.screen


def test_the_keypad_is_what_vttest_switches_it_to() -> None:
    with driving([require_program("vttest")]) as vttest:
        wait(vttest)
        go_to(vttest, ["11", "3", "4"])
        vttest.press(b"2\r")
        vttest.wait_for("They should generate numeric")
        for name, shown in (("kp_1", "1"), ("kp_add", "+")):
            vttest.press(typed(vttest, name))
            vttest.wait_for(f"          {shown}")
        vttest.press(typed(vttest, "kp_add"))
        vttest.wait_for("They should generate control codes")
        vttest.press(typed(vttest, "kp_1"))
        vttest.wait_for("O q")
