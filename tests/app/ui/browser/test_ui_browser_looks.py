"""How states of machines, failed sources and the form look, compared with pictures that were looked at.

After a change that is meant: `pytest -n 0 tests/app/ui/browser/test_ui_browser_looks.py --snapshot-update`, and look at
the pictures.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from mooring.model.errors import SourceError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.model.reachability import Reach, Reachability
from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.editing.machine_form import MachineForm
from support.given_machines import GivenSource
from support.still_engine import StillEngine

SnapCompare = Callable[..., bool]

REACHED = {
    "gate": Reachability(Reach.REFUSED, None, "Connection refused", "gate"),
    "behind": Reachability(Reach.JUMP_FAILED, None, "Connection refused", "gate"),
    "quick": Reachability(Reach.UP, 0.0004, hop="quick"),
    "far": Reachability(Reach.UP, 0.183, hop="far"),
    "silent": Reachability(Reach.TIMED_OUT, None, "no answer within 5 seconds", "silent"),
    "misspelt": Reachability(Reach.NO_ADDRESS, None, "Name or service not known", "misspelt"),
    "stranger": Reachability(Reach.HOST_KEY_UNKNOWN, 0.02, "its key is not known", "stranger"),
    "other": Reachability(Reach.HOST_KEY_CHANGED, 0.02, "its key is another", "other"),
    "web": Reachability(Reach.NOT_SSH, None, "HTTP/1.1 400", "web"),
    "paid": Reachability(Reach.NOT_PROBED, None, "ProxyCommand is not run for a probe", "paid"),
}


def app(theme: str) -> MooringApp:
    """The program on these machines, on a source that failed, and one that never answers."""
    origin = Origin("fleet/machines.toml", 12)
    machines = tuple(Machine(name, ("mooring",), origin, Target(name, config_file="none")) for name in REACHED)
    failed = GivenSource((), (SourceError("cloud", "ended with status 3: the API answers 401"),), "cloud")
    engine = StillEngine()
    engine.reached = REACHED
    return MooringApp(
        Services(
            sources=(GivenSource(machines, (), "mooring"), failed),
            settings=Settings(theme=theme),
            make_sessions=engine.sessions,
            find_ssh=lambda: None,
        )
    )


async def until(pilot: Pilot[None], ready: Callable[[MooringApp], bool]) -> None:
    """Wait for a state."""
    assert isinstance(pilot.app, MooringApp)
    for _ in range(1000):
        await pilot.pause(0.02)
        if ready(pilot.app):
            return
    raise AssertionError("it never came to this")


async def probed(pilot: Pilot[None]) -> None:
    """All have been looked for."""
    await until(pilot, lambda app: len(app.main_screen.browser.machines) == len(REACHED))
    await pilot.press("P")
    await until(pilot, lambda app: " looked for: " in app.main_screen.status.message)
    assert isinstance(pilot.app, MooringApp)
    pilot.app.main_screen.status.clear_message()


async def sources(pilot: Pilot[None]) -> None:
    """What each source named."""
    await probed(pilot)
    await pilot.press("S")
    await pilot.pause()


async def form(pilot: Pilot[None]) -> None:
    """A form that was filled in, with a slip in it."""
    await until(pilot, lambda app: len(app.main_screen.browser.machines) == len(REACHED))
    await pilot.press("n")
    await until(pilot, lambda app: isinstance(app.screen, MachineForm) and app.screen.is_mounted)
    filled = pilot.app.screen
    assert isinstance(filled, MachineForm)
    filled.fill({"name": "db-9", "port": 70000, "guard": True, "notes": "ask Ann\nfirst"})
    await pilot.press("tab")
    await pilot.pause()


@pytest.mark.parametrize(
    ("state", "theme", "size"),
    [
        (probed, "textual-light", (80, 24)),
        (sources, "textual-dark", (80, 24)),
        (form, "textual-dark", (80, 24)),
        (form, "textual-light", (40, 10)),
    ],
)
def test_looks(snap_compare: SnapCompare, state: object, theme: str, size: tuple[int, int]) -> None:
    assert snap_compare(app(theme), terminal_size=size, run_before=state)
