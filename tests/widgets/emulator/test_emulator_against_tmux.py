"""Real programs: the bytes they write, fed to us and shown by tmux, give the same screen with the same attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring_widgets.emulator import Emulator
from support.programs import require_program
from support.recorded_programs import record
from support.tmux_reference import cells_of, tmux_reference

COLUMNS, LINES = 80, 24
SOURCE = Path(__file__).read_text()

PROGRAMS: dict[str, tuple[list[str], list[bytes]]] = {
    "vim": (
        ["vim", "-u", "NONE", "-N", "-n", "-c", "syntax on", "-c", "set number hlsearch ruler", "FILE"],
        [
            b"\x06",
            b"/def\r",
            b"n",
            b"jj",
            b"dw",
            b"oa new line \xc3\xa9\xe6\x97\xa5\x1b",
            b"u",
            b"\x05\x05",
            b":split\r",
            b"\x17w",
            b"G",
        ],
    ),
    "less": (["less", "-N", "FILE"], [b" ", b"/def\r", b"n", b"k", b"b", b"G"]),
    "htop": (["htop", "-d", "100"], [b"\x1b[B", b"\x1b[B", b"t"]),
    "top": (["top", "-d", "100"], [b"z", b"x"]),
    "man": (["man", "man"], [b" ", b"k", b"/SYNOPSIS\r"]),
    "ls in colour": (["ls", "-la", "--color=always", "/etc"], []),
    "dialog of tmux in tmux": (
        ["tmux", "-L", "mooring-emulator-inner", "-f", "/dev/null", "new", "ls --color=always /; cat"],
        [b"\x02%"],
    ),
}


LAST_COLUMN_DIFFERS = frozenset({"top", "htop"})
"""They erase to the end of a line that they just filled: xterm erases the last column then, tmux erases nothing."""


@pytest.mark.parametrize("name", PROGRAMS)
def test_screen_is_the_one_that_tmux_shows(name: str, tmp_path: Path) -> None:
    words, keys = PROGRAMS[name]
    require_program(words[0])
    file = tmp_path / "source.py"
    file.write_text(SOURCE)
    written = record([str(file) if word == "FILE" else word for word in words], keys, columns=COLUMNS, lines=LINES)
    ours = Emulator(COLUMNS, LINES)
    ours.feed(written)
    assert any(row.strip() for row in ours.display)
    with tmux_reference(columns=COLUMNS, lines=LINES) as tmux:
        tmux.feed(written)
        theirs = tmux.cells
    for y, (our_row, their_row) in enumerate(zip(cells_of(ours), theirs, strict=True)):
        compared = len(their_row) - (1 if name in LAST_COLUMN_DIFFERS and len(their_row) == COLUMNS else 0)
        assert our_row[:compared] == their_row[:compared], f"row {y}: {ours.display[y]!r}"
        assert not "".join(cell for cell, _style in our_row[len(their_row) :]).strip(" ")
