"""Alacritty's ref tests: whole recordings of programs, compared cell by cell with every attribute."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mooring_widgets.emulator import Emulator, Style
from support.alacritty_grid import cells_of, load_recording
from support.programs import conformance_folder

XTERM_DIFFERS = {
    "decaln_reset": "xterm's DECALN homes the cursor; Alacritty's leaves it",
    "selective_erasure": "Alacritty knows no DECSCA; xterm erases what it leaves",
    "deccolm_reset": "xterm ignores DECCOLM unless mode 40 allows it; Alacritty clears the screen",
}
HISTORY_DIFFERS = frozenset({"scroll_in_region_up_preserves_history"})
"""Alacritty keeps what leaves any region that begins at the top; ours keeps what leaves the whole screen."""


def recordings() -> list[str]:
    """The names of the recordings, for collection; one that is missing says so in the test."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / "alacritty"
    return sorted(path.parent.name for path in folder.glob("*/grid.json")) or ["missing"]


def without_link_ids(cells: list[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """Alacritty makes up ids for links that have none; they say nothing about the look."""
    return [(cell, replace(style, link_id=None, protected=False, blink=False)) for cell, style in cells]


@pytest.mark.parametrize("name", recordings())
def test_grid_is_alacrittys(name: str) -> None:
    if name in XTERM_DIFFERS:
        pytest.skip(XTERM_DIFFERS[name])
    recording = load_recording(conformance_folder("alacritty") / name)
    emulator = Emulator(recording.columns, recording.lines, scrollback_lines=recording.history_size)
    emulator.feed(recording.data)
    assert [without_link_ids(cells_of(row)) for row in emulator.rows] == recording.screen
    if name in HISTORY_DIFFERS:
        return
    history = [without_link_ids(cells_of(emulator.scrollback_row(y))) for y in range(emulator.scrollback_length)]
    assert history == recording.history[len(recording.history) - len(history) :]
