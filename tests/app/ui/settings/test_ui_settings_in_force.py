"""Each option holds as soon as it is changed, or from when the settings' screen says; and so it does from the file."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from mooring.inventory import Source, SourceResult
from mooring.model.recording import RecordingFormat, RecordingPlan
from mooring.store import Settings, load_settings
from mooring.store.settings.options import options
from mooring.ui.dialogs.help import HelpDialog
from mooring_widgets.terminal import Link, PalettePolicy
from mooring_widgets.terminal.place import Place
from support.given_machines import GivenSource
from support.session_screens import MACHINES, Desk, machine
from support.settings_screens import settings_desk

Proof = Callable[[Desk], Awaitable[None]]


def sources_of(settings: Settings) -> tuple[Source, ...]:
    """The usual machines, and one for each source that the settings name."""
    named = [*(source.name for source in settings.source), *(["known"] if settings.known_hosts else [])]
    return (GivenSource(MACHINES), *(GivenSource((machine(f"of-{name}"),), name=name) for name in named))


async def theme(desk: Desk) -> None:
    assert desk.app.theme == "nord"


async def next_session(desk: Desk, name: str, value: object) -> None:
    """What was open goes on as it was; what is opened now has it."""
    assert desk.engine.choices[-1][name] != value
    await desk.open("web-2")
    assert desk.engine.choices[-1][name] == value


async def splash(desk: Desk) -> None:
    await next_session(desk, "splash", False)


async def scrollback_lines(desk: Desk) -> None:
    await next_session(desk, "scrollback_lines", 500)


async def scrollback_megabytes(desk: Desk) -> None:
    await next_session(desk, "scrollback_bytes", 2 << 20)


async def reconnect(desk: Desk) -> None:
    await next_session(desk, "reconnect", False)


async def keep_sessions_minutes(desk: Desk) -> None:
    assert desk.engine.keep_seconds == 300.0


async def palette(desk: Desk) -> None:
    assert desk.main.deck.panes[0].terminal.palette is PalettePolicy.THEME


async def key_preset(desk: Desk) -> None:
    await desk.press("ctrl+g", "m")
    assert desk.main.panel.has_focus_within
    assert not desk.engine.typed[1]


async def leader(desk: Desk) -> None:
    await desk.press("f12")
    assert bytes(desk.engine.typed[1]) == b"\x1b[24~", "what leads no more is the remote program's"
    await desk.press("ctrl+o", "m")
    assert desk.main.panel.has_focus_within


async def known_hosts(desk: Desk) -> None:
    await desk.until(lambda: desk.main.browser.find("of-known") is not None, "what it names is listed")


async def source(desk: Desk) -> None:
    await desk.until(lambda: desk.main.browser.find("of-site") is not None, "what it names is listed")


async def clipboard_writes(desk: Desk) -> None:
    desk.engine.writes(1, b"\x1b]52;c;aGFja2Vk\x07done")
    await desk.until(lambda: "done" in desk.shown(), "it was dealt with")
    await desk.settled()
    assert desk.app.clipboard == ""


async def copy_to(desk: Desk) -> None:
    desk.main.desks.exchange.copy("one")
    await desk.until(lambda: "no program for the desktop" in desk.main.status.message, "it went to the desktop alone")
    assert desk.app.clipboard == ""


async def confirm_paste(desk: Desk) -> None:
    assert not desk.main.deck.panes[0].terminal.holds_pastes


async def link_action(desk: Desk) -> None:
    desk.main.desks.exchange.follow(Link("file:///etc", "here", Place(0, 0), Place(0, 3)))
    assert desk.main.status.message.startswith("copied, not opened")


async def word_characters(desk: Desk) -> None:
    assert [found[0] for found in desk.main.deck.panes[0].terminal.word_pattern.finditer("a-b c!d")] == [
        "a",
        "b",
        "c!d",
    ]


async def record_sessions(desk: Desk) -> None:
    await next_session(desk, "recording", RecordingPlan("~"))


async def recording(desk: Desk, plan: RecordingPlan) -> None:
    """The next recording has it."""
    await desk.lead("l")
    await desk.until(lambda: 1 in desk.engine.plans, "it is recorded")
    assert desk.engine.plans[1] == plan


async def recording_format(desk: Desk) -> None:
    await recording(desk, replace(RecordingPlan("~"), format=RecordingFormat.TEXT))


async def recording_folder(desk: Desk) -> None:
    await recording(desk, RecordingPlan("~/casts"))


async def recording_times(desk: Desk) -> None:
    await recording(desk, replace(RecordingPlan("~"), stamps=True))


async def probe_visible(desk: Desk) -> None:
    await desk.until(lambda: bool(desk.engine.probed), "what is in view is looked for")


async def keys(desk: Desk) -> None:
    await desk.press("f12", "m")
    assert "w help" in desk.shown().splitlines()[-1]
    await desk.press("w")
    assert isinstance(desk.app.screen, HelpDialog)


TABLE: dict[str, tuple[str, str, Proof]] = {
    "theme": ('"nord"', "", theme),
    "splash": ("false", "from the next session", splash),
    "scrollback_lines": ("500", "from the next session", scrollback_lines),
    "scrollback_megabytes": ("2", "from the next session", scrollback_megabytes),
    "keep_sessions_minutes": ("5", "", keep_sessions_minutes),
    "reconnect": ("false", "from the next session", reconnect),
    "palette": ('"theme"', "", palette),
    "key_preset": ('"compact"', "", key_preset),
    "leader": ('"ctrl+o"', "", leader),
    "known_hosts": ("true", "", known_hosts),
    "clipboard_writes": ("false", "", clipboard_writes),
    "copy_to": ('"desktop"', "", copy_to),
    "confirm_paste": ("false", "", confirm_paste),
    "link_action": ('"open"', "", link_action),
    "word_characters": ('"!"', "", word_characters),
    "record_sessions": ("true", "from the next session", record_sessions),
    "recording_format": ('"text"', "from the next recording", recording_format),
    "recording_folder": ('"~/casts"', "from the next recording", recording_folder),
    "recording_times": ("true", "from the next recording", recording_times),
    "probe_visible": ("true", "", probe_visible),
    "source": ('[{name = "site", file = "hosts"}]', "", source),
    "keys": ('{list = {help = "w"}}', "", keys),
}
"""Each option with a value that is not its default, from when on that holds, and what shows that it does."""

QUIET = "probe_visible = false\n"


def test_the_table_has_every_option_and_says_what_the_screen_says() -> None:
    assert {option.name: option.holds for option in options()} == {name: row[1] for name, row in TABLE.items()}


@pytest.mark.parametrize("name", TABLE)
async def test_an_option_holds_when_it_says(name: str, tmp_path: Path) -> None:
    value, _holds, proof = TABLE[name]
    file = tmp_path / "settings.toml"
    file.write_text(QUIET)
    async with settings_desk(file, "web-1", sources_of=sources_of) as desk:
        file.write_text(f"{name} = {value}\n" if name == "probe_visible" else f"{QUIET}{name} = {value}\n")
        loaded = load_settings(file)
        assert loaded.problems == ()
        assert desk.main.settings.take(loaded) == {name}
        await desk.settled()
        await proof(desk)


async def test_what_somebody_else_writes_to_the_file_holds_and_is_said(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    async with settings_desk(file, "web-1") as desk:
        file.write_text('theme = "mooring-light"\nscrollback_lines = 7\n')
        await desk.until(lambda: desk.app.theme == "mooring-light", "a file that was not there holds")
        assert desk.main.status.message == "settings.toml has changed: scrollback_lines (from the next session), theme"
        file.write_text('theme = "mooring-light\n')
        await desk.until(lambda: ":1: not valid TOML" in desk.main.status.message, "what can't be read is said")
        assert desk.main.settings.now.scrollback_lines == 7
        assert "settings.toml:1" in desk.shown()
        file.write_text('theme = "nort"\nleader = "ctrl+o"\n[keys.list]\nquit = "z"\n')
        await desk.until(lambda: desk.main.keymap.leader == "ctrl+o", "the rest of it holds")
        assert ":1: there is no theme `nort`" in desk.main.status.message
        assert desk.app.theme == "mooring-light", "the last theme that there was"
        await desk.press("ctrl+o", "m")
        assert desk.main.keymap.where("quit") == "z, or q"
        file.unlink()
        await desk.until(lambda: desk.main.settings.now == Settings(), "without a file the defaults hold")


@dataclass
class Stuck:
    """A source whose program never answers, until it is told to give up."""

    name: str = "stuck"
    patience: float = 600.0
    given_up: threading.Event = field(default_factory=threading.Event)

    def read(self) -> SourceResult:
        """Wait."""
        self.given_up.wait()
        return SourceResult()

    def cancel(self) -> None:
        """Give up."""
        self.given_up.set()


async def test_a_source_that_hangs_is_no_hindrance_to_being_replaced(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    stuck = Stuck()

    def now_and_later(settings: Settings) -> tuple[Source, ...]:
        return (GivenSource(MACHINES), stuck) if settings.known_hosts else sources_of(settings)

    async with settings_desk(file, sources_of=now_and_later) as desk:
        file.write_text("known_hosts = true\n")
        desk.main.settings.take(load_settings(file))
        await desk.settled()
        assert desk.main.browser.find("web-1") is not None
        file.write_text('[[source]]\nname = "site"\nfile = "hosts"\n')
        desk.main.settings.take(load_settings(file))
        await desk.until(
            lambda: desk.main.browser.find("of-site") is not None, "the one that is wanted now has answered"
        )
        assert stuck.given_up.is_set()
        assert desk.main.browser.find("web-1") is not None
