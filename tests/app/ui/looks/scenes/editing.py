"""Machines as a person changes them: the form, trying it out, and what is asked."""

from __future__ import annotations

from dataclasses import replace

from app.ui.looks.scene import Scene, Stage, mooring
from app.ui.looks.scenes.browser import resolved
from app.ui.looks.scenes.questions import HOST_KEY
from mooring.model.errors import AuthenticationFailedError, EditConflictError
from mooring.ui import MooringApp
from mooring.ui.editing.conflict_dialog import ConflictDialog
from mooring.ui.editing.delete_dialog import DeleteDialog
from mooring.ui.editing.machine_form import MachineForm
from mooring.ui.editing.trial_dialog import TrialDialog
from support.given_machines import GivenSource
from support.pictured_fleet import FLEET
from support.session_screens import Desk
from support.still_engine import Reply

OWN = """\
[[machine]]
name = "web-1"
host = "10.0.0.1"
user = "ops"
"""


async def form(desk: Desk) -> MachineForm:
    """An empty form for a new machine."""
    await desk.listed()
    await desk.press("n")
    await desk.until(lambda: isinstance(desk.app.screen, MachineForm) and desk.app.screen.is_mounted, "the form")
    found = desk.app.screen
    assert isinstance(found, MachineForm)
    return found


async def new(desk: Desk) -> None:
    """Nothing is filled in yet."""
    await form(desk)


async def filled(desk: Desk) -> None:
    """Filled in, with a slip in it."""
    found = await form(desk)
    found.fill({"name": "db-9", "port": 70000, "jump": "gate", "guard": True, "notes": "ask Ann\nfirst"})
    await desk.press("tab")
    await desk.press("ctrl+s")


async def annotating(desk: Desk) -> None:
    """What is said of a machine that another source names."""
    await desk.listed()
    await resolved(desk, "web-1")
    await desk.press("e")
    await desk.until(lambda: isinstance(desk.app.screen, MachineForm) and desk.app.screen.is_mounted, "the form")


async def trying(desk: Desk) -> None:
    """On the way, with a question."""
    desk.engine.replies["10.1.0.1"] = desk.engine.replies["stage-1"] = Reply(asks=HOST_KEY)
    await try_out(desk)
    await desk.until(lambda: bool(desk.app.screen.query("QuestionCard")), "it is asked")


async def refused(desk: Desk) -> None:
    """It failed, and what to do about it."""
    failure = AuthenticationFailedError(
        "deploy@10.1.0.1: Permission denied (publickey,password).",
        hop="stage-1",
        hint="Tried: agent (2 keys), ~/.ssh/id_ed25519. Does the server know one of them?",
    )
    desk.engine.replies["10.1.0.1"] = desk.engine.replies["stage-1"] = Reply(failure=failure)
    await try_out(desk)
    await desk.until(lambda: "Permission denied" in desk.shown(), "it is told")


async def working(desk: Desk) -> None:
    """It works."""
    await try_out(desk)
    await desk.until(lambda: "it works" in desk.shown(), "it is told")
    desk.engine.ends(max(desk.engine.inputs))
    await desk.until(lambda: "Back to the form" in desk.shown(), "it is over")


async def try_out(desk: Desk) -> None:
    """Connect to what a form says."""
    found = await form(desk)
    found.fill({"name": "stage-1", "host": "10.1.0.1", "user": "deploy"})
    await desk.press("ctrl+t")
    await desk.until(lambda: isinstance(desk.app.screen, TrialDialog), "it is tried")


async def deleting(desk: Desk) -> None:
    """Whether a machine of one's own is to go."""
    await desk.listed()
    await resolved(desk, "web-1")
    await desk.press("delete")
    await desk.until(lambda: isinstance(desk.app.screen, DeleteDialog), "it is asked")


async def conflict(desk: Desk) -> None:
    """Two people changed the same."""
    await form(desk)
    found = EditConflictError(
        "machines.toml says something else of stage-1 than when this form was opened",
        base={"user": "deploy", "notes": ""},
        mine={"user": "ops", "notes": "ask Ann first\nthen Bob"},
        theirs={"user": "root", "notes": ""},
        fields=("user", "notes"),
    )
    desk.app.push_screen(ConflictDialog(found))
    await desk.settled()


def with_own(stage: Stage) -> MooringApp:
    """The program of somebody whose machines.toml has one of the machines."""
    (stage.folder / "machines.toml").write_text(OWN)
    return mooring(stage)


def with_others(stage: Stage) -> MooringApp:
    """The program on machines that another source names."""
    machines = tuple(replace(machine, sources=("ssh_config",)) for machine in FLEET)
    return mooring(stage, sources=(GivenSource(machines, (), "ssh_config"),))


SCENES = (
    Scene("new", new, MachineForm),
    Scene("filled", filled, MachineForm),
    Scene("annotating", annotating, MachineForm, with_others),
    Scene("trying", trying, TrialDialog),
    Scene("refused", refused, TrialDialog),
    Scene("working", working, TrialDialog),
    Scene("delete", deleting, DeleteDialog, with_own),
    Scene("conflict", conflict, ConflictDialog),
)
