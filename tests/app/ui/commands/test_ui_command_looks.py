"""How saved commands, runs and answers look; the machines answer at once, and nobody looks at a clock.

After a change that is meant: `pytest -n 0 tests/app/ui/commands/test_ui_command_looks.py --snapshot-update`, and look
at the pictures.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from mooring.model.errors import ConnectionRefusedByHostError
from mooring.ui import MooringApp
from mooring.ui.commands.run_form import RunForm
from mooring.ui.fleet.run_tab import RunTab
from support.saved_commands import web_machine, write_commands
from support.session_screens import Desk, desk_of, session_app
from support.still_engine import Reply, StillEngine

Walk = Callable[[Desk], Awaitable[None]]

MACHINES = tuple(web_machine(number, guard=number == 2) for number in range(1, 25))
CONFIGURATION = b"".join(b"worker_connections %d;\n" % number for number in range(12))
DISK = b"Filesystem  Size  Used Avail Use%\n\x1b[32m/dev/vda     40G\x1b[m   11G   29G  28%\n"


async def panel(desk: Desk) -> None:
    """The commands beside a session, and the output of one."""
    desk.engine.replies["web-01"] = Reply(DISK, status=2)
    await desk.open("web-01")
    await desk.lead("c")
    await desk.until(lambda: desk.main.desks.command_panel.list.shown > 0, "the commands are listed")
    await desk.press("down", "down", "f", "enter")
    view = desk.main.desks.command_panel
    await desk.until(lambda: view.runs.current is not None and not view.runs.current.is_live, "it ended")
    await desk.until(lambda: "★" in desk.shown() and "28%" in desk.shown() and "$ uptime" in desk.shown(), "all of it")


async def form(desk: Desk) -> None:
    """What is asked before a command runs on many machines, one of them guarded."""
    await desk.press("a", "r")
    await desk.until(lambda: desk.main.desks.command_panel.list.shown > 0, "the commands are listed")
    await desk.press(*"restart", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")
    await desk.press("right", "down", *"slow")
    await desk.until(lambda: "systemctl restart 'app' && logger 'slow'" in desk.shown(), "what will run")


async def progress(desk: Desk) -> None:
    """A run that goes on: two faults, one that runs, one that connects."""
    engine = desk.engine
    engine.replies |= {machine.name: Reply(CONFIGURATION) for machine in MACHINES}
    engine.replies["web-07"] = engine.replies["web-08"] = Reply(CONFIGURATION.replace(b" 5;", b" 512;"))
    engine.replies["web-12"] = Reply(b"", b"cat: nginx.conf: No such file or directory\n", 1)
    engine.replies["web-19"] = Reply(failure=ConnectionRefusedByHostError("web-19: connection refused", hop="web-19"))
    engine.replies["web-20"] = Reply(b"reading\nstill reading, 42 %\n", status=None)
    engine.replies["web-21"] = Reply(connects=False)
    await desk.press("a", "r", *"!cat nginx.conf", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")
    await desk.press(*"web-02", "enter")
    await desk.until(lambda: isinstance(tab := desk.main.deck.active_tab, RunTab) and "42 %" in tab.text, "it goes on")
    await desk.until(lambda: "22 of 24" in desk.shown(), "all that end have ended")
    tab = desk.main.deck.active_tab
    assert isinstance(tab, RunTab)
    # Groups stand as they came up, which is up to the machine: counted anew they stand in the order of their machines.
    await desk.press("t", "t")
    first = ["web-01", "web-07", "web-12", "web-19"]
    await desk.until(
        lambda: [group.machines[0] for group in tab.answers.groups] == first and "not counted" not in tab.text, "groups"
    )


async def answers(desk: Desk) -> None:
    """The same once it was cancelled."""
    await progress(desk)
    await desk.press("x")
    tab = desk.main.deck.active_tab
    assert isinstance(tab, RunTab)
    await desk.until(lambda: tab.record is not None and "No such file" in tab.text, "the answers are there")


async def differences(desk: Desk) -> None:
    """Two machines against most of the others, side by side."""
    await answers(desk)
    await desk.press("d", "d", *["down"] * 4)
    tab = desk.main.deck.active_tab
    assert isinstance(tab, RunTab)
    await desk.until(lambda: "| worker_connections 512;" in tab.text, "the difference is there")


async def no_commands(desk: Desk) -> None:
    """Nothing is saved yet."""
    desk.main.desks.commands.toggle()
    await desk.until(lambda: "No commands are saved yet" in desk.shown(), "what to do")


@pytest.mark.parametrize(
    ("walk", "size", "theme"),
    [
        (panel, (120, 32), "textual-dark"),
        (panel, (80, 24), "textual-light"),
        (form, (120, 32), "textual-light"),
        (progress, (120, 32), "textual-dark"),
        (answers, (120, 32), "textual-light"),
        (answers, (80, 24), "textual-dark"),
        (differences, (120, 32), "textual-dark"),
        (no_commands, (80, 24), "textual-dark"),
    ],
    ids=lambda value: (
        value.__name__ if callable(value) else "x".join(map(str, value)) if isinstance(value, tuple) else value
    ),
)
def test_looks(
    snap_compare: Callable[..., bool],
    walk: Walk,
    size: tuple[int, int],
    theme: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mooring.ui.fleet.states.spell_duration", lambda _duration: "3 s")
    monkeypatch.setattr("mooring.ui.commands.command_panel.shorten_home", lambda _path: "~/.config/commands.toml")
    folder = tmp_path if walk is no_commands else write_commands(tmp_path)
    engine = StillEngine()

    async def run(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, MooringApp)
        await walk(await desk_of(pilot.app, pilot, engine))

    app = session_app(engine, theme=theme, folder=folder, machines=MACHINES)
    assert snap_compare(app, terminal_size=size, run_before=run)
