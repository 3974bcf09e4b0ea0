"""A run on many machines, from the first of them to the list of those that were."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mooring.inventory import Source
from mooring.inventory.ssh_config import SshConfigSource
from mooring.ui.commands.run_form import RunForm
from mooring.ui.fleet.run_tab import RunTab
from screenshots.environment import environment
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
        await view.press("w")
        await view.dialog()
        await view.take("answers-write")
        await view.press("escape")
        await view.press("H")
        await view.dialog()
        await view.take("run-history")


async def host_keys(studio: Studio) -> None:
    """A run on machines whose host keys nobody has vouched for."""
    with _unknown(studio.fleet.ports) as sources:
        async with studio.camera(sources=sources) as view:
            await view.until(lambda: view.app.main_screen.browser.find("rack-1") is not None, "they are listed")
            await view.press("a", "r")
            await view.until(lambda: view.app.main_screen.desks.command_panel.list.shown > 0, "the commands are listed")
            view.app.main_screen.desks.command_panel.filter.value = "!uptime"
            await view.press("enter")
            await view.until(lambda: isinstance(view.app.screen, RunForm), "the form")
            await view.press("enter")
            await view.sees("host keys are not known yet")
            await view.take("run-host-keys")
            await view.press("escape")


@contextmanager
def _unknown(ports: Mapping[str, int]) -> Iterator[tuple[Source, ...]]:
    """Machines of the demo under other names, in an ssh_config of a home without a known_hosts file."""
    names = ("bastion", "web-1", "web-2", "cache-1", "greenhouse")
    with tempfile.TemporaryDirectory() as home, environment(HOME=home):
        config = Path(home, ".ssh", "config")
        config.parent.mkdir(mode=0o700)
        hosts = "".join(
            f"Host rack-{number}\n    HostName 127.0.0.1\n    Port {ports[name]}\n    User ops\n\n"
            for number, name in enumerate(names, 1)
        )
        config.write_text(hosts + f"Host *\n    UserKnownHostsFile {home}/.ssh/known_hosts\n")
        yield (SshConfigSource(str(config)),)


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
