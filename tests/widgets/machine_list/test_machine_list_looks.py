"""How the list looks, compared with pictures that were looked at.

After a change that is meant: `pytest -n 0 tests/widgets/machine_list/test_machine_list_looks.py --snapshot-update`, and
look at the pictures.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from mooring_widgets.machine_list import MachineRow, RowState, SortOrder
from support.machine_list_app import MachineListApp

SnapCompare = Callable[..., bool]


def row(
    name: str,
    state: RowState = RowState.IDLE,
    *groups: str,
    detail: str = "",
    guard: bool = False,
    favourite: bool = False,
    score: float = 0.0,
    colour: str = "",
    problem: str | None = None,
) -> MachineRow:
    """A machine; what is not told of it follows from its name."""
    number = sum(map(ord, name)) % 200
    return MachineRow(
        name,
        name,
        f"10.0.0.{number}",
        "ops" if guard else "deploy",
        "amazonec2" if guard else "",
        (name.partition("-")[0],),
        groups,
        ("ansible", "ssh_config") if guard else ("machines.toml",),
        "2 h ago" if score else "",
        problem,
        guard,
        favourite,
        score,
        colour,
        state,
        detail,
    )


EVERY_KIND = (
    row("web-1", RowState.UP, "production", "frankfurt", detail="3 ms", guard=True, favourite=True, score=5),
    row("web-2", RowState.UP, "production", "frankfurt", detail="41 ms", guard=True, score=3),
    row("web-10", RowState.REFUSED, "production", guard=True, colour="#ff8800"),
    row(
        "db-primary-frankfurt-01",
        RowState.TIMED_OUT,
        "production",
        guard=True,
        detail="timed out 5 s",
        colour="magenta",
    ),
    row("stage-1", RowState.OPEN, "staging", colour="dodgerblue"),
    row("stage-2", RowState.CONNECTING, "staging"),
    row("stage-3", RowState.DNS_FAILED, "staging", favourite=True),
    row("stage-4", RowState.KEY_UNKNOWN, "staging"),
    row("stage-5", RowState.KEY_CHANGED, "staging"),
    row("stage-6", RowState.NO_ROUTE, "staging", colour="no colour that there is"),
    row("stage-7", RowState.CHECKING, "staging"),
    row("[red]日本\x1b[31m", RowState.IDLE, "lab\x07"),
    row("old-box", RowState.IDLE, "docker-machine", problem="config.json is no JSON: line 3"),
    *(row(f"lab-{number}") for number in range(1, 30)),
)


async def marked(pilot: Pilot[None]) -> None:
    """Two machines marked, the cursor on a third, one group folded."""
    await pilot.press("space", "space", *["down"] * 4, "left", "down", "down")


async def filtered(pilot: Pilot[None]) -> None:
    """Matched letters in names and in other columns."""
    await pilot.press("slash", *"e1 ops")


async def left_without_a_match(pilot: Pilot[None]) -> None:
    """Nothing fits, and two sources failed."""
    assert isinstance(pilot.app, MachineListApp)
    pilot.app.panel.set_failures(["ansible: timed out after 10 s", "[red]cloud: no such program"])
    await pilot.press("slash", *"zzz")


async def sorted_and_flat(pilot: Pilot[None]) -> None:
    """By state, without groups, and more to come."""
    assert isinstance(pilot.app, MachineListApp)
    pilot.app.panel.set_loading(True)
    pilot.app.view.set_order(SortOrder.STATE)
    pilot.app.view.set_flat(flat=True)
    await pilot.pause()


@pytest.mark.parametrize("width", [24, 40, 60, 120])
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_the_list(snap_compare: SnapCompare, theme: str, width: int) -> None:
    assert snap_compare(MachineListApp(EVERY_KIND, theme=theme), terminal_size=(width, 26), run_before=marked)


@pytest.mark.parametrize(("theme", "width"), [("textual-dark", 120), ("textual-light", 24)])
def test_a_filter(snap_compare: SnapCompare, theme: str, width: int) -> None:
    assert snap_compare(MachineListApp(EVERY_KIND, theme=theme), terminal_size=(width, 12), run_before=filtered)


def test_nothing_that_fits_and_sources_that_failed(snap_compare: SnapCompare) -> None:
    assert snap_compare(MachineListApp(EVERY_KIND), terminal_size=(40, 14), run_before=left_without_a_match)


def test_one_list_by_state(snap_compare: SnapCompare) -> None:
    assert snap_compare(MachineListApp(EVERY_KIND), terminal_size=(80, 26), run_before=sorted_and_flat)
