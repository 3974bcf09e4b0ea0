"""One command on many machines: on its way, what it asks, and the answers."""

from __future__ import annotations

from dataclasses import replace

from app.ui.looks.scene import Scene, Stage, mooring
from app.ui.looks.scenes.questions import HOST_KEY
from mooring.model.errors import ConnectionRefusedByHostError
from mooring.ui import MooringApp
from mooring.ui.commands.run_form import RunForm
from mooring.ui.fleet.answers_view import AnswersView
from mooring.ui.fleet.cards import GoOnCard, HostKeysCard
from mooring.ui.fleet.history_dialog import HistoryDialog
from mooring.ui.fleet.path_dialog import PathDialog
from mooring.ui.fleet.run_tab import RunTab
from support.given_machines import given
from support.saved_commands import web_machine
from support.session_screens import Desk
from support.still_engine import Reply

MACHINES = tuple(web_machine(number, guard=number == 2) for number in range(1, 25))
CONFIGURATION = b"".join(b"worker_connections %d;\n" % number for number in range(12))


async def run(desk: Desk, *keys: str) -> RunTab:
    """Run a command on all machines, after what else is pressed in the form."""
    await desk.listed()
    await desk.press("a", "r")
    await desk.press(*"!cat nginx.conf", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")
    await desk.press(*"web-02", *keys, "enter")
    await desk.until(lambda: isinstance(desk.main.deck.active_tab, RunTab), "the run has a tab")
    tab = desk.main.deck.active_tab
    assert isinstance(tab, RunTab)
    return tab


async def progress(desk: Desk) -> RunTab:
    """A run that goes on: two faults, one that runs, one that connects."""
    engine = desk.engine
    engine.replies |= {machine.name: Reply(CONFIGURATION) for machine in MACHINES}
    engine.replies["web-07"] = engine.replies["web-08"] = Reply(CONFIGURATION.replace(b" 5;", b" 512;"))
    engine.replies["web-12"] = Reply(b"", b"cat: nginx.conf: No such file or directory\n", 1)
    engine.replies["web-19"] = Reply(failure=ConnectionRefusedByHostError("web-19: connection refused", hop="web-19"))
    engine.replies["web-20"] = Reply(b"reading\nstill reading, 42 %\n", status=None)
    engine.replies["web-21"] = Reply(connects=False)
    tab = await run(desk)
    await desk.until(lambda: "42 %" in tab.text, "it goes on")
    await desk.until(lambda: "22 of 24" in desk.shown(), "all that end have ended")
    # Groups stand as they came up, which is up to the machine: counted anew they stand in the order of their machines.
    await desk.press("t", "t")
    first = ["web-01", "web-07", "web-12", "web-19"]
    await desk.until(
        lambda: [group.machines[0] for group in tab.answers.groups] == first and "not counted" not in tab.text, "groups"
    )
    return tab


async def going_on(desk: Desk) -> None:
    """How far it is."""
    await progress(desk)


async def answers(desk: Desk) -> RunTab:
    """The same once it was cancelled."""
    tab = await progress(desk)
    await desk.press("x")
    await desk.until(lambda: tab.record is not None and "No such file" in tab.text, "the answers are there")
    return tab


async def grouped(desk: Desk) -> None:
    """The answers in groups."""
    await answers(desk)


async def differing(desk: Desk) -> None:
    """Two machines against most of the others, side by side."""
    tab = await answers(desk)
    await desk.press("d", "d", *["down"] * 4)
    await desk.until(lambda: "| worker_connections 512;" in tab.text, "the difference is there")


async def by_machine(desk: Desk) -> None:
    """One machine a line."""
    tab = await answers(desk)
    await desk.press("b")
    await desk.until(lambda: "web-24" in tab.text or "web-03" in tab.text, "they are listed")


async def searched(desk: Desk) -> None:
    """Lines that hold a text."""
    tab = await answers(desk)
    await desk.press("slash", *"512", "enter")
    await desk.until(lambda: "lines found" in tab.text, "they are found")


async def host_keys(desk: Desk) -> None:
    """Unknown host keys of many machines."""
    for machine in MACHINES[:14]:
        desk.engine.replies[machine.name] = Reply(asks=replace(HOST_KEY, hop=machine.name, host=machine.name))
    await run(desk)
    await desk.until(lambda: bool(desk.main.query("HostKeysCard")), "they are asked about")


async def canary(desk: Desk) -> None:
    """One machine has answered; whether to go on with the others."""
    desk.engine.replies |= {machine.name: Reply(CONFIGURATION) for machine in MACHINES}
    await desk.listed()
    await desk.press("a", "r")
    await desk.press(*"!cat nginx.conf", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")
    desk.app.screen.query("Switch").first().focus()
    await desk.press("space")
    desk.app.screen.query(".run-form--meant").first().focus()
    await desk.press(*"web-02", "enter")
    await desk.until(lambda: bool(desk.main.query("GoOnCard")), "it is asked")


async def history(desk: Desk) -> None:
    """The runs that were."""
    await answers(desk)
    await desk.press("H")
    await desk.until(lambda: isinstance(desk.app.screen, HistoryDialog), "they are listed")


async def no_history(desk: Desk) -> None:
    """Nothing ran yet."""
    await desk.listed()
    desk.main.perform("run-history")
    await desk.until(lambda: isinstance(desk.app.screen, HistoryDialog), "it is said")


async def writing(desk: Desk) -> None:
    """Where the answers are written to."""
    await answers(desk)
    await desk.press("w")
    await desk.until(lambda: isinstance(desk.app.screen, PathDialog), "it is asked")


def many(stage: Stage) -> MooringApp:
    """The program on two dozen web servers."""
    return mooring(stage, sources=given(MACHINES))


SCENES = (
    Scene("progress", going_on, RunTab, many),
    Scene("answers", grouped, AnswersView, many),
    Scene("differences", differing, AnswersView, many),
    Scene("by-machine", by_machine, AnswersView, many),
    Scene("searched", searched, AnswersView, many),
    Scene("host-keys", host_keys, HostKeysCard, many),
    Scene("canary", canary, GoOnCard, many),
    Scene("history", history, HistoryDialog, many),
    Scene("no-history", no_history, HistoryDialog, many),
    Scene("write-answers", writing, PathDialog, many),
)
