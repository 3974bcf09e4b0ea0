"""The studio: the real program on the demo fleet, driven as a person would, exported as SVG."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from mooring.demo import DemoFleet
from mooring.inventory import Source, further_sources
from mooring.model.recording import RecordingPlan
from mooring.playback import open_recording
from mooring.session import EngineChoice, Sessions
from mooring.session.sessions import TerminalChoices
from mooring.store import Settings
from mooring.store.settings.source_setting import SourceSetting
from mooring.ui import MooringApp, Services
from mooring.ui.keys import Keymap
from mooring.ui.keys.tables import standard
from mooring.ui.player.app import PlayerApp, PlayOptions
from mooring_widgets.session_tabs import TabState
from screenshots.drift import words_of
from screenshots.neutral import Neutral

DARK = "mooring-dark"
LIGHT = "mooring-light"
WIDE = (130, 34)
NARROW = (80, 24)
DEADLINE = 30.0
_PAINTED = ("Machines", "Too small")
STILL = 0.4
"""Seconds for which the words of a screen have to be the same."""


def standing_alone(svg: str, neutral: Neutral) -> str:
    """The export without the fonts that it would load from elsewhere, and with a font that may be there.

    The export names its styles after a hash of the content: a stable name keeps differences small, and so do stand-ins
    for what is of this run alone.
    """
    svg = re.sub(r"[ \t]*@font-face\s*\{[^}]*\}\n*", "", svg)
    svg = svg.replace("font-family: Fira Code, monospace", 'font-family: "Fira Code", monospace')
    svg = svg.replace("font-family: arial", "font-family: sans-serif")
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return re.sub(r"(?<=>)[^<>]+(?=</text>)", lambda text: _neutral_text(text[0], neutral), svg)


def _neutral_text(text: str, neutral: Neutral) -> str:
    return neutral(text.replace("&#160;", " ")).replace(" ", "&#160;")


class Lens:
    """Looks at a run of one of our applications; what is taken of it is handed to `keep` with its name."""

    def __init__(self, app: App[None], pilot: Pilot[None], neutral: Neutral, keep: Callable[[str, str], None]) -> None:
        self.pilot = pilot
        self._app = app
        self._neutral = neutral
        self._keep = keep

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def until(self, ready: Callable[[], bool], what: str) -> None:
        """Wait, with a deadline."""
        end = monotonic() + DEADLINE
        while not ready():
            if monotonic() > end:
                raise TimeoutError(f"{what}:\n{self.text}")
            await self.pilot.pause(0.05)

    async def sees(self, *texts: str) -> None:
        """Wait until the screen shows these texts."""
        await self.until(lambda: all(text in self.text for text in texts), f"the screen shows {texts}")

    async def stands_still(self) -> None:
        """Wait until the words of the screen have been the same for a while."""
        seen, since = words_of(self.text), monotonic()
        end = since + DEADLINE
        while monotonic() < min(since + STILL, end):
            await self.pilot.pause(0.1)
            if (now := words_of(self.text)) != seen:
                seen, since = now, monotonic()

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(strip.text for strip in self._app.screen._compositor.render_strips())

    async def take(self, name: str) -> None:
        """Picture what is on the screen once its words stand still, no cursor blinking."""
        for field in self._app.screen.query(Input):
            field.cursor_blink = False
        await self.stands_still()
        self._keep(name, standing_alone(self._app.export_screenshot(title="Mooring"), self._neutral))


class Photographer(Lens):
    """Looks at a run of the screens, and knows their parts."""

    def __init__(self, app: MooringApp, pilot: Pilot[None], neutral: Neutral, keep: Callable[[str, str], None]) -> None:
        super().__init__(app, pilot, neutral, keep)
        self.app = app

    async def type(self, text: str) -> None:
        """Type text and enter at the shell of the active session."""
        await self.pilot.press(*(" ".join(text).replace("   ", " space ").split()), "enter")

    async def open(self, name: str, state: TabState) -> None:
        """Open a machine and wait until its tab has come to a state."""
        main = self.app.main_screen
        machine = main.browser.find(name)
        assert machine is not None, name
        await main.desks.session_desk.open(machine)
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

    async def dialog(self) -> None:
        """Wait for a dialog over the screen."""
        main = self.app.main_screen
        await self.until(lambda: self.app.screen is not main and self.app.screen.is_mounted, "a dialog")


@dataclass(frozen=True, slots=True)
class Studio:
    """A demo fleet, the folder that the pictures go to, and the theme that they are taken in."""

    fleet: DemoFleet
    folder: Path
    theme: str

    @asynccontextmanager
    async def camera(
        self,
        size: tuple[int, int] = WIDE,
        *,
        further: tuple[SourceSetting, ...] = (),
        sources: tuple[Source, ...] | None = None,
        recordings: Path | None = None,
    ) -> AsyncIterator[Photographer]:
        """The program on the demo fleet and on further sources, its machines listed; or on no more than `sources`.

        Sessions that are recorded are so into `recordings`.
        """
        choices = TerminalChoices(splash=True, recording=RecordingPlan(str(recordings or self.folder)))
        settings = Settings(theme=self.theme, palette="theme", source=further)
        paths = self.fleet.paths
        # One that can keep sessions, as the person's can.
        engine = EngineChoice(runtime=paths.runtime, log_file=paths.engine_log)
        services = Services(
            sources=(*self.fleet.sources.in_order(), *further_sources(settings, paths, None))
            if sources is None
            else sources,
            settings=settings,
            make_sessions=partial(Sessions, choices=choices, start_engine=engine),
            settings_file=Path("~/.config/mooring/settings.toml"),
            config_file="~/.ssh/config" if sources is not None else str(self.fleet.config_file),
            machines_file=self.fleet.machines_file,
            annotations_file=paths.annotations_file,
            commands_file=paths.commands_file,
            command_usage_file=paths.command_usage_file,
            runs_folder=paths.runs,
        )
        app = MooringApp(services)
        async with app.run_test(size=size) as pilot:
            photographer = Photographer(app, pilot, Neutral(self.fleet.ports.values()), self._keep)
            if sources is None:
                # One of each source: they are read at the same time, and come as they are ready.
                find = app.main_screen.browser.find
                await photographer.until(lambda: all(map(find, ("default", "web-1"))), "the machines are listed")
                # Else it is the one that was used last, which the scene before may not have written down yet.
                app.main_screen.panel.view.select("web-1")
            # What lies over a screen that has not come to rest is pictured on nothing.
            await photographer.until(lambda: any(word in photographer.text for word in _PAINTED), "the first picture")
            await photographer.stands_still()
            yield photographer

    @asynccontextmanager
    async def player(self, recording: Path, size: tuple[int, int] = WIDE) -> AsyncIterator[Lens]:
        """The player, on a recording that is measured."""
        settings = Settings(theme=self.theme, palette="theme")
        app = PlayerApp(open_recording(recording), PlayOptions(recording), settings, Keymap(standard(), standard()))
        async with app.run_test(size=size) as pilot:
            lens = Lens(app, pilot, Neutral(), self._keep)
            await lens.until(lambda: app.play_screen.length is not None, "it is measured")
            yield lens

    def _keep(self, name: str, svg: str) -> None:
        suffix = "" if self.theme == DARK else "-light"
        (self.folder / f"{name}{suffix}.svg").write_text(svg, encoding="utf-8")
