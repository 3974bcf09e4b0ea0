"""xterm.js's recordings: what a program sent, and the screen that xterm showed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mooring_widgets.emulator import Emulator
from support.programs import conformance_folder

COLUMNS, LINES = 80, 25
SKIPPED_UPSTREAM = frozenset({"t0055-EL", "t0084-CBT", "t0101-NLM", "t0103-reverse_wrap", "t0504-vim"})
"""The five that xterm.js's own test skips."""


def feed_recording(emulator: Emulator, data: bytes) -> None:
    """Feed what a program wrote as a PTY with ONLCR would pass it on."""
    emulator.feed(re.sub(rb"\r?\n", b"\r\n", data))


def recordings() -> list[str]:
    """The names of the recordings, for collection; none if they are not there (the test then says so)."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / "xterm.js"
    return sorted(path.stem for path in folder.glob("*.in")) or ["missing"]


@pytest.mark.parametrize("name", recordings())
def test_screen_is_what_xterm_shows(name: str) -> None:
    folder = conformance_folder("xterm.js")
    if name in SKIPPED_UPSTREAM:
        pytest.skip("upstream skips it")
    emulator = Emulator(COLUMNS, LINES)
    feed_recording(emulator, (folder / f"{name}.in").read_bytes())
    expected = (folder / f"{name}.text").read_text().split("\n")[:LINES]
    assert [row.rstrip() for row in emulator.display] == [row.rstrip() for row in expected]
