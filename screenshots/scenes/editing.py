"""What a person writes: machines, commands, names; and what is asked before something is lost or sent."""

from __future__ import annotations

import tempfile
from pathlib import Path

from textual.events import Paste

from mooring.ui.commands.command_form import CommandForm
from mooring.ui.commands.import_dialog import ImportDialog
from mooring.ui.editing.conflict_dialog import ConflictDialog
from mooring.ui.editing.machine_form import MachineForm
from mooring_widgets.session_tabs import TabState
from mooring_widgets.terminal import Link
from mooring_widgets.terminal.place import Place
from screenshots.environment import environment
from screenshots.studio import Photographer, Studio

_HISTORY = """\
df -h
journalctl -u nginx --since today
docker compose logs -f --tail 50 shop
du -sh /var/log/* | sort -h | tail
systemctl restart nginx
"""

_LINK = Link("https://wiki.example.com/runbooks/shop?revision=42", "the runbook", Place(0, 0), Place(0, 10))


async def editing(studio: Studio) -> None:
    """A machine tried, taken out, and changed meanwhile; a command edited, and taken from a shell's history."""
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
        await _conflict(view, studio.fleet.machines_file)
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


async def _conflict(view: Photographer, file: Path) -> None:
    """Somebody else changes what is being edited."""
    before = file.read_text()
    await view.press("e")
    await view.until(lambda: isinstance(view.app.screen, MachineForm) and view.app.screen.is_mounted, "the form")
    form = view.app.screen
    assert isinstance(form, MachineForm)
    form.fill({"user": "gardener"})
    file.write_text(before.replace('"pi"', '"raspberry"'))
    await view.press("ctrl+s")
    await view.until(lambda: isinstance(view.app.screen, ConflictDialog), "it is asked whose user holds")
    await view.take("machine-conflict")
    file.write_text(before)
    await view.press("escape", "escape", "escape")
    await view.until(lambda: view.app.screen is view.app.main_screen, "the form is left")


def _write_history(home: Path) -> None:
    (home / ".bash_history").write_text(_HISTORY)


async def asking(studio: Studio) -> None:
    """A tab named, the palette, a paste that would press enter, a link, and guarded machines in a broadcast."""
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
        view.app.main_screen.desks.exchange.follow(_LINK, wants_opening=True)
        await view.dialog()
        await view.take("link")
        await view.press("escape")
        await view.open("web-2", TabState.OPEN)
        await view.press("f12", "b")
        await view.dialog()
        await view.press("space", "down", "space", "enter")
        await view.take("broadcast-guarded")
