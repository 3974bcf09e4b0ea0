"""A run on many machines, from the first of them to the list of those that were."""

from __future__ import annotations

from mooring.ui.commands.run_form import RunForm
from mooring.ui.fleet.run_tab import RunTab
from screenshots.studio import Photographer, Studio

_READERS = ("bastion", "cache-1", "db-1", "greenhouse", "web-1", "web-2")
_WAITING = "case $(hostname) in greenhouse) echo watering bed 2; sleep 60;; bastion) exit 3;; *) cat RELEASE;; esac"


async def fleet(studio: Studio) -> None:
    """One machine first; a run that goes on; its answers one below the other and by machine; host keys; history."""
    async with studio.camera() as view:
        await _ask(view, ("bastion", "greenhouse", "metrics"), "cat RELEASE")
        await view.press("space", "enter")
        await view.sees("Go on with the other 2")
        await view.take("run-canary")
        await view.press("y")
        await view.until(lambda: _tab(view).record is not None, "answers")
        await view.press("f12", "1", "u")
        await _ask(view, _READERS, _WAITING)
        await view.press(*"4", "space", *"guarded", "enter")
        await view.sees("watering bed 2", "still running", "5 of 6")
        await view.take("run-live")
        await view.press("x")
        await view.until(lambda: _tab(view).record is not None, "answers")
        await view.press("b")
        await view.take("answers-by-machine")
        await view.press("H")
        await view.dialog()
        await view.take("run-history")


def _tab(view: Photographer) -> RunTab:
    tab = view.app.main_screen.deck.active_tab
    assert isinstance(tab, RunTab), tab
    return tab


async def _ask(view: Photographer, machines: tuple[str, ...], line: str) -> None:
    """Mark machines, and have the form for a command line on them."""
    main = view.app.main_screen
    for name in machines:
        main.panel.view.select(name)
        await view.press("space")
    await view.press("r")
    await view.until(lambda: main.desks.command_panel.list.shown > 0, "the commands are listed")
    main.desks.command_panel.filter.value = f"!{line}"
    await view.press("enter")
    await view.until(lambda: isinstance(view.app.screen, RunForm), "the form")
