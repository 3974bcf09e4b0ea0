"""Saved commands beside the machines and beside a session, one that runs, and the forms."""

from __future__ import annotations

from app.ui.looks.scene import Scene, Stage, mooring
from app.ui.looks.scenes.browser import resolved
from app.ui.looks.scenes.questions import HOST_KEY
from mooring.ui import MooringApp
from mooring.ui.commands.command_form import CommandForm
from mooring.ui.commands.command_panel import CommandPanel
from mooring.ui.commands.import_dialog import ImportDialog
from mooring.ui.commands.run_form import RunForm
from mooring.ui.commands.run_view import RunView
from mooring.ui.dialogs.yes_or_no import YesOrNoDialog
from mooring.ui.fleet.path_dialog import PathDialog
from support.saved_commands import COMMANDS, write_commands
from support.session_screens import Desk
from support.still_engine import Reply

DISK = b"Filesystem  Size  Used Avail Use%\n\x1b[32m/dev/vda     40G\x1b[m   11G   29G  28%\n"


async def browsing(desk: Desk) -> None:
    """The commands beside the machines, one of which is under the cursor."""
    await desk.listed()
    await resolved(desk, "web-1")
    await desk.press("c")
    await desk.until(lambda: desk.main.desks.command_panel.list.shown > 0, "the commands are listed")
    await desk.press("down", "down")
    await desk.until(lambda: "$ uptime" in desk.shown() or "$ df" in desk.shown(), "what it would run is told")


async def filtering(desk: Desk) -> None:
    """A few letters of one."""
    await browsing(desk)
    await desk.press("slash", *"rest")


async def uptime(desk: Desk) -> None:
    """The commands beside a session, with the cursor on one of them."""
    await desk.open("lab-1")
    await desk.lead("c")
    await desk.until(lambda: desk.main.desks.command_panel.list.shown > 0, "the commands are listed")
    desk.main.desks.command_panel.list.go_to("uptime")
    await desk.settled()


async def beside_session(desk: Desk) -> None:
    """The commands beside a session, and the output of one that failed."""
    desk.engine.replies["lab-1"] = Reply(DISK, status=2)
    await uptime(desk)
    await desk.press("f", "enter")
    view = desk.main.desks.command_panel
    await desk.until(lambda: view.runs.current is not None and not view.runs.current.is_live, "it ended")
    await desk.until(lambda: "★" in desk.shown() and "28%" in desk.shown() and "$ uptime" in desk.shown(), "all of it")


async def running(desk: Desk) -> None:
    """A command that goes on, with the keys in its output."""
    desk.engine.replies["lab-1"] = Reply(b"".join(b"line %d\n" % n for n in range(90)), status=None)
    await uptime(desk)
    await desk.press("enter")
    await desk.until(lambda: "line 89" in desk.shown(), "it writes")
    await desk.press("tab")


async def asked(desk: Desk) -> None:
    """A host key is asked about before a command runs."""
    desk.engine.replies["lab-1"] = Reply(asks=HOST_KEY)
    await uptime(desk)
    await desk.press("enter")
    await desk.until(lambda: bool(desk.main.query("RunView QuestionCard")), "it is asked")


async def none_saved(desk: Desk) -> None:
    """Nothing is saved yet."""
    await desk.listed()
    desk.main.desks.commands.toggle()
    await desk.until(lambda: "No commands are saved yet" in desk.shown(), "what to do")


async def broken(desk: Desk) -> None:
    """A mistake in the file."""
    await desk.listed()
    desk.main.desks.commands.toggle()
    await desk.until(lambda: "! " in desk.shown() and desk.main.desks.command_panel.list.shown > 0, "it is told")


async def run_form(desk: Desk) -> None:
    """Values that are asked for, and guarded machines."""
    await desk.listed()
    await desk.press("slash", *"web-", "down", "a", "r")
    await desk.until(lambda: desk.main.desks.command_panel.list.shown > 0, "the commands are listed")
    await desk.press(*"restart", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")
    await desk.press("right", "down", *"slow")
    await desk.until(lambda: "systemctl restart 'app' && logger 'slow'" in desk.shown(), "what will run")


async def run_form_refused(desk: Desk) -> None:
    """A value that does not fit, on one machine."""
    await desk.listed()
    await resolved(desk, "web-1")
    await desk.press("r")
    await desk.until(lambda: desk.main.desks.command_panel.list.shown > 0, "the commands are listed")
    await desk.press(*"restart", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")
    await desk.press("down", *"S1", "enter")
    await desk.until(lambda: "✕" in desk.shown(), "it is refused")


async def new(desk: Desk) -> None:
    """A new command."""
    await browsing(desk)
    await desk.press("n")
    await desk.until(lambda: isinstance(desk.app.screen, CommandForm), "the form is there")


async def edit(desk: Desk) -> None:
    """One with a parameter. It says no more than fits: Textual 8.2.8 scrolls a longer line when it is made narrow."""
    await browsing(desk)
    desk.main.desks.command_panel.list.go_to("unlock")
    await desk.press("e")
    await desk.until(lambda: isinstance(desk.app.screen, CommandForm), "the form is there")
    await desk.until(lambda: len(desk.app.screen.query(".parameter")) == 1, "the parameter is there")


async def importing(desk: Desk) -> None:
    """The lines of a shell's history."""
    await browsing(desk)
    lines = ["uptime", "journalctl -u nginx -f", "for host in a b c; do\n  ssh $host uptime\ndone", f"echo {'x' * 200}"]
    desk.app.push_screen(ImportDialog([*lines, *(f"docker logs -f app-{n}" for n in range(40))]))
    await desk.settled()


async def no_history(desk: Desk) -> None:
    """There is none."""
    await browsing(desk)
    await desk.press("i")
    await desk.until(lambda: isinstance(desk.app.screen, ImportDialog), "it is said")


async def deleting(desk: Desk) -> None:
    """Whether one is to go."""
    await browsing(desk)
    await desk.press("D")
    await desk.until(lambda: isinstance(desk.app.screen, YesOrNoDialog), "it is asked")


async def writing(desk: Desk) -> None:
    """Where its output is written to."""
    await beside_session(desk)
    await desk.press("w")
    await desk.until(lambda: isinstance(desk.app.screen, PathDialog), "it is asked")


def saved(stage: Stage) -> MooringApp:
    """The program of somebody who has saved some."""
    write_commands(stage.folder)
    return mooring(stage)


def with_mistakes(stage: Stage) -> MooringApp:
    """The program of somebody whose file has mistakes in it."""
    write_commands(
        stage.folder, COMMANDS + '\n[[command]]\nname = "broken"\n\n[[command]]\nnmae = "x"\ncommand = "y"\n'
    )
    return mooring(stage)


SCENES = (
    Scene("browsing", browsing, CommandPanel, saved),
    Scene("filtering", filtering, CommandPanel, saved),
    Scene("beside-session", beside_session, CommandPanel, saved),
    Scene("running", running, RunView, saved),
    Scene("asked", asked, RunView, saved),
    Scene("none-saved", none_saved, CommandPanel),
    Scene("broken", broken, CommandPanel, with_mistakes),
    Scene("run-form", run_form, RunForm, saved),
    Scene("run-form-refused", run_form_refused, RunForm, saved),
    Scene("new", new, CommandForm, saved),
    Scene("edit", edit, CommandForm, saved),
    Scene("import", importing, ImportDialog, saved),
    Scene("no-history", no_history, ImportDialog, saved),
    Scene("delete", deleting, YesOrNoDialog, saved),
    Scene("write-output", writing, PathDialog, saved),
)
