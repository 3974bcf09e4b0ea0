"""A scene: a screen of the program in one of its states, and how it is brought about; and taking pictures of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Self, cast

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea

from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.screens.status_bar import StatusBar
from support.given_machines import given
from support.pictured_fleet import FLEET
from support.screen_picture import ScreenPicture, picture_of
from support.session_screens import Desk
from support.still_engine import StillEngine

_NOON = datetime(2026, 1, 2, 12, 0, 59, tzinfo=UTC)
"""By clocks that stand still: the end of that minute, for a run began some seconds before."""

Size = tuple[int, int]
"""Columns and lines."""

THEMES = ("mooring-dark", "mooring-light")
SIZES: tuple[Size, ...] = ((130, 34), (250, 70), (80, 24), (40, 10))
"""In this order a picture is taken at each of them; the scene is walked to at the first."""

_PATIENCE = 60.0
"""Seconds to wait for pictures to become those that are kept, on a machine that is busy with other things."""
_LOOK_AGAIN = 0.05
_AT_REST = 0.3
"""Seconds for which nothing changes on a screen that is finished."""


@dataclass(frozen=True)
class Stage:
    """What a scene is set on: a folder of its own, and an engine that does as it is told."""

    folder: Path
    theme: str = THEMES[0]
    engine: StillEngine = field(default_factory=StillEngine)

    @property
    def settings(self) -> Settings:
        """Those of somebody who changed nothing but the theme; no splash."""
        return Settings(theme=self.theme, palette="theme", splash=False)


Walk = Callable[[Desk], Awaitable[None]]
MakeApp = Callable[[Stage], App[None]]


def mooring(stage: Stage, **changes: object) -> MooringApp:
    """The program on the pictured fleet; `changes` are to its services."""
    folder = stage.folder
    services = Services(
        sources=given(FLEET),
        settings=stage.settings,
        make_sessions=stage.engine.sessions,
        find_ssh=lambda: "ssh",
        find_clipboard=lambda: None,
        config_file="~/.ssh/config",
        machines_file=folder / "machines.toml",
        annotations_file=folder / "annotations.toml",
        settings_file=folder / "settings.toml",
        workspaces_file=folder / "workspaces.toml",
        commands_file=folder / "commands.toml",
        command_usage_file=folder / "commands.json",
        runs_folder=folder / "runs",
    )
    return MooringApp(replace(services, **changes))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Scene:
    """`walk` brings about what is to be seen, where the class `shows` is what is asked for or looked at.

    `app` makes the program that it is walked in. With `walk_again` it is so anew for each theme: Textual's own palette
    does not follow another one (Textual 8.2.8 leaves the old colour over what is behind it).
    """

    name: str
    walk: Walk
    shows: type[Widget]
    app: MakeApp = mooring
    sizes: tuple[Size, ...] = SIZES
    walk_again: bool = False


Pictures = dict[str, dict[Size, ScreenPicture]]
"""By theme and by size."""


async def play(scene: Scene, stage: Stage, kept: Pictures | None) -> Pictures:
    """Play a scene, and take pictures of it in each size and theme, as soon as they are those that are `kept`.

    Without kept ones, or where it does not become so, they are taken as soon as nothing changes any more. The theme
    is changed while the program runs, as its settings do it: that costs less than to walk everywhere twice.
    """
    taken: Pictures = {theme: {} for theme in THEMES}
    patience = Patience()
    for themes in [(theme,) for theme in THEMES] if scene.walk_again else [THEMES]:
        app = scene.app(replace(stage, theme=themes[0]))
        app.animation_level = "none"
        async with app.run_test(size=scene.sizes[0]) as pilot:
            # The player's application has no main screen, and its scenes ask for none.
            desk = Desk(cast(MooringApp, app), pilot, stage.engine)
            await scene.walk(desk)
            await desk.until(partial(_is_shown, app, scene.shows), f"{scene.shows.__name__} is on the screen")
            for size in scene.sizes:
                await pilot.resize_terminal(*size)
                for theme in sorted(themes, key=lambda theme: theme != app.theme):
                    app.theme = theme
                    taken[theme][size] = await patience.take(app, pilot, kept[theme].get(size) if kept else None)
    return taken


def _is_shown(app: App[None], kind: type[Widget]) -> bool:
    return type(app.screen) is kind or any(part.is_on_screen for part in app.screen.query(kind))


class Patience:
    """Takes pictures of one scene, and waits for them no longer than one may."""

    def __init__(self) -> None:
        self._left = _PATIENCE

    async def take(self, app: App[None], pilot: Pilot[None], kept: ScreenPicture | None) -> ScreenPicture:
        """Wait until the screen is as it is kept, or is at rest otherwise."""
        began = changed = monotonic()
        seen: ScreenPicture | None = None
        while True:
            await pilot.pause(0.0 if seen is None else _LOOK_AGAIN)
            picture = picture_of(app)
            if picture == kept:
                return picture
            now = monotonic()
            if picture != seen:
                seen, changed = picture, now
            elif now - changed > _AT_REST and (kept is None or now - began > self._left):
                if kept is not None:
                    self._left = max(0.0, self._left - (now - began))
                return picture


class _StillDatetime(datetime):
    """It is noon, in every time zone."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """That moment."""
        return cls.fromtimestamp(_NOON.timestamp(), tz)

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        """Where it is UTC."""
        return super().astimezone(tz or UTC)


@contextmanager
def still_life(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep whatever moves by itself still: cursors that blink, messages that go, clocks."""
    for kind in (Input, TextArea):
        monkeypatch.setattr(kind.__dict__["cursor_blink"], "_default", False)
    monkeypatch.setattr(StatusBar, "MESSAGE_SECONDS", 3600.0)
    monkeypatch.setattr("mooring.ui.fleet.states.spell_duration", lambda _duration: "3 s")
    monkeypatch.setattr("mooring.session.session.monotonic", lambda: 1000.0)
    monkeypatch.setattr("mooring.ui.sessions.endings.spell_duration", lambda _duration: "4 min 3 s")
    monkeypatch.setattr("mooring.fleet.history.datetime", _StillDatetime)
    monkeypatch.setattr("mooring.ui.fleet.history_dialog.datetime", _StillDatetime)
    monkeypatch.setattr("mooring.fleet.history.time", SimpleNamespace(time=_NOON.timestamp))
    monkeypatch.setattr("mooring.ui.commands.command_panel.shorten_home", lambda _path: "~/.config/commands.toml")
    yield
