"""Saved commands beside a session, and one of them on many machines."""

from __future__ import annotations

from mooring.ui.commands.run_form import RunForm
from mooring.ui.fleet.run_tab import RunTab
from mooring_widgets.session_tabs import TabState
from screenshots.studio import Studio


async def commands(studio: Studio) -> None:
    """Saved commands beside vim, what is asked before one runs on many machines, and their answers."""
    async with studio.camera() as view:
        main = view.app.main_screen
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("vim README.md")
        await view.shows("made with")
        await view.press("f12", "c")
        await view.until(lambda: main.desks.command_panel.list.shown > 0, "the commands are listed")
        main.desks.command_panel.list.go_to("release")
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, RunForm), "the machine is guarded")
        await view.press("enter")
        runs = main.desks.command_panel.runs
        await view.until(lambda: runs.current is not None and not runs.current.is_live, "it ran")
        await view.take("commands")
    async with studio.camera() as view:
        main = view.app.main_screen
        for name in ("web-1", "web-2", "web-3", "db-1", "cache-1", "metrics", "stage-1"):
            main.panel.view.select(name)
            await view.press("space")
        await view.press("r")
        await view.until(lambda: main.desks.command_panel.list.shown > 0, "the commands are listed")
        await view.press(*"release", "enter")
        await view.until(lambda: isinstance(view.app.screen, RunForm), "the form")
        await view.take("run-form")
        await view.press("5", "space", *"guarded", "enter")
        await view.until(lambda: bool(main.query("RunTab QuestionSpot.-asking")), "the key of stage-1 is asked about")
        await view.press("y")
        await view.until(lambda: isinstance(tab := main.deck.active_tab, RunTab) and tab.record is not None, "answers")
        await view.press("d", "d")
        await view.take("answers")
