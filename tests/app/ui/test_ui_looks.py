"""How the screens look, compared with pictures that were looked at; the data is frozen.

After a change that is meant: `pytest -n 0 tests/app/ui/test_ui_looks.py --snapshot-update`, and look at the pictures.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from mooring.inventory import Source
from mooring.model.machine import Machine, OptionSetting, Target
from mooring.model.origin import Origin
from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.dialogs.help import HelpDialog
from mooring_widgets.machine_list import RowState
from support.given_machines import given

SnapCompare = Callable[..., bool]


def machine(name: str, group: str, address: str, user: str, *tags: str, guard: bool = False) -> Machine:
    """A machine whose way needs nothing of the person's own files."""
    origin = Origin("fleet/machines.toml", 12)
    options = (OptionSetting("HostName", address, origin), OptionSetting("User", user, origin))
    return Machine(
        name,
        ("mooring",),
        origin,
        Target(name, options, config_file="none"),
        address,
        user,
        driver="amazonec2",
        groups=(group,),
        tags=tags,
        guard=guard,
    )


MACHINES = (
    *(machine(f"web-{n}", "production", f"10.0.0.{n}", "ops", "web", "nginx", guard=True) for n in (1, 2, 3)),
    machine("db-1", "production", "10.0.0.9", "postgres", "db", guard=True),
    machine("stage-1", "staging", "10.1.0.1", "deploy", "web"),
    Machine("old-box", ("docker-machine",), Origin("store/old-box/config.json"), Target("old-box"), problem="no JSON"),
    machine("[red]日本\x1b[31m", "staging", "10.1.0.2", "deploy"),
)
FLEET = given(MACHINES)


def app_on(sources: tuple[Source, ...], theme: str = "textual-dark") -> MooringApp:
    """The application on frozen data."""
    return MooringApp(Services(sources=sources, settings=Settings(theme=theme)))


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the machines are listed and the details have resolved."""
    app: App[None] = pilot.app
    assert isinstance(app, MooringApp)
    await app.workers.wait_for_complete()
    for _ in range(200):
        await pilot.pause(0.02)
        text = app.main_screen.deck.details.text
        if "by hand" in text or "No machines" in text or "no JSON" in text:
            return
    raise AssertionError("the details never resolved")


async def marked_and_open(pilot: Pilot[None]) -> None:
    """Two marks, a state of each kind."""
    await settle(pilot)
    assert isinstance(pilot.app, MooringApp)
    panel = pilot.app.main_screen.panel
    panel.view.select("web-1")
    await pilot.press("space", "space")
    for name, state in (("web-1", RowState.OPEN), ("web-2", RowState.CONNECTING), ("web-3", RowState.FAILED)):
        panel.set_state(name, state)
    await settle(pilot)


async def filtered(pilot: Pilot[None]) -> None:
    """A filter, left."""
    await settle(pilot)
    await pilot.press("slash", *"w1", "down")
    await settle(pilot)


async def helped(pilot: Pilot[None]) -> None:
    """The keys, no cursor blinking in the search."""
    await settle(pilot)
    await pilot.press("question_mark")
    while not isinstance(pilot.app.screen, HelpDialog) or not pilot.app.screen.is_mounted:
        await pilot.pause(0.02)
    pilot.app.screen.query_one(Input).cursor_blink = False


async def with_leader(pilot: Pilot[None]) -> None:
    """The leader's map."""
    await settle(pilot)
    await pilot.press("f12")


@pytest.mark.parametrize("size", [(130, 34), (100, 24), (80, 24), (40, 10)])
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_the_browser(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(app_on(FLEET, theme), terminal_size=size, run_before=marked_and_open)


def test_a_filter(snap_compare: SnapCompare) -> None:
    assert snap_compare(app_on(FLEET), terminal_size=(110, 20), run_before=filtered)


def test_the_keys(snap_compare: SnapCompare) -> None:
    assert snap_compare(app_on(FLEET), terminal_size=(110, 34), run_before=helped)


def test_the_leader(snap_compare: SnapCompare) -> None:
    assert snap_compare(app_on(FLEET), terminal_size=(80, 24), run_before=with_leader)


def test_no_machines(snap_compare: SnapCompare) -> None:
    assert snap_compare(app_on(given()), terminal_size=(110, 30), run_before=settle)


def test_too_small(snap_compare: SnapCompare) -> None:
    assert snap_compare(app_on(FLEET), terminal_size=(39, 9), run_before=settle)
