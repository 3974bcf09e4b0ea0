"""What is seen in passing, and what nobody hopes for: waiting, finding nothing, no room, limits of native."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mooring.inventory import Source
from mooring.inventory.ssh_config import SshConfigSource
from mooring.store.settings.source_setting import SourceSetting
from mooring_widgets.session_tabs import TabState
from screenshots.environment import environment
from screenshots.studio import NARROW, Studio

TINY = (34, 8)

_CONFIG = """\
Host render-1
    HostName 127.0.0.1
    Port {port}
    User artist
    ForwardX11 yes
    GSSAPIAuthentication yes
    GSSAPIDelegateCredentials yes

Host office-vpn
    HostName 127.0.0.1
    Port {port}
    User ops
    Tunnel yes

Host far-away
    HostName 127.0.0.1
    Port {port}
    User ops
"""


async def odd_states(studio: Studio) -> None:
    """A source that is slow; nothing that fits; a terminal that is too small; limits of native; a host that hangs."""
    slow = SourceSetting(name="cloud", command="sh -c 'sleep 60'")
    async with studio.camera(further=(slow,)) as view:
        await view.sees("reading", "The same by hand")
        await view.take("loading")
        await view.press("slash", *"zebra")
        await view.sees("0 of 14")
        await view.take("filter-nothing")
    async with studio.camera(TINY) as view:
        await view.sees("Too small")
        await view.take("too-small")
    with _office() as sources:
        async with studio.camera(sources=sources) as view:
            await view.until(lambda: view.app.main_screen.browser.find("render-1") is not None, "they are listed")
            view.app.main_screen.panel.view.select("render-1")
            await view.sees("forwardx11", "The same by hand")
            await view.take("limits")
            await view.open("office-vpn", TabState.FAILED)
            await view.take("failed-native")
            await view.open("far-away", TabState.CONNECTING)
            await view.sees("connect, and look at the host key")
            await view.take("connecting")


async def narrow(studio: Studio) -> None:
    """A session in 80 columns; the list over it, and the saved commands."""
    async with studio.camera(NARROW) as view:
        await view.open("bastion", TabState.OPEN)
        await view.shows("ops@bastion")
        # What lies over it would cut fingerprints, which differ.
        await view.type("clear; ls -1")
        await view.shows("README.md")
        await view.take("session-narrow")
        await view.press("f12", "m")
        await view.sees("Machines")
        await view.take("session-narrow-machines")
        await view.press("escape", "f12", "c")
        await view.until(lambda: view.app.main_screen.desks.command_panel.list.shown > 0, "the commands are listed")
        await view.take("session-narrow-commands")


@contextmanager
def _office() -> Iterator[tuple[Source, ...]]:
    """An ssh_config in a home of its own, whose hosts are one port: it takes connections, and says nothing."""
    with (
        tempfile.TemporaryDirectory() as home,
        socket.create_server(("127.0.0.1", 0)) as silent,
        environment(HOME=home),
    ):
        config = Path(home, ".ssh", "config")
        config.parent.mkdir(mode=0o700)
        config.write_text(_CONFIG.format(port=silent.getsockname()[1]))
        yield (SshConfigSource(str(config)),)
