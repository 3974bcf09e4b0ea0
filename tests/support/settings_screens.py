"""The screens on a settings.toml, as they start with it, beside sessions that open at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from mooring.inventory import Source
from mooring.inventory.looks import Looks
from mooring.model.machine import Machine
from mooring.store import Settings, load_settings
from mooring.ui import MooringApp, Services
from mooring.ui.keys import keymap_of
from mooring.ui.sessions import terminal_choices
from mooring.ui.themes import theme_problems
from support.given_machines import GivenSource
from support.session_screens import MACHINES, SIZE, Desk, desk_of
from support.still_engine import StillEngine


def settings_app(
    engine: StillEngine,
    file: Path,
    *,
    machines: tuple[Machine, ...] = MACHINES,
    sources_of: Callable[[Settings], tuple[Source, ...]] | None = None,
) -> MooringApp:
    """The program as it starts with this file, which it watches."""
    looks = Looks()
    looks.note(file)
    loaded = load_settings(file)
    keymap, key_problems = keymap_of(loaded.settings, loaded.origin_of)
    services = Services(
        sources=(GivenSource(machines),),
        settings=loaded.settings,
        keymap=keymap,
        problems=(*loaded.problems, *key_problems, *theme_problems(loaded.settings, loaded.origin_of)),
        make_sessions=partial(engine.sessions, choices=terminal_choices(loaded.settings)),
        find_ssh=lambda: None,
        find_clipboard=lambda: None,
        settings_file=file,
        settings_looks=looks.states,
        sources_of=sources_of,
    )
    return MooringApp(services)


@asynccontextmanager
async def settings_desk(
    file: Path,
    *names: str,
    size: tuple[int, int] = SIZE,
    sources_of: Callable[[Settings], tuple[Source, ...]] | None = None,
) -> AsyncIterator[Desk]:
    """The program on this file, with sessions open on machines of these names."""
    engine = StillEngine()
    app = settings_app(engine, file, sources_of=sources_of)
    async with app.run_test(size=size) as pilot:
        yield await desk_of(app, pilot, engine, *names)
