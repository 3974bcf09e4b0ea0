"""Machines: the list, their details, what is known of them, and the form."""

from __future__ import annotations

from mooring.store.settings.source_setting import SourceSetting
from mooring.ui.editing.machine_form import MachineForm
from screenshots.studio import NARROW, Studio


async def first_start(studio: Studio) -> None:
    """What somebody sees who has no machines yet."""
    async with studio.camera(NARROW, sources=()) as view:
        await view.take("first-start")


async def browser(studio: Studio) -> None:
    """The list and the details; the same while filtering, and in 80 columns."""
    async with studio.camera() as view:
        view.app.main_screen.panel.view.select("db-1")
        details = view.app.main_screen.deck.details
        await view.until(lambda: "On the way" in details.text, "the details are there")
        await view.take("browser")
        await view.press("slash", *"web")
        await view.take("filter")
    async with studio.camera(NARROW) as view:
        await view.take("browser-narrow")


async def machine_states(studio: Studio) -> None:
    """Which machines are up, and why not; a source that failed; the form."""
    broken = SourceSetting(name="cloud", command="sh -c 'echo the API answers 401: Unauthorized >&2; exit 3'")
    async with studio.camera(further=(broken,)) as view:
        main = view.app.main_screen
        main.panel.focus_list()
        await view.press("P")
        await view.until(lambda: " looked for: " in main.status.message, "all have been looked for")
        await view.press("s", "s")
        main.panel.view.select("web-3")
        await view.until(lambda: "refused" in main.deck.details.text, "the details say why")
        await view.take("browser-states")
        await view.press("S")
        await view.take("sources")
    async with studio.camera() as view:
        await view.press("n")
        await view.until(lambda: isinstance(view.app.screen, MachineForm) and view.app.screen.is_mounted, "the form")
        form = view.app.screen
        assert isinstance(form, MachineForm)
        form.fill({"name": "db-9", "host": "10.0.4.9", "user": "postgres", "port": 70000, "jump": "bastion"})
        form.fill(
            {"tags": ["db", "primary"], "guard": True, "notes": "ask Ann first", "forwards": ["-L 5432:localhost:5432"]}
        )
        await view.take("form")
