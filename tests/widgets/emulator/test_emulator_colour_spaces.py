"""Colours given in a space of their own: what xterm 379 under Xvfb answered for each."""

from __future__ import annotations

from itertools import product

import pytest

from mooring_widgets.emulator import Emulator

SHOWN = {
    "rgbi:1/1/1": "ffff/ffff/ffff",
    "rgbi:0.5/0.5/0.5": "c1c1/bbbb/bbbb",
    "rgbi:0/0/0": "0000/0000/0000",
    "CIEXYZ:1/1/1": "ffff/ffff/ffff",
    "CIEXYZ:0.5/0.5/0.5": "dddd/b5b5/a0a0",
    "CIExyY:0.5/0.5/0.5": "f7f7/b3b3/0e0e",
    "CIEuvY:0.5/0.5/0.5": "ffff/a3a3/aeae",
    "CIELab:0.5/0.5/0.5": "5252/4f4f/4f4f",
    "cieluv:1/1/1": "1616/1414/0e0e",
    "TekHVC:1/1/1": "1a1a/1313/0f0f",
    "TekHVC:0/100/50": "ffff/ffff/ffff",
}
REFUSED = ["CIELab:101/0/0", "TekHVC:0/-1/0", "TekHVC:0/50/-1", "CIExyY:2/0/0", "rgbi:1.5/0/0", "CIE:1/1/1", "rgbi:1/1"]


def answered(colour: str) -> str:
    """What OSC 4 tells after it was to set a colour."""
    answers: list[bytes] = []
    Emulator(10, 2, reply=answers.append).feed(f"\x1b]4;7;#123456\x07\x1b]4;7;{colour};7;?\x07".encode())
    return b"".join(answers).decode().removeprefix("\x1b]4;7;rgb:").removesuffix("\x07")


@pytest.mark.parametrize("colour", SHOWN)
def test_a_colour_is_the_one_that_xlib_makes_of_it(colour: str) -> None:
    assert answered(colour) == SHOWN[colour]


@pytest.mark.parametrize("colour", REFUSED)
def test_what_is_out_of_range_changes_nothing(colour: str) -> None:
    assert answered(colour) == "1212/3434/5656"


@pytest.mark.parametrize("space", ["CIEXYZ", "CIExyY", "CIEuvY", "CIELab", "CIELuv", "TekHVC"])
def test_no_number_makes_it_raise(space: str) -> None:
    numbers = ["0", "0.000000000001", "0.25", "0.5", "1", "75", "-3", "9999", "-9999"]
    emulator = Emulator(10, 2, reply=lambda _answer: None)
    emulator.feed("".join(f"\x1b]4;1;{space}:{a}/{b}/{c};1;?\x07" for a, b, c in product(numbers, repeat=3)).encode())
    emulator.feed(b"fine")
    assert emulator.display[0].startswith("fine")
