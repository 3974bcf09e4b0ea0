"""Write the pictures: the real program on the demo fleet, driven as a person would, exported as SVG.

    python screenshots/write.py [FOLDER]

Addresses and passwords in the pictures belong to one run of the demo, and were gone when it ended.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, chdir
from os import environ, utime
from pathlib import Path
from time import monotonic

from textual.pilot import Pilot

from mooring.demo import DemoFleet, start_demo
from mooring.inventory import further_sources
from mooring.model.errors import ConnectionLostError
from mooring.store import Settings
from mooring.store.settings.source_setting import SourceSetting
from mooring.ui import MooringApp, Services
from mooring.ui.commands.run_form import RunForm
from mooring.ui.editing.machine_form import MachineForm
from mooring.ui.files.files_tab import FilesTab
from mooring.ui.fleet.run_tab import RunTab
from mooring.ui.settings.settings_dialog import SettingsDialog
from mooring_widgets.session_tabs import TabState

WIDE = (130, 34)
NARROW = (80, 24)
DEADLINE = 30.0
NEW_YEAR = 1_767_225_600
"""When the files of the pictures were changed."""


def standing_alone(svg: str) -> str:
    """The export without the fonts that it would load from elsewhere, and with a font that may be there.

    The export names its styles after a hash of the content: a stable name keeps differences small.
    """
    svg = re.sub(r"[ \t]*@font-face\s*\{[^}]*\}\n*", "", svg)
    svg = svg.replace("font-family: Fira Code, monospace", 'font-family: "Fira Code", monospace')
    svg = svg.replace("font-family: arial", "font-family: sans-serif")
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return re.sub(r"terminal-\d+-", "terminal-", svg)


class Photographer:
    """One run of the program, and the folder that its pictures go to."""

    def __init__(self, app: MooringApp, pilot: Pilot[None], folder: Path) -> None:
        self.app = app
        self.pilot = pilot
        self._folder = folder

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type text and enter at the shell of the active session."""
        await self.pilot.press(*(" ".join(text).replace("   ", " space ").split()), "enter")

    async def open(self, name: str, state: TabState) -> None:
        """Open a machine and wait until its tab has come to a state."""
        main = self.app.main_screen
        machine = main.browser.find(name)
        assert machine is not None, name
        await main.desk.open(machine)
        await self.until(lambda: (pane := main.deck.active_pane) is not None and pane.state is state, f"{name} {state}")

    async def shows(self, text: str) -> None:
        """Wait until the active session shows `text`."""

        def seen() -> bool:
            pane = self.app.main_screen.deck.active_pane
            if pane is None:
                return False
            emulator = pane.terminal.emulator
            return any(text in line for line in emulator.display)

        await self.until(seen, f"the session shows {text!r}")

    async def until(self, ready: Callable[[], bool], what: str) -> None:
        """Wait, with a deadline."""
        end = monotonic() + DEADLINE
        while not ready():
            if monotonic() > end:
                raise TimeoutError(what)
            await self.pilot.pause(0.05)

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    async def take(self, name: str) -> None:
        """Write what is on the screen."""
        await self.pilot.pause(0.3)
        svg = standing_alone(self.app.export_screenshot(title="Mooring"))
        (self._folder / f"{name}.svg").write_text(svg, encoding="utf-8")


@asynccontextmanager
async def camera(
    fleet: DemoFleet,
    folder: Path,
    size: tuple[int, int] = WIDE,
    *,
    theme: str = "mooring-dark",
    further: tuple[SourceSetting, ...] = (),
) -> AsyncIterator[Photographer]:
    """The program on the demo fleet, and on further sources, its machines listed."""
    settings = Settings(theme=theme, palette="theme", source=further)
    services = Services(
        sources=(*fleet.sources.in_order(), *further_sources(settings, fleet.paths, None)),
        settings=settings,
        settings_file=Path("~/.config/mooring/settings.toml"),
        machines_file=fleet.machines_file,
        annotations_file=fleet.paths.annotations_file,
        commands_file=fleet.paths.commands_file,
        command_usage_file=fleet.paths.command_usage_file,
        runs_folder=fleet.paths.runs,
    )
    app = MooringApp(services)
    async with app.run_test(size=size) as pilot:
        photographer = Photographer(app, pilot, folder)
        await photographer.until(lambda: bool(app.main_screen.browser.machines), "the machines are listed")
        yield photographer


