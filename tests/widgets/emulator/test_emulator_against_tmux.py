"""Real programs: the bytes they write, fed to us and shown by tmux, give the same screen with the same attributes."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from mooring_widgets.emulator import Emulator, Style
from support.programs import require_program
from support.recorded_programs import record
from support.tmux import running_in_tmux

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
    "nano": (["nano", "-l", "FILE"], [b"\x16", b"hello ", b"\x0b", b"\x17def\r"]),
    "mc": (["mc", "-a"], [b"\x1b[B", b"\t"]),
    "ls in colour": (["ls", "-la", "--color=always", "/etc"], []),
    "dialog of tmux in tmux": (
        ["tmux", "-L", "mooring-emulator-inner", "-f", "/dev/null", "new", "ls --color=always /; cat"],
        [b"\x02%"],
    ),
}


LAST_COLUMN_DIFFERS = frozenset({"top", "htop"})
"""They erase to the end of a line that they just filled: xterm erases the last column then, tmux erases nothing."""


def cells_of(emulator: Emulator) -> list[list[tuple[str, Style]]]:
    """Each cell with what tmux can say of it."""
    rows = []
    for row in emulator.rows:
        rows.append(
            [
                (cell, replace(row.style_at(x), link=None, link_id=None, protected=False))
                for x, cell in enumerate(row.cells)
            ]
        )
    return rows


def shown_by_tmux(written: bytes, folder: Path) -> list[list[tuple[str, Style]]]:
    """Have tmux show the bytes, and read its screen back cell by cell; it leaves out erased cells at the end."""
    file = folder / "written"
    file.write_bytes(written)
    done = folder / "done"
    script = f"stty raw -echo; cat {shlex.quote(str(file))}; touch {shlex.quote(str(done))}; exec sleep 60"
    with running_in_tmux(["sh", "-c", script], columns=COLUMNS, lines=LINES) as tmux:
        expected = Emulator(COLUMNS, LINES)
        expected.feed(written)
        captured = ""
        for _attempt in range(100):
            captured = tmux.run("capture-pane", "-p", "-e", "-N")
            if done.exists() and captured == tmux.run("capture-pane", "-p", "-e", "-N"):
                break
        rows = []
        reader = Emulator(COLUMNS + 1, 1)
        for line in captured.removesuffix("\n").split("\n"):
            reader.feed(b"\x1b7\x1b[0m\x1b[2K\x1b8\r" + line.encode())
            rows.append(cells_of(reader)[0][: reader.cursor.x])
        return rows


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
    theirs = shown_by_tmux(written, tmp_path)
    for y, (our_row, their_row) in enumerate(zip(cells_of(ours), theirs, strict=True)):
        compared = len(their_row) - (1 if name in LAST_COLUMN_DIFFERS and len(their_row) == COLUMNS else 0)
        assert our_row[:compared] == their_row[:compared], f"row {y}: {ours.display[y]!r}"
        assert not "".join(cell for cell, _style in our_row[len(their_row) :]).strip(" ")
