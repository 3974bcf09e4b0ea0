"""The browser on real files of a folder, driven by key names."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from mooring.inventory import InventorySources, further_sources
from mooring.model.machine import Machine
from mooring.session import SessionListener, Sessions
from mooring.store import Paths, Settings
from mooring.store.settings.source_setting import SourceSetting
from mooring.ui import MooringApp, Services
from mooring.ui.browser.machines_panel import MachinesPanel
from support.still_engine import StillEngine


@dataclass
class BrowserDesk:
    """The program on files of `folder`, and somebody at the keys."""

    app: MooringApp
    pilot: Pilot[None]
    folder: Path
    paths: Paths
    engine: StillEngine

    @property
    def panel(self) -> MachinesPanel:
        """The list."""
        return self.app.main_screen.panel

    @property
    def details(self) -> str:
        """What is told of the machine under the cursor."""
        return self.app.main_screen.deck.details.text

    @property
    def names(self) -> set[str]:
        """The machines that are known."""
        return {machine.name for machine in self.app.main_screen.browser.machines}

    def machine(self, name: str) -> Machine:
        """One of them."""
        found = self.app.main_screen.browser.find(name)
        assert found is not None, name
        return found

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def until(self, ready: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
        """Wait for a state."""
        end = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < end, f"it never came to this: {what}\n{self.shown}"
            await self.pilot.pause(0.02)

    @property
    def shown(self) -> str:
        """The screen as text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


@asynccontextmanager
async def running_browser(
    folder: Path,
    *sources: SourceSetting,
    size: tuple[int, int] = (120, 30),
    engine: StillEngine | None = None,
    make_sessions: Callable[[SessionListener], Sessions] | None = None,
    probe_visible: bool = False,
) -> AsyncIterator[BrowserDesk]:
    """The program with the ssh_config of `folder`, which gets one, and on further sources; the keys go to the list."""
    config = folder / "config"
    if not config.exists():
        config.write_text("Host web-1 web-2 web-3\n")
    paths = Paths.inside(folder / "mooring")
    settings = Settings(source=sources)
    inventory = InventorySources(
        str(config),
        folder / "store",
        paths.machines_file,
        paths.annotations_file,
        further_sources(settings, paths, str(config)),
    )
    engine = engine or StillEngine()
    services = Services(
        sources=inventory.in_order(),
        settings=settings,
        make_sessions=make_sessions or engine.sessions,
        find_ssh=lambda: None,
        config_file=str(config),
        machines_file=paths.machines_file,
        annotations_file=paths.annotations_file,
        recent_file=paths.recent_file,
        probe_visible=probe_visible,
    )
    app = MooringApp(services)
    async with app.run_test(size=size) as pilot:
        desk = BrowserDesk(app, pilot, folder, paths, engine)
        await desk.until(lambda: len(desk.names) >= 3, "the machines of files are listed")
        desk.panel.focus_list()
        yield desk