async def browser(fleet: DemoFleet, folder: Path) -> None:
    """The list and the details; the same while filtering, in a light theme, and in 80 columns."""
    async with camera(fleet, folder) as view:
        view.app.main_screen.panel.view.select("db-1")
        details = view.app.main_screen.deck.details
        await view.until(lambda: "On the way" in details.text, "the details are there")
        await view.take("browser")
        await view.press("slash", *"web")
        await view.take("filter")
    async with camera(fleet, folder, theme="mooring-light") as view:
        await view.take("browser-light")
    async with camera(fleet, folder, NARROW) as view:
        await view.take("browser-narrow")


async def states(fleet: DemoFleet, folder: Path) -> None:
    """Which machines are up, and why not; a source that failed; the form."""
    broken = SourceSetting(name="cloud", command="sh -c 'echo the API answers 401: Unauthorized >&2; exit 3'")
    async with camera(fleet, folder, further=(broken,)) as view:
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
    async with camera(fleet, folder) as view:
        await view.press("n")
        await view.until(lambda: isinstance(view.app.screen, MachineForm) and view.app.screen.is_mounted, "the form")
        form = view.app.screen
        assert isinstance(form, MachineForm)
        form.fill({"name": "db-9", "host": "10.0.4.9", "user": "postgres", "port": 70000, "jump": "bastion"})
        form.fill(
            {"tags": ["db", "primary"], "guard": True, "notes": "ask Ann first", "forwards": ["-L 5432:localhost:5432"]}
        )
        await view.take("form")


async def sessions(fleet: DemoFleet, folder: Path) -> None:
    """Sessions in tabs: the splash, vim, the leader's map, one that is over."""
    async with camera(fleet, folder) as view:
        await view.open("default", TabState.OPEN)
        await view.shows("docker@default")
        await view.type("ls -l")
        await view.take("session")
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("vim README.md")
        await view.shows("made with")
        await view.take("session-vim")
        await view.press("f12")
        await view.take("leader")
        await view.press("escape")
        await view.press("f12", "2")
        await view.type("exit")
        await view.until(lambda: view.app.main_screen.deck.panes[0].state is TabState.ENDED, "the session ends")
        await view.take("session-ended")


async def lasting(fleet: DemoFleet, folder: Path) -> None:
    """What outlasts a connection: forwards, the way back to a session, and the question before sessions are left."""
    async with camera(fleet, folder) as view:
        await view.open("default", TabState.OPEN)
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("ls -l")
        await view.press("f12", "f")
        for typed in ("8080:localhost:80", "D 1080", "5432:db-1.internal:5432"):
            await view.press(*typed, "enter")
        await view.until(lambda: "3 forwards" in view.text, "the forwards are open")
        await view.take("forwards")
        await view.press("escape")
        pane = view.app.main_screen.deck.active_pane
        assert pane is not None and pane.session is not None
        # The demo's connections do not break: this one only says that it did.
        pane.session.lose(ConnectionLostError("Connection to 127.0.0.1 closed by remote host."), 4, 12.0)
        pane.session_changed()
        await view.until(lambda: "again in" in view.text, "it counts down")
        await view.take("reconnecting")
        view.app.main_screen.perform("quit")
        await view.until(lambda: "keep them running" in view.text, "it is asked")
        await view.take("quit")


async def files(fleet: DemoFleet, folder: Path) -> None:
    """The files of a machine beside those here: both sides, what is asked, in a light theme, and in 80 columns."""
    with tempfile.TemporaryDirectory() as place, chdir(place):
        home, environ["HOME"] = environ["HOME"], place
        _make_files()
        async with camera(fleet, folder) as view:
            tab = await _open_files(view)
            await view.take("files")
            await view.press("c")
            await view.until(lambda: not tab.copying.is_running, "it is copied")
            await view.press("c")
            await view.until(lambda: view.app.screen is not view.app.main_screen, "it is asked")
            await view.take("files-existing")
        async with camera(fleet, folder, NARROW, theme="textual-light") as view:
            await _open_files(view)
            await view.take("files-light")
        environ["HOME"] = home


