"""What a person writes: machines, commands, names; and what is asked before something is lost or sent."""

from __future__ import annotations

import tempfile
from pathlib import Path

from textual.events import Paste

from mooring.ui.commands.command_form import CommandForm
from mooring.ui.commands.import_dialog import ImportDialog
from mooring.ui.editing.machine_form import MachineForm
from mooring_widgets.session_tabs import TabState
from screenshots.environment import environment
from screenshots.studio import Studio

_HISTORY = """\
df -h
journalctl -u nginx --since today
docker compose logs -f --tail 50 shop
du -sh /var/log/* | sort -h | tail
systemctl restart nginx
"""


async def editing(studio: Studio) -> None:
    """A machine tried and taken out, a command edited and taken from a shell's history."""
    async with studio.camera() as view:
        main = view.app.main_screen
        main.panel.view.select("greenhouse")
        await view.press("e")
        await view.until(lambda: isinstance(view.app.screen, MachineForm) and view.app.screen.is_mounted, "the form")
        await view.press("ctrl+t")
        await view.sees("Back to the form")
        await view.take("machine-trial")
        await view.press("escape", "escape")
        await view.until(lambda: view.app.screen is main, "the form is left")
        await view.press("D")
        await view.dialog()
        await view.take("machine-delete")
        await view.press("escape")
        main.panel.view.select("web-1")
        await view.press("c")
        await view.sees("for this machine", "deploy")
        main.desks.command_panel.list.go_to("errors in a log")
        await view.press("e")
        await view.until(lambda: isinstance(view.app.screen, CommandForm), "the form of a command")
        await view.take("command-form")
        await view.press("escape")
        with tempfile.TemporaryDirectory() as home, environment(HOME=home, XDG_DATA_HOME=home, HISTFILE=""):
            _write_history(Path(home))
            await view.press("i")
            await view.until(lambda: isinstance(view.app.screen, ImportDialog), "the history")
            await view.take("command-import")


def _write_history(home: Path) -> None:
    (home / ".bash_history").write_text(_HISTORY)


async def asking(studio: Studio) -> None:
    """A tab named, the palette, a paste that would press enter, and guarded machines in a broadcast."""
    async with studio.camera() as view:
        await view.press("ctrl+p")
        await view.dialog()
        await view.press(*"rec")
        await view.take("palette")
        await view.press("escape")
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.press("f12", "e")
        await view.dialog()
        await view.take("tab-rename")
        await view.press("escape")
        await view.type("cat > /dev/null")
        pane = view.app.main_screen.deck.active_pane
        assert pane is not None
        pane.terminal.post_message(Paste("set -e\nsystemctl stop nginx\nrm -r /srv/shop/cache\n"))
        await view.dialog()
        await view.take("paste")
        await view.press("escape", "ctrl+c")
        await view.open("web-2", TabState.OPEN)
        await view.press("f12", "b")
        await view.dialog()
        await view.press("space", "down", "space", "enter")
        await view.take("broadcast-guarded")
