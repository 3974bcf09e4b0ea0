"""The screens on machines whose sessions open at once, driven by key names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.screens.main_screen import MainScreen
from mooring_widgets.session_tabs import SessionTabs
from support.given_machines import given
from support.still_engine import StillEngine

SIZE = (130, 34)


def machine(name: str, *, guard: bool = False, colour: str = "") -> Machine:
    """A machine that nothing of the person's own files is about."""
    origin = Origin("fleet/machines.toml", 12)
    target = Target(name, config_file="none")
    return Machine(name, ("mooring",), origin, target, f"{name}.example.org", guard=guard, colour=colour)


MACHINES = (
    machine("web-1", colour="#d08770"),
    machine("web-2"),
    machine("db-1", guard=True, colour="red"),
    machine("stage-1"),
)


@dataclass
class Desk:
    """The program, its engine, and somebody at the keys."""

    app: MooringApp
    pilot: Pilot[None]
    engine: StillEngine

    @property
    def main(self) -> MainScreen:
        """The screen that everything is on."""
        return self.app.main_screen

    async def listed(self) -> None:
        """Wait until the machines are listed."""
        await self.until(lambda: bool(self.main.browser.machines), "the machines are listed")

    async def open(self, *names: str) -> None:
        """Open machines in tabs, one after the other."""
        await self.listed()
        for name in names:
            found = self.main.browser.find(name)
            assert found is not None, name
            await self.main.desks.session_desk.open(found)
            await self.settled()

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await self.settled()

    async def fill(self, text: str) -> None:
        """Have the line that has the focus say `text`, and press enter."""
        line = self.app.screen.focused
        assert isinstance(line, Input)
        line.value = text
        await self.press("enter")

    async def lead(self, key: str) -> None:
        """Press the leader and a key."""
        await self.press("f12", key)

    async def settled(self) -> None:
        """Wait until nothing is on its way any more."""
        for _ in range(3):
            await self.pilot.pause()

    async def until(self, ready: Callable[[], bool], what: str) -> None:
        """Wait for a state."""
        for _ in range(500):
            if ready():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"it never came to this: {what}\n{self.shown()}")

    def row(self) -> str:
        """The row of tabs as it is painted."""
        return self.main.query_one(SessionTabs).render_line(0).text.rstrip()

    def titles(self) -> list[str]:
        """The titles of the tabs in their order, without the first."""
        return [tab.title for tab in self.main.deck.tabs]

    @property
    def active_title(self) -> str:
        """The title of the active tab; "" for the first."""
        tab = self.main.deck.active_tab
        return "" if tab is None else tab.title

    def shown(self) -> str:
        """The screen as text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


def session_app(
    engine: StillEngine,
    settings: Settings | None = None,
    *,
    theme: str = "textual-dark",
    workspaces: Path = Path("workspaces.toml"),
    to_open: tuple[str, ...] = (),
    folder: Path = Path("state"),
    project: Path | None = None,
    machines: tuple[Machine, ...] = MACHINES,
    keeps_sessions: bool = True,
) -> MooringApp:
    """The program on machines whose sessions are the engine's; commands and runs are kept in `folder`."""
    services = Services(
        sources=given(machines),
        settings=settings or Settings(splash=False, palette="theme", theme=theme),
        make_sessions=engine.sessions,
        find_ssh=lambda: None,
        workspaces_file=workspaces,
        to_open=to_open,
        commands_file=folder / "commands.toml",
        command_usage_file=folder / "commands.json",
        runs_folder=folder / "runs",
        project_folder=project,
        keeps_sessions=keeps_sessions,
    )
    return MooringApp(services)


async def desk_of(app: MooringApp, pilot: Pilot[None], engine: StillEngine, *names: str) -> Desk:
    """Sit down at a program that runs, and open machines of these names."""
    desk = Desk(app, pilot, engine)
    await desk.listed()
    await desk.open(*names)
    return desk


@asynccontextmanager
async def running_desk(
    *names: str,
    size: tuple[int, int] = SIZE,
    workspaces: Path = Path("workspaces.toml"),
    to_open: tuple[str, ...] = (),
    folder: Path = Path("state"),
    project: Path | None = None,
    machines: tuple[Machine, ...] = MACHINES,
    keeps_sessions: bool = True,
) -> AsyncIterator[Desk]:
    """The program with sessions open on machines of these names."""
    engine = StillEngine()
    app = session_app(
        engine,
        workspaces=workspaces,
        to_open=to_open,
        folder=folder,
        project=project,
        machines=machines,
        keeps_sessions=keeps_sessions,
    )
    async with app.run_test(size=size) as pilot:
        yield await desk_of(app, pilot, engine, *names)