async def commands(fleet: DemoFleet, folder: Path) -> None:
    """Saved commands beside vim, what is asked before one runs on many machines, and their answers."""
    async with camera(fleet, folder) as view:
        main = view.app.main_screen
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("vim README.md")
        await view.shows("made with")
        await view.press("f12", "c")
        await view.until(lambda: main.command_panel.list.shown > 0, "the commands are listed")
        main.command_panel.list.go_to("disk free")
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, RunForm), "the machine is guarded")
        await view.press("enter")
        runs = main.command_panel.runs
        await view.until(lambda: runs.current is not None and not runs.current.is_live, "it ran")
        await view.take("commands")
    async with camera(fleet, folder) as view:
        main = view.app.main_screen
        for name in ("web-1", "web-2", "web-3", "db-1", "cache-1", "metrics", "stage-1"):
            main.panel.view.select(name)
            await view.press("space")
        await view.press("r")
        await view.until(lambda: main.command_panel.list.shown > 0, "the commands are listed")
        await view.press(*"release", "enter")
        await view.until(lambda: isinstance(view.app.screen, RunForm), "the form")
        await view.take("run-form")
        await view.press("5", "space", *"guarded", "enter")
        await view.until(lambda: bool(main.query("RunTab QuestionSpot.-asking")), "the key of stage-1 is asked about")
        await view.press("y")
        await view.until(lambda: isinstance(tab := main.deck.active_tab, RunTab) and tab.record is not None, "answers")
        await view.press("d", "d")
        await view.take("answers")


def _make_files() -> None:
    for name, count in (("notes.md", 2_300), ("release-4.2.tar.gz", 48_000_000), ("site.conf", 700)):
        Path(name).write_bytes(b"x" * count)
    Path("configs").mkdir()
    for name in ("notes.md", "release-4.2.tar.gz", "site.conf", "configs"):
        utime(name, (NEW_YEAR, NEW_YEAR))


async def _open_files(view: Photographer) -> FilesTab:
    """Show the files of web-1, two of them marked, with the cursor on one of those here."""
    await view.open("web-1", TabState.OPEN)
    await view.press("f12", "t")
    tab = view.app.main_screen.deck.active_tab
    assert isinstance(tab, FilesTab)
    await view.until(lambda: len(tab.there.list.rows) > 1 and len(tab.here.list.rows) > 1, "both sides are read")
    await view.press("down", "space", "space", "tab", "down", "down")
    return tab


async def questions(fleet: DemoFleet, folder: Path) -> None:
    """What a person is asked, and what can go wrong."""
    async with camera(fleet, folder) as view:
        for machine in view.app.main_screen.browser.machines:
            if machine.name in ("stage-1", "stage-db"):
                await view.open(machine.name, TabState.QUESTION)
                await view.take("dialog-host-key" if machine.name == "stage-1" else "dialog-password")
        await view.open("vault", TabState.QUESTION)
        await view.take("dialog-second-factor")
        await view.open("web-3", TabState.FAILED)
        await view.take("failed")
        await view.open("mail", TabState.QUESTION)
        await view.take("dialog-changed-host-key")
        await view.press("escape")
        pane = view.app.main_screen.deck.active_pane
        await view.until(lambda: pane is not None and pane.state is TabState.FAILED, "the changed key is refused")
        await view.take("failed-host-key")
        await view.press("f12", "question_mark")
        await view.take("help")
        await view.press(*"ssh")
        await view.take("help-search")
        await view.press("escape", "escape", "f12", "m", "comma")
        await view.until(lambda: isinstance(view.app.screen, SettingsDialog), "the settings are there")
        await view.take("settings")


async def write_all(folder: Path) -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as home:
        for name in ("CONFIG", "STATE", "DATA", "RUNTIME"):
            environ[f"XDG_{name}_{'DIR' if name == 'RUNTIME' else 'HOME'}"] = home
        with start_demo() as fleet:
            await browser(fleet, folder)
            await states(fleet, folder)
            await sessions(fleet, folder)
            await lasting(fleet, folder)
            await files(fleet, folder)
            await questions(fleet, folder)
            # Last: a host key is accepted in it.
            await commands(fleet, folder)


if __name__ == "__main__":
    wanted = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    wanted.mkdir(parents=True, exist_ok=True)
    asyncio.run(write_all(wanted))
